using System;
using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.ExampleTrainer.Statistics;

/// <summary>The moments and the histogram of some numbers.</summary>
internal sealed class Sample
{
    /// <summary>Histograms keep at most this many bins, as BigML's do.</summary>
    private const int MaximumBins = 32;

    private readonly double[] _sorted;

    public Sample(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
        Sum = _sorted.Sum();
        SumSquares = _sorted.Sum(x => x * x);
        Mean = Sum / Count;
        Variance = Count > 1 ? CentralMoment(2) * Count / (Count - 1) : 0;
    }

    public int Count => _sorted.Length;

    public double Sum { get; }

    public double SumSquares { get; }

    public double Mean { get; }

    /// <summary>The unbiased variance; 0 for a single value.</summary>
    public double Variance { get; }

    public double StandardDeviation => Math.Sqrt(Variance);

    public double Minimum => _sorted[0];

    public double Maximum => _sorted[^1];

    public double Median => (_sorted[(Count - 1) / 2] + _sorted[Count / 2]) / 2;

    public double Skewness => CentralMoment(3) / (CentralMoment(2) * Math.Sqrt(CentralMoment(2)));

    public double ExcessKurtosis => CentralMoment(4) / (CentralMoment(2) * CentralMoment(2)) - 3;

    /// <summary>
    /// Values (or centres) and how many there are of each. <paramref name="exact"/> tells whether each is a value that occurs:
    /// beyond 32 different ones, the closest neighbours were merged, the first closest pair first.
    /// </summary>
    public List<(double Centre, int Count)> Histogram(out bool exact)
    {
        List<(double Centre, int Count)> bins = [.. _sorted.GroupBy(x => x).Select(group => (group.Key, group.Count()))];
        exact = bins.Count <= MaximumBins;
        while (bins.Count > MaximumBins)
        {
            // Rounded, or the last bits of 0.1-wide gaps would pick the pair.
            int closest = Enumerable.Range(0, bins.Count - 1).MinBy(i => Math.Round(bins[i + 1].Centre - bins[i].Centre, 9));
            var (a, b) = (bins[closest], bins[closest + 1]);
            bins[closest] = ((a.Centre * a.Count + b.Centre * b.Count) / (a.Count + b.Count), a.Count + b.Count);
            bins.RemoveAt(closest + 1);
        }
        return bins;
    }

    private double CentralMoment(int order)
    {
        double sum = 0;
        foreach (double x in _sorted)
        {
            double power = 1;
            for (int i = 0; i < order; i++)
                power *= x - Mean;
            sum += power;
        }
        return sum / Count;
    }
}
