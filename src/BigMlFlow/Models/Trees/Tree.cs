using System;
using System.Collections.Generic;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// A node as the descent sees it, 16 bytes: what to ask and where its children are. The two-way splits on a number or a
/// category, which are nearly all there are, are decided here; other nodes ask their children's predicates one by one.
/// </summary>
internal readonly struct SplitNode(double threshold, int meta, int firstChild)
{
    internal const int SlotMask = (1 << 26) - 1;
    internal const int KindMask = 3 << 26;
    internal const int Numeric = 0 << 26;
    internal const int Category = 1 << 26;
    internal const int General = 2 << 26;
    internal const int Leaf = 3 << 26;
    internal const int MissingShift = 28;

    /// <summary>Numbers up to this go to the first child and greater ones to the second; or the code of the category that goes to the first. Infinite at a leaf.</summary>
    internal readonly double Threshold = threshold;

    /// <summary>
    /// From the low end: 26 bits for where the field lies in a row; 2 for the kind; 2 for where a missing value goes (0: nowhere,
    /// else the child of that ordinal).
    /// </summary>
    internal readonly int Meta = meta;

    /// <summary>Of a leaf the leaf itself, so that a descent may go on without asking where it is.</summary>
    internal readonly int FirstChild = firstChild;
}

/// <summary>Where a node stands in the tree. Children lie side by side.</summary>
internal struct NodeLinks
{
    internal int Parent;
    internal int FirstChild;
    internal int ChildCount;

    /// <summary>Whether a single branch is followed even if the first child's field is missing: some child takes missing values, or terms are counted (bindings: one_branch).</summary>
    internal bool IsOneBranch;
}

/// <summary>What a node answers, besides its output.</summary>
internal struct NodeAnswer
{
    internal double Count;

    /// <summary>The confidence of a class, or the error of a number; NaN if there is none. In boosted trees the sum of gradients.</summary>
    internal double Confidence;

    /// <summary>In boosted trees the sum of hessians.</summary>
    internal double Minimum;

    internal double Maximum;

    /// <summary>NaN if there is none.</summary>
    internal double Median;

    /// <summary>The distribution as it is shown.</summary>
    internal BinRange Shown;

    /// <summary>The distribution to merge with others: by value, each once.</summary>
    internal BinRange Merged;

    /// <summary>The unit of the unweighted distribution.</summary>
    internal DistributionUnit Unit;
}

/// <summary>A compiled tree: flat arrays, nodes in breadth-first order, the root first.</summary>
internal sealed class Tree
{
    private readonly SplitNode[] _splits;
    private readonly NodeLinks[] _links;
    private readonly Predicate[] _predicates;
    private readonly PredicateTests _tests;

    internal Tree(SplitNode[] splits, NodeLinks[] links, Predicate[] predicates, PredicateTests tests)
    {
        _splits = splits;
        _links = links;
        _predicates = predicates;
        _tests = tests;
    }

    internal TreeKind Kind { get; init; }

    /// <summary>Whether distributions are weighted: no class is then given a share of the training data's.</summary>
    internal bool IsWeighted { get; init; }

    /// <summary>By node: the number, or the class as its place in <see cref="Classes"/>.</summary>
    internal double[] Outputs { get; init; } = [];

    internal NodeAnswer[] Answers { get; init; } = [];

    internal Bin[] Bins { get; init; } = [];

    /// <summary>The classes by code points; empty unless it predicts classes.</summary>
    internal string[] Classes { get; init; } = [];

    /// <summary>By class: its share of the training data, which every node's distribution is given as one more instance; zeros where distributions are weighted.</summary>
    internal double[] Shares { get; init; } = [];

    /// <summary>The texts of predicates.</summary>
    internal string[] Texts => _tests.Texts;

    /// <summary>Whether the leaves of a boosted tree have the sums that outputs can be computed from anew.</summary>
    internal bool HasGradients { get; init; }

    /// <summary>Whether all nodes split in two, by a number or by a category.</summary>
    internal bool IsBinary { get; init; }

    /// <summary>The nodes as a descent sees them.</summary>
    internal ReadOnlySpan<SplitNode> Splits => _splits;

    internal int NodeCount => _splits.Length;

    internal ref readonly Predicate PredicateOf(int node) => ref _predicates[node];

    internal ref readonly NodeLinks LinksOf(int node) => ref _links[node];

    internal bool IsLeaf(int node) => _links[node].ChildCount == 0;

    internal ReadOnlySpan<Bin> Shown(int node) => Bins.AsSpan(Answers[node].Shown.Start, Answers[node].Shown.Count);

    internal ReadOnlySpan<Bin> Merged(int node) => Bins.AsSpan(Answers[node].Merged.Start, Answers[node].Merged.Count);

    /// <summary>Goes down from the root to the last node whose predicates hold: the missing strategy "last prediction".</summary>
    internal int Descend(InputRow row, RowOccurrences occurrences)
    {
        SplitNode[] splits = _splits;
        double[] numbers = row.Numbers;
        int node = 0;
        while (true)
        {
            ref readonly SplitNode split = ref splits[node];
            int child;
            if ((split.Meta & SplitNode.KindMask) == SplitNode.Numeric)
            {
                double number = numbers[split.Meta & SplitNode.SlotMask];
                child = double.IsNaN(number) ? MissingChild(split) : split.FirstChild + (number > split.Threshold ? 1 : 0); // no jump to predict
            }
            else
                child = (split.Meta & SplitNode.KindMask) == SplitNode.Leaf ? -1 : EnteredChild(node, row, occurrences);
            if (child < 0)
                return node;
            node = child;
        }
    }

    /// <summary>The first child whose predicate holds; -1 where none does.</summary>
    internal int EnteredChild(int node, InputRow row, RowOccurrences occurrences)
    {
        ref readonly SplitNode split = ref _splits[node];
        int slot = split.Meta & SplitNode.SlotMask;
        switch (split.Meta & SplitNode.KindMask)
        {
            case SplitNode.Numeric:
                double number = row.Numbers[slot];
                return double.IsNaN(number) ? MissingChild(split) : split.FirstChild + (number > split.Threshold ? 1 : 0);
            case SplitNode.Category:
                int code = row.Codes[slot];
                return code < 0 && row.Texts[slot] is null ? MissingChild(split)
                    : code == (int)split.Threshold ? split.FirstChild : split.FirstChild + 1;
        }
        ref readonly NodeLinks links = ref _links[node];
        for (int child = links.FirstChild, end = child + links.ChildCount; child < end; child++)
        {
            if (_tests.Hold(_predicates[child], row, occurrences))
                return child;
        }
        return -1;
    }

    /// <summary>Whether the field that decides the split of a node is missing: that of its first child.</summary>
    internal bool MissesSplitField(int node, InputRow row)
    {
        ref readonly Predicate first = ref _predicates[_links[node].FirstChild];
        return PredicateTests.IsMissing(first, row);
    }

    private static int MissingChild(in SplitNode split)
    {
        int ordinal = (split.Meta >> SplitNode.MissingShift) & 3;
        return ordinal == 0 ? -1 : split.FirstChild + ordinal - 1;
    }

    /// <summary>The nodes from below the root down to a node.</summary>
    internal IReadOnlyList<int> PathTo(int node)
    {
        var path = new List<int>();
        for (; node > 0; node = _links[node].Parent)
            path.Add(node);
        path.Reverse();
        return path;
    }
}
