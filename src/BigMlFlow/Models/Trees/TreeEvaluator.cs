using System;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// What trees answer to a row, one after the other, under a missing strategy: the scalars at once, the distribution as it
/// was found. Nothing is rounded but confidences that are computed. Buffers are used again for every tree and row.
/// </summary>
internal sealed class TreeEvaluator
{
    private readonly bool _isProportional;
    private readonly TreeWalker _walker = new();
    private readonly BinMerger _merger = new();
    private Bin[] _merged = [];
    private int _mergedCount;

    internal TreeEvaluator(MissingStrategy strategy) => _isProportional = strategy == MissingStrategy.Proportional;

    /// <summary>The last node on the single way down.</summary>
    internal int Node { get; private set; }

    /// <summary>Whether the answer is that of <see cref="Node"/> alone, its distribution included.</summary>
    internal bool IsOfNode { get; private set; }

    /// <summary>The number, or the class as its place among the tree's.</summary>
    internal double Output { get; private set; }

    /// <summary>Whether the bindings fail where an answer was given since <see cref="NextRow"/>.</summary>
    internal bool IsBeyondBindings { get; private set; }

    /// <summary>NaN if there is none.</summary>
    internal double Confidence { get; private set; }

    /// <summary>The instances, or their weights.</summary>
    internal double Count { get; private set; }

    internal double Minimum { get; private set; }

    internal double Maximum { get; private set; }

    /// <summary>NaN if there is none.</summary>
    internal double Median { get; private set; }

    internal DistributionUnit Unit { get; private set; }

    /// <summary>The distribution in the order of the bindings: of a node as it stands there; merged classes by falling weight, then by name; merged numbers by value.</summary>
    internal ReadOnlySpan<Bin> Bins(Tree tree) => IsOfNode ? tree.Shown(Node) : _merged.AsSpan(0, _mergedCount);

    /// <summary>Begins a row.</summary>
    internal void NextRow() => IsBeyondBindings = false;

    /// <summary>The figures of all classes, rounded.</summary>
    internal void Figures(Tree tree, InputRow row, RowOccurrences occurrences, OperatingKind kind, Span<double> figures)
    {
        if (!_isProportional)
        {
            FiguresOf(tree, tree.Descend(row, occurrences), kind, figures);
            return;
        }
        Walk(tree, row, occurrences);
        if (kind == OperatingKind.Confidence)
            TreeFigures.Confidences(_walker.Merged, _walker.Population, figures);
        else
            TreeFigures.Probabilities(tree, _walker.Merged, figures);
    }

    /// <summary>The figures of all classes where a row ends in one node, rounded.</summary>
    internal static void FiguresOf(Tree tree, int node, OperatingKind kind, Span<double> figures)
    {
        if (kind == OperatingKind.Confidence)
            TreeFigures.Confidences(tree.Merged(node), tree.Answers[node].Count, figures);
        else
            TreeFigures.Probabilities(tree, tree.Shown(node), figures);
    }

    /// <summary>Evaluates a tree for a row.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="row">The row, complete.</param>
    /// <param name="occurrences">The row's counts of terms.</param>
    /// <param name="lambda">The regularization of a boosted tree.</param>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void Evaluate(Tree tree, InputRow row, RowOccurrences occurrences, double lambda = 1)
    {
        if (!_isProportional)
        {
            TakeNode(tree, tree.Descend(row, occurrences));
            return;
        }
        Walk(tree, row, occurrences);
        Node = _walker.Node;
        switch (tree.Kind)
        {
            case TreeKind.Classification:
                MergeClasses(tree);
                break;
            case TreeKind.Regression:
                MergeNumbers(tree);
                break;
            default:
                IsOfNode = false;
                Output = -_walker.GradientSum / (_walker.HessianSum + lambda);
                if (!Resources.Finite.Is(Output))
                    throw new RowException("Failed to predict: the sums of gradients give no number.");
                Confidence = Median = double.NaN;
                Count = _walker.Population;
                break;
        }
    }

    private void Walk(Tree tree, InputRow row, RowOccurrences occurrences)
    {
        _walker.Walk(tree, row, occurrences);
        IsBeyondBindings |= _walker.IsCutOff;
    }

    /// <summary>Takes the answer of a node.</summary>
    internal void TakeNode(Tree tree, int node)
    {
        ref readonly NodeAnswer answer = ref tree.Answers[node];
        bool isBoosted = tree.Kind == TreeKind.Boosted;
        Node = node;
        IsOfNode = true;
        Output = tree.Outputs[node];
        Confidence = isBoosted ? double.NaN : answer.Confidence;
        Count = answer.Count;
        Minimum = answer.Minimum;
        Maximum = answer.Maximum;
        Median = isBoosted ? double.NaN : answer.Median;
        Unit = answer.Shown.Unit;
    }

    private void MergeClasses(Tree tree)
    {
        ReadOnlySpan<Bin> bins = _walker.Merged;
        if (bins.Length == 0)
        {
            TakeNode(tree, Node);
            return;
        }
        Keep(bins);
        SortByWeight(_merged.AsSpan(0, _mergedCount));
        IsOfNode = false;
        Output = _merged[0].Value;
        Confidence = TreeStatistics.Wilson(_merged[0].Weight, TreeFigures.TotalWeight(bins), _walker.Population);
        Count = _walker.Population;
        Median = double.NaN;
        Unit = DistributionUnit.None;
    }

    private void MergeNumbers(Tree tree)
    {
        ReadOnlySpan<Bin> found = _walker.Merged;
        if (found.Length == 1 && found[0].Weight == 1)
        {
            TakeNode(tree, Node);
            Count = 1;
            Unit = tree.Answers[Node].Unit;
            return;
        }
        Keep(found);
        Unit = found.Length > BinMerger.Limit ? DistributionUnit.Bins : DistributionUnit.Counts;
        _mergedCount = _merger.Merge(_merged.AsSpan(0, _mergedCount));
        ReadOnlySpan<Bin> bins = _merged.AsSpan(0, _mergedCount);
        double instances = TreeFigures.TotalWeight(bins);
        double confidence;
        if (bins.Length == 1)
        {
            // One value has no spread: the parent's error stands in for it.
            Output = bins[0].Value;
            instances = instances < 2 ? 1 : instances;
            int parent = tree.LinksOf(Node).Parent;
            confidence = parent < 0 ? double.NaN : tree.Answers[parent].Confidence / Math.Sqrt(instances);
            IsBeyondBindings |= double.IsNaN(confidence);
        }
        else
        {
            double mean = TreeStatistics.Mean(bins);
            Output = double.IsNaN(mean) ? tree.Outputs[Node] : mean;
            confidence = TreeStatistics.RegressionError(bins, Output, _walker.Population);
        }
        IsOfNode = false;
        Confidence = PythonMath.Round(confidence, TreeStatistics.Decimals);
        Count = instances;
        Minimum = _walker.Minimum;
        Maximum = _walker.Maximum;
        Median = TreeStatistics.Median(bins, instances);
    }

    private void Keep(ReadOnlySpan<Bin> bins)
    {
        if (_merged.Length < bins.Length)
            _merged = new Bin[Math.Max(bins.Length, _merged.Length * 2)];
        bins.CopyTo(_merged);
        _mergedCount = bins.Length;
    }

    /// <summary>By falling weight, equal weights by value. A heap sort: the library's own allocates where it is given an order.</summary>
    private static void SortByWeight(Span<Bin> bins)
    {
        for (int root = (bins.Length / 2) - 1; root >= 0; root--)
            SiftDown(bins, root);
        for (int end = bins.Length - 1; end > 0; end--)
        {
            (bins[0], bins[end]) = (bins[end], bins[0]);
            SiftDown(bins.Slice(0, end), 0);
        }
    }

    /// <summary>Lets a bin sink until none below it comes later in the order.</summary>
    private static void SiftDown(Span<Bin> bins, int at)
    {
        for (int child = (at * 2) + 1; child < bins.Length; child = (at * 2) + 1)
        {
            if (child + 1 < bins.Length && IsBefore(bins[child], bins[child + 1]))
                child++;
            if (!IsBefore(bins[at], bins[child]))
                return;
            (bins[at], bins[child]) = (bins[child], bins[at]);
            at = child;
        }
    }

    private static bool IsBefore(in Bin a, in Bin b) => a.Weight != b.Weight ? a.Weight > b.Weight : a.Value < b.Value;
}
