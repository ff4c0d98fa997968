using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Projections;

/// <summary>Compiles a <c>pca</c>: columns, how they are standardized, and the vectors they are projected on (bindings: pca.py).</summary>
internal sealed class PcaReader
{
    private readonly List<double> _means = [];
    private readonly List<double> _deviations = [];
    private readonly JsonView _inner;
    private readonly double _categoryFactor;

    private PcaReader(JsonView body, JsonView inner, FieldSet fields)
    {
        _inner = inner;
        _categoryFactor = CategoryFactor(body["dataset_field_types"], fields);
        IsStandardized = inner.Flag("standardized");
        Terms = [.. Plan(fields)];
        Means = [.. _means];
        Deviations = [.. _deviations];
        Vectors = [.. ReadVectors()];
        CumulativeVariance = inner.Has("cumulative_variance") ? inner["cumulative_variance"].Numbers() : [];
    }

    /// <summary>The terms in the order of the inputs.</summary>
    internal PcaTerm[] Terms { get; }

    internal bool IsStandardized { get; }

    /// <summary>What is subtracted from each column of a standardized PCA.</summary>
    internal double[] Means { get; }

    /// <summary>What each is then divided by, if positive.</summary>
    internal double[] Deviations { get; }

    /// <summary>The eigenvectors, one a component.</summary>
    internal double[][] Vectors { get; }

    /// <summary>The share of the variance that the components up to each one explain.</summary>
    internal double[] CumulativeVariance { get; }

    internal static PcaReader Read(JsonView body, JsonView inner, FieldSet fields) => new(body, inner, fields);

    /// <summary>1, or the number of fields where all are categorical.</summary>
    private static double CategoryFactor(JsonView types, FieldSet fields)
    {
        double total = types.OptionalNumber("total") ?? fields.All.Count;
        double categorical = types.OptionalNumber("categorical") ?? fields.All.Count(field => field.OpType == OpType.Categorical);
        return categorical == total ? categorical : 1;
    }

    private IEnumerable<PcaTerm> Plan(FieldSet fields)
    {
        foreach (Field field in fields.Inputs)
        {
            var term = new PcaTerm(field) { Column = _means.Count };
            switch (field.OpType)
            {
                case OpType.Numeric:
                    AddColumn(Statistic(field, "mean"), Statistic(field, "standard_deviation"));
                    break;
                case OpType.Categorical:
                    AddCategories(field);
                    term.MissingColumn = field.MissingCount > 0 ? _means.Count - 1 : -1;
                    break;
                case OpType.Text or OpType.Items when TermCounter.Of(field) is { } counter:
                    term.Counter = counter;
                    AddTerms(field, counter.CloudSize);
                    break;
                default: // what makes no columns: dates, texts without frequent terms
                    continue;
            }
            term.Width = _means.Count - term.Column;
            yield return term;
        }
    }

    /// <summary>A category's mean is its share of the instances, its deviation j·√(share·j).</summary>
    private void AddCategories(Field field)
    {
        List<double> counts = [.. field.Categories.Select(category => category.Count)];
        if (field.MissingCount > 0)
            counts.Add(field.MissingCount);
        double total = counts.Sum();
        foreach (double count in counts)
        {
            double share = total > 0 ? count / total : count;
            AddColumn(share, _categoryFactor * Math.Sqrt(share * _categoryFactor));
        }
    }

    private void AddTerms(Field field, int count)
    {
        JsonView stats = _inner["text_stats"][field.Id];
        double[] means = new double[count], deviations = new double[count];
        if (IsStandardized)
        {
            means = stats.Array("means").Numbers();
            deviations = stats.Array("standard_deviations").Numbers();
            if (means.Length < count || deviations.Length < count)
                throw stats.Error($"Expected the means and deviations of the {count} terms of field {field.Id}.");
        }
        for (int term = 0; term < count; term++)
            AddColumn(means[term], deviations[term]);
    }

    private void AddColumn(double mean, double deviation)
    {
        _means.Add(mean);
        _deviations.Add(deviation);
    }

    private double Statistic(Field field, string name)
    {
        if (field.Statistics.TryGetValue(name, out double value))
            return value;
        return IsStandardized ? throw _inner["fields"][field.Id].Error("summary", $"The summary of field {field.Id} lacks its {name}.") : 0;
    }

    private IEnumerable<double[]> ReadVectors()
    {
        foreach (JsonView row in _inner.Array("eigenvectors").Items())
        {
            double[] vector = row.Numbers();
            if (vector.Length != Means.Length)
                throw row.Error($"The inputs make {Means.Length} columns, and the vector has {vector.Length}.");
            yield return vector;
        }
    }
}
