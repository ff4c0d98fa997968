using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Logistic;

/// <summary>
/// Compiles a <c>logisticregression</c> (bindings: logistic.py). Both notations of the coefficients end as one table: a row for
/// each number, category, term, item and missing value, in which each class has a column. Codings are multiplied out.
/// </summary>
internal sealed class LogisticReader
{
    private readonly FieldSet _fields;
    private readonly Dictionary<Field, FieldCoding> _codings;
    private readonly JsonView _coefficients;
    private readonly List<LogisticTerm> _terms = [];
    private readonly bool _balanced;
    private int _rows;

    private LogisticReader(JsonView inner, FieldSet fields)
    {
        _fields = fields;
        _codings = FieldCoding.ReadAll(inner["field_codings"], fields);
        _coefficients = inner["coefficients"];
        _balanced = inner.Flag("balance_fields");
        HasMissingNumerics = inner.Flag("missing_numerics");
        HasBias = inner.Flag("bias", absent: true);
        IsNormalized = inner.Flag("normalize");
    }

    internal bool HasMissingNumerics { get; }

    internal bool HasBias { get; }

    internal bool IsNormalized { get; }

    /// <summary>The classes by the code points of their names.</summary>
    internal string[] Classes { get; private set; } = [];

    /// <summary>The terms in the order of the inputs.</summary>
    internal LogisticTerm[] Terms { get; private set; } = [];

    /// <summary>The terms in the order in which present values are added up: numbers, texts, items, categories.</summary>
    internal LogisticTerm[] PresentOrder { get; private set; } = [];

    /// <summary>Coefficients by row, in a row by class.</summary>
    internal double[] Table { get; private set; } = [];

    /// <summary>The constant of each class.</summary>
    internal double[] Constants { get; private set; } = [];

    internal static LogisticReader Read(JsonView inner, FieldSet fields)
    {
        if (fields.Objective!.Categories.Count == 0)
            throw inner.Error("fields", $"The objective field {fields.Objective.Id} has no categories: a logistic regression predicts one.");
        var reader = new LogisticReader(inner, fields);
        reader.Plan();
        reader.Fill();
        return reader;
    }

    private void Plan()
    {
        foreach (Field field in _fields.Inputs.Where(field => field != _fields.Objective))
        {
            var term = new LogisticTerm(field) { Row = _rows };
            switch (field.OpType)
            {
                case OpType.Numeric:
                    term.MissingRow = HasMissingNumerics ? _rows + 1 : -1;
                    term.Mean = _balanced ? Statistic(field, "mean") : 0;
                    term.Deviation = _balanced ? Math.Max(0, Statistic(field, "standard_deviation")) : 0;
                    break;
                case OpType.Categorical when field.Categories.Count > 0:
                    term.Count = field.Categories.Count;
                    term.MissingRow = _rows + term.Count;
                    break;
                case OpType.Text or OpType.Items when TermCounter.Of(field) is { } counter:
                    term.Counter = counter;
                    term.Count = counter.CloudSize;
                    term.MissingRow = _rows + term.Count;
                    break;
                default: // what has no values to weigh: dates, texts without frequent terms
                    continue;
            }
            _rows += (field.OpType == OpType.Numeric ? 1 : term.Count) + (term.MissingRow < 0 ? 0 : 1);
            _terms.Add(term);
        }
        Terms = [.. _terms];
        PresentOrder =
        [
            .. Terms.Where(term => term.Field.OpType == OpType.Numeric),
            .. Terms.Where(term => term.Field.OpType == OpType.Text).OrderBy(term => term.Slot),
            .. Terms.Where(term => term.Field.OpType == OpType.Items).OrderBy(term => term.Slot),
            .. Terms.Where(term => term.Field.OpType == OpType.Categorical).OrderBy(term => term.Slot),
        ];
    }

    private static double Statistic(Field field, string name)
        => field.Statistics.TryGetValue(name, out double value) ? value : 0;

    private void Fill()
    {
        var lists = new Dictionary<string, JsonView>(StringComparer.Ordinal);
        foreach ((string name, JsonView list) in ByClass())
            lists[name] = list;
        if (lists.Count == 0)
            throw _coefficients.Error("The logistic regression has no coefficients.");
        Classes = [.. lists.Keys.OrderBy(name => name, PythonText.CodePointOrder)];
        Constants = new double[Classes.Length];
        bool isFlat = !lists[Classes[0]].ItemAt(0).IsArray;
        double[][] columns = [.. Classes.Select((name, column) => isFlat ? Flat(lists[name], column) : Grouped(lists[name], column))];
        Table = new double[_rows * Classes.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int row = 0; row < _rows; row++)
                Table[(row * columns.Length) + column] = columns[column][row];
        }
    }

    /// <summary>The coefficients by class: an object, or a list of pairs.</summary>
    private IEnumerable<(string Class, JsonView List)> ByClass()
        => _coefficients.IsObject
            ? _coefficients.Members().Select(member => (member.Key, member.Value))
            : _coefficients.Items().Select(pair => (pair.ItemAt(0).AsString(), pair.ItemAt(1)));

    /// <summary>The older notation: one list, field after field, the constant last.</summary>
    private double[] Flat(JsonView list, int column)
    {
        double[] all = list.Numbers();
        var rows = new double[_rows];
        int place = 0;
        foreach (Field field in _fields.Inputs.Where(field => field != _fields.Objective))
        {
            LogisticTerm? term = Array.Find(Terms, term => term.Field == field);
            int length = term is null ? field.OpType is OpType.Categorical or OpType.Text or OpType.Items ? 1 : HasMissingNumerics ? 2 : 1 : Width(term);
            if (place + length > all.Length)
                throw list.Error($"There are too few coefficients: field {field.Id} needs {length} from the {place}th on, and there are {all.Length} in all.");
            if (term is not null)
                Set(term, rows, all.AsSpan(place, length));
            place += length;
        }
        Constants[column] = all[^1];
        return rows;
    }

    /// <summary>The newer notation: a list for each input field, then one with the constant.</summary>
    private double[] Grouped(JsonView list, int column)
    {
        var rows = new double[_rows];
        JsonView[] groups = [.. list.Items()];
        for (int index = 0; index < _fields.Inputs.Count; index++)
        {
            LogisticTerm? term = Array.Find(Terms, term => term.Field == _fields.Inputs[index]);
            if (term is null)
                continue;
            if (index >= groups.Length)
                throw list.Error($"There are coefficients for {groups.Length} of {_fields.Inputs.Count} input fields.");
            double[] group = groups[index].Numbers();
            if (group.Length < Width(term))
                throw groups[index].Error($"Field {term.Field.Id} needs {Width(term)} coefficients, and has {group.Length}.");
            Set(term, rows, group);
        }
        Constants[column] = groups[^1].ItemAt(0).AsNumber();
        return rows;
    }

    private double[][]? ProjectionsOf(LogisticTerm term)
        => term.Field.OpType == OpType.Categorical && _codings.TryGetValue(term.Field, out FieldCoding? coding) ? coding.Projections : null;

    private int Width(LogisticTerm term)
        => ProjectionsOf(term)?.Length ?? (term.Field.OpType == OpType.Numeric ? 1 : term.Count) + (term.MissingRow < 0 ? 0 : 1);

    private void Set(LogisticTerm term, double[] rows, ReadOnlySpan<double> coefficients)
    {
        if (ProjectionsOf(term) is not { } projections)
        {
            coefficients.Slice(0, Width(term)).CopyTo(rows.AsSpan(term.Row));
            return;
        }
        for (int index = 0; index < projections.Length; index++)
        {
            double[] factors = projections[index];
            for (int code = 0; code < term.Count; code++)
                rows[term.Row + code] += coefficients[index] * factors[code];
            // The last factor is that of a missing value.
            rows[term.MissingRow] += coefficients[index] * factors[^1];
        }
    }
}
