using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Trees;
using Xunit;

namespace BigMlFlow.Tests.Trees;

/// <summary>Figures of distributions; the expected ones are those of the bindings 9.8.3.</summary>
public class TreeStatisticsTests
{
    [Theory]
    [InlineData(5, 7, 7, 0.35893)]
    [InlineData(1, 7, 7, 0.02568)]
    [InlineData(0, 7, 7, 0)]
    [InlineData(2.5, 5.75, 7, 0.1619)]
    public void Wilson(double weight, double total, double instances, double expected)
        => Assert.Equal(expected, TreeStatistics.Wilson(weight, total, instances), 12);

    [Fact]
    public void WilsonNeedsAnInstance() => Assert.Throws<RowException>(() => TreeStatistics.Wilson(0.5, 0.5, 0.5));

    [Theory]
    [InlineData(new double[] { 1, 2, 2.5, 1, 4, 1, 9, 2 }, 6, 3.25)] // even, and just one beyond the half
    [InlineData(new double[] { 4, 1, 9, 2 }, 3, 9)]
    [InlineData(new double[] { 4, 2, 9, 2 }, 4, 9)]
    [InlineData(new double[] { 4, 0.25 }, 1, double.NaN)]
    public void Median(double[] pairs, double instances, double expected)
        => Assert.Equal(expected, TreeStatistics.Median(Bins(pairs), instances));

    [Fact]
    public void RegressionError()
    {
        Bin[] bins = Bins(1, 2, 2.5, 1, 4, 1, 9, 2);
        Assert.Equal(11.71089, TreeStatistics.RegressionError(bins, TreeStatistics.Mean(bins), 6), 5);
        Assert.True(double.IsNaN(TreeStatistics.RegressionError(bins, 1, 0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(2.45)]
    [InlineData(double.Epsilon)]
    public void Before(double number) => Assert.Equal(Math.BitDecrement(number), TreeStatistics.Before(number));

    /// <summary>The tournament merges just what going through all neighbours again and again does.</summary>
    [Fact]
    public void MergingByTournament()
    {
        var random = new Random(5);
        var merger = new BinMerger();
        for (int round = 0; round < 200; round++)
        {
            // Values on a coarse grid, so that many distances tie.
            double[] values = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(1000) / 4.0).Distinct().Order()];
            Bin[] bins = [.. values.Select(value => new Bin(value, random.Next(1, 5)))];
            List<Bin> expected = MergeOneByOne(bins);
            int count = merger.Merge(bins);
            Assert.Equal(expected.Select(bin => (bin.Value, bin.Weight)), bins.Take(count).Select(bin => (bin.Value, bin.Weight)));
        }
    }

    private static List<Bin> MergeOneByOne(IEnumerable<Bin> bins)
    {
        List<Bin> merged = [.. bins];
        while (merged.Count > BinMerger.Limit)
        {
            int closest = 1;
            for (int index = 2; index < merged.Count; index++)
            {
                if (merged[index].Value - merged[index - 1].Value < merged[closest].Value - merged[closest - 1].Value)
                    closest = index;
            }
            Bin a = merged[closest - 1], b = merged[closest];
            double weight = a.Weight + b.Weight;
            merged[closest - 1] = new Bin(((a.Value * a.Weight) + (b.Value * b.Weight)) / weight, weight);
            merged.RemoveAt(closest);
        }
        return merged;
    }

    private static Bin[] Bins(params double[] pairs)
        => [.. Enumerable.Range(0, pairs.Length / 2).Select(index => new Bin(pairs[index * 2], pairs[(index * 2) + 1]))];
}
