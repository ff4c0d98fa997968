using System;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Models.Clusters;

/// <summary>Finds the nearest centroid of rows.</summary>
internal sealed class ClusterPredictor : FieldPredictor
{
    private readonly Cluster _model;
    private readonly Field[] _required;
    private readonly double[][] _counts;
    private readonly int[] _distinct;

    internal ClusterPredictor(Cluster model)
        : base(model.Fields)
    {
        _model = model;
        _required = [.. model.RequiredFields];
        _counts = [.. model.Counters.Select(counter => new double[counter?.Terms.Count ?? 0])];
        _distinct = new int[_counts.Length];
    }

    public override Prediction Predict()
    {
        (CompiledCentroid nearest, double distance) = Nearest();
        return new Centroid { CentroidId = nearest.Id, CentroidName = nearest.Name, Distance = distance };
    }

    public override CompactPrediction PredictCompact()
    {
        (CompiledCentroid nearest, double distance) = Nearest();
        return new CompactPrediction(nearest.Name, distance);
    }

    private (CompiledCentroid Centroid, double Distance) Nearest()
    {
        foreach (Field field in _required)
        {
            if (!Row.IsGiven(field))
                throw new RowException("Missing values in input data. Input data must contain values for all numeric fields to compute a distance.", field.Name);
        }
        Row.Complete();
        CountTerms();
        CompiledCentroid? nearest = null;
        double least = double.PositiveInfinity;
        foreach (CompiledCentroid centroid in _model.Compiled)
        {
            double distance = SquaredDistance(centroid, least);
            if (distance >= least)
                continue; // of equally near ones the first is the nearest
            (nearest, least) = (centroid, distance);
        }
        return nearest is null
            ? throw new RowException("No centroid is at a finite distance: the row's numbers are too large to compute with.")
            : (nearest, Math.Sqrt(least));
    }

    private void CountTerms()
    {
        for (int slot = 0; slot < _counts.Length; slot++)
        {
            if (_model.Counters[slot] is not { } counter)
                continue;
            double[] counts = _counts[slot];
            _distinct[slot] = 0;
            if (Row.Texts[slot] is not { } text || !counter.Count(text, counts))
            {
                Array.Clear(counts, 0, counts.Length);
                continue;
            }
            foreach (double count in counts)
                _distinct[slot] += count > 0 ? 1 : 0;
        }
    }

    /// <summary>The squared distance, or any number not below the limit if it is not below it.</summary>
    private double SquaredDistance(CompiledCentroid centroid, double limit)
    {
        double sum = 0;
        foreach (ref readonly CentrePart part in centroid.Centre.AsSpan())
        {
            sum += SquaredDistance(part);
            if (!(sum < limit))
                return double.PositiveInfinity;
        }
        return sum;
    }

    private double SquaredDistance(in CentrePart part)
    {
        int slot = part.Field.Slot;
        if (part.Terms is { } terms)
            return Squared(part.Scale * TermDistance(terms, slot));
        if (part.Category is { } category)
            return Row.Texts[slot] == category ? 0 : Squared(part.Scale);
        return Squared((Row.Numbers[slot] - part.Number) * part.Scale);
    }

    /// <summary>1 less the cosine of the sets of terms.</summary>
    private double TermDistance(int[] terms, int slot)
    {
        int distinct = _distinct[slot];
        if (distinct == 0 || terms.Length == 0)
            return distinct == terms.Length ? 0 : 1;
        int common = 0;
        foreach (int term in terms)
            common += term >= 0 && _counts[slot][term] > 0 ? 1 : 0;
        return 1 - (common / Math.Sqrt((double)distinct * terms.Length));
    }

    private static double Squared(double value) => value * value;
}
