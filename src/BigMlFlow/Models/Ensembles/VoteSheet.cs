using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>What one tree answered to the row.</summary>
internal struct Vote
{
    /// <summary>The number; or the class, as its place among the ensemble's vote classes.</summary>
    internal double Output;

    /// <summary>NaN if there is none.</summary>
    internal double Confidence;

    internal double Count;
    internal double Minimum;
    internal double Maximum;

    /// <summary>NaN if there is none.</summary>
    internal double Median;

    /// <summary>The probability of the class.</summary>
    internal double Probability;

    /// <summary>Where the answer's distribution lies: -1, and it is that of <see cref="Node"/>, or its place among the sheet's bins.</summary>
    internal int Start;

    internal int BinCount;
    internal int Node;
}

/// <summary>The votes of all trees on a row. A buffer, used again for every row.</summary>
internal sealed class VoteSheet
{
    private readonly Ensemble _ensemble;
    private readonly EnsembleEvaluator _evaluator;
    private Bin[] _bins = [];
    private int _used;

    internal VoteSheet(Ensemble ensemble, ComponentRows rows, MissingStrategy? strategy)
    {
        _ensemble = ensemble;
        _evaluator = new EnsembleEvaluator(ensemble, rows, strategy);
        Votes = new Vote[ensemble.Trees.Length];
    }

    internal bool IsBeyondBindings => _evaluator.Answer.IsBeyondBindings;

    /// <summary>By tree.</summary>
    internal Vote[] Votes { get; }

    /// <summary>Lets all trees vote, once the rows are filled.</summary>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void Collect()
    {
        _used = 0;
        _evaluator.NextRow();
        TreeEvaluator answer = _evaluator.Answer;
        for (int index = 0; index < Votes.Length; index++)
        {
            EnsembleTree tree = _ensemble.Trees[index];
            _evaluator.Evaluate(index);
            ref Vote vote = ref Votes[index];
            bool isClass = tree.Tree.Kind == TreeKind.Classification;
            vote.Output = isClass ? tree.ClassMap[(int)answer.Output] : answer.Output;
            vote.Confidence = answer.Confidence;
            vote.Count = answer.Count;
            vote.Minimum = answer.Minimum;
            vote.Maximum = answer.Maximum;
            vote.Median = answer.Median;
            vote.Node = answer.Node;
            vote.Start = -1;
            if (isClass)
                vote.Probability = TreeFigures.Probability(tree.Tree, answer.Bins(tree.Tree), (int)answer.Output);
            if (!answer.IsOfNode && tree.Tree.Kind != TreeKind.Boosted)
                Keep(ref vote, answer.Bins(tree.Tree));
        }
    }

    /// <summary>The distribution of a tree's answer, in the bindings' order.</summary>
    internal ReadOnlySpan<Bin> Bins(int index)
        => Votes[index].Start < 0 ? _ensemble.Trees[index].Tree.Shown(Votes[index].Node) : _bins.AsSpan(Votes[index].Start, Votes[index].BinCount);

    /// <summary>The sum of the distributions of some trees, made when it is looked at (bindings: multivote.py, grouped_distribution).</summary>
    internal Distribution Sum(Func<int, bool> isTaken)
    {
        Ensemble ensemble = _ensemble;
        (int Tree, int Node, Bin[]? Bins)[] parts =
        [
            .. Enumerable.Range(0, Votes.Length)
                .Where(isTaken)
                .Select(index => (index, Votes[index].Node, Votes[index].Start < 0 ? null : Bins(index).ToArray())),
        ];
        return new Distribution(() => Sum(ensemble, parts));
    }

    private static (IReadOnlyList<DistributionEntry> Entries, string? Unit) Sum(Ensemble ensemble, (int Tree, int Node, Bin[]? Bins)[] parts)
    {
        var sums = new Dictionary<double, double>();
        foreach ((int index, int node, Bin[]? bins) in parts)
        {
            EnsembleTree tree = ensemble.Trees[index];
            foreach (Bin bin in bins ?? tree.Tree.Merged(node))
            {
                double value = ensemble.IsRegression ? bin.Value : tree.ClassMap[(int)bin.Value];
                sums.TryGetValue(value, out double sum);
                sums[value] = sum + bin.Weight;
            }
        }
        string unit = sums.Count > BinMerger.Limit ? "bins" : "counts";
        if (!ensemble.IsRegression)
        {
            // The bindings would merge classes as if they were numbers, and fail.
            return ([.. sums.Select(sum => new DistributionEntry(ensemble.VoteClasses[(int)sum.Key], sum.Value)).OrderBy(entry => (string)entry.Value, PythonText.CodePointOrder)], unit);
        }
        Bin[] sorted = [.. sums.OrderBy(sum => sum.Key).Select(sum => new Bin(sum.Key, sum.Value))];
        int count = new BinMerger().Merge(sorted);
        return ([.. sorted.Take(count).Select(bin => new DistributionEntry(bin.Value, bin.Weight))], unit);
    }

    private void Keep(ref Vote vote, ReadOnlySpan<Bin> bins)
    {
        if (_bins.Length < _used + bins.Length)
            Array.Resize(ref _bins, Math.Max(_used + bins.Length, _bins.Length * 2));
        bins.CopyTo(_bins.AsSpan(_used));
        vote.Start = _used;
        vote.BinCount = bins.Length;
        _used += bins.Length;
    }
}
