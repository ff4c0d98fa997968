using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Linear;

/// <summary>Compiles a <c>linearregression</c>: where each field's values go in the expanded input, and what they weigh (bindings: linear.py).</summary>
internal sealed class LinearReader
{
    private readonly Dictionary<Field, FieldCoding> _codings;
    private readonly List<int> _compact = [];

    private LinearReader(JsonView inner, FieldSet fields)
    {
        _codings = FieldCoding.ReadAll(inner["field_codings"], fields);
        Terms = [.. Plan(fields)];
        int width = Terms.Sum(WidthOf);
        Coefficients = Flatten(inner.Array("coefficients"));
        if (Coefficients.Length != width + 1)
            throw inner.Error("coefficients", $"The inputs take {width} coefficients and a constant, and there are {Coefficients.Length} in all.");
        bool hasBias = inner.Flag("bias", absent: true);
        if (hasBias)
            _compact.Add(width);
        Bounds = ConfidenceBounds.Read(inner, [.. _compact]);
    }

    /// <summary>The terms in the order of the inputs.</summary>
    internal LinearTerm[] Terms { get; }

    /// <summary>A coefficient for each column; the constant is the last, and is added with bias and without.</summary>
    internal double[] Coefficients { get; }

    /// <summary>What the confidence bounds are computed of; null where the resource has no statistics for them.</summary>
    internal ConfidenceBounds? Bounds { get; }

    internal static LinearReader Read(JsonView inner, FieldSet fields) => new(inner, fields);

    private IEnumerable<LinearTerm> Plan(FieldSet fields)
    {
        int column = 0;
        foreach (Field field in fields.Inputs)
        {
            var term = new LinearTerm(field) { Column = column };
            _codings.TryGetValue(field, out FieldCoding? coding);
            switch (field.OpType)
            {
                case OpType.Numeric:
                    break;
                case OpType.Categorical when coding?.Projections is { } projections:
                    term.Codes = Transpose(projections, field, term);
                    break;
                case OpType.Categorical:
                    term.Count = field.Categories.Count;
                    break;
                case OpType.Text or OpType.Items:
                    term.Counter = TermCounter.Of(field);
                    term.Count = term.Counter?.CloudSize ?? 0;
                    break;
                default: // dates are there for the fields generated from them
                    continue;
            }
            if (field.MissingCount > 0 && term.Codes is null)
                term.MissingColumn = column + term.Count;
            int dummy = coding?.DummyClass is { } name && field.OpType == OpType.Categorical ? field.CodeOf(name) : -1;
            int width = WidthOf(term);
            for (int index = 0; index < width; index++)
            {
                if (index != dummy)
                    _compact.Add(column + index);
            }
            column += width;
            yield return term;
        }
    }

    private static int WidthOf(LinearTerm term) => term.Count + (term.MissingColumn < 0 ? 0 : 1);

    /// <summary>From a row of factors for each column to the columns' values for each category.</summary>
    private static double[][] Transpose(double[][] projections, Field field, LinearTerm term)
    {
        int codes = field.Categories.Count + 1;
        term.Count = projections.Length;
        if (projections.Any(row => row.Length != codes))
            throw new ResourceException($"The coding of field {field.Id} needs a factor for each of its {codes - 1} categories and one for a missing value.", "field_codings");
        return [.. Enumerable.Range(0, codes).Select(code => projections.Select(row => row[code]).ToArray())];
    }

    /// <summary>The coefficients come in lists of one, or bare.</summary>
    private static double[] Flatten(JsonView coefficients)
    {
        var flat = new List<double>();
        foreach (JsonView item in coefficients.Items())
        {
            if (item.IsArray)
                flat.AddRange(item.Numbers());
            else
                flat.Add(item.AsNumber());
        }
        return [.. flat];
    }
}
