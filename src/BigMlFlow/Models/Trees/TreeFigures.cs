using System;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>The figures of a tree's classes (bindings: model.py, _probabilities and predict_confidence). They are not rounded but where it says so.</summary>
internal static class TreeFigures
{
    /// <summary>The probability of one class.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="bins">The distribution where the row ended.</param>
    /// <param name="class">The class.</param>
    internal static double Probability(Tree tree, ReadOnlySpan<Bin> bins, int @class)
    {
        double total = tree.IsWeighted ? 0 : 1;
        double weight = tree.Shares[@class];
        foreach (Bin bin in bins)
        {
            if ((int)bin.Value == @class)
                weight += bin.Weight;
            total += bin.Weight;
        }
        return total == 0 ? 0 : weight / total;
    }

    /// <summary>The probabilities of all classes, rounded.</summary>
    internal static void Probabilities(Tree tree, ReadOnlySpan<Bin> bins, Span<double> figures)
    {
        double total = tree.IsWeighted ? 0 : 1;
        tree.Shares.AsSpan().CopyTo(figures);
        foreach (Bin bin in bins)
        {
            figures[(int)bin.Value] += bin.Weight;
            total += bin.Weight;
        }
        for (int index = 0; index < tree.Shares.Length; index++)
            figures[index] = total == 0 ? 0 : PythonMath.Round(figures[index] / total, TreeStatistics.Decimals);
    }

    /// <summary>The confidences of all classes, rounded; 0 for those that the distribution lacks.</summary>
    /// <param name="bins">The distribution where the row ended, each class once.</param>
    /// <param name="instances">How many instances it rests on.</param>
    /// <param name="figures">As many as there are classes.</param>
    /// <exception cref="RowException">There is less than one instance.</exception>
    internal static void Confidences(ReadOnlySpan<Bin> bins, double instances, Span<double> figures)
    {
        figures.Clear();
        double total = TotalWeight(bins);
        foreach (Bin bin in bins)
            figures[(int)bin.Value] = TreeStatistics.Wilson(bin.Weight, total, instances);
    }

    internal static double TotalWeight(ReadOnlySpan<Bin> bins)
    {
        double total = 0;
        foreach (Bin bin in bins)
            total += bin.Weight;
        return total;
    }
}
