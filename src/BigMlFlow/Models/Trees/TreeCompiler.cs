using System;
using System.Collections.Generic;

namespace BigMlFlow.Models.Trees;

/// <summary>Lays a tree out in flat arrays.</summary>
internal sealed class TreeCompiler
{
    private readonly RawTree _raw;
    private readonly TreeKind _kind;
    private readonly bool _isWeighted;
    private readonly PredicateCompiler _predicates;
    private readonly string[] _classes;
    private readonly Dictionary<int, int> _classOfText = [];
    private readonly List<Bin> _bins = [];

    private TreeCompiler(RawTree raw, TreeKind kind, string[] classes, PredicateCompiler predicates)
    {
        _raw = raw;
        _kind = kind;
        _classes = classes;
        _predicates = predicates;
        _isWeighted = kind != TreeKind.Boosted && raw.Nodes[0].HasWeightedSummary;
        for (int index = 0; index < classes.Length; index++)
            _classOfText[raw.Texts.Add(classes[index])] = index;
    }

    /// <summary>Compiles a tree.</summary>
    /// <param name="raw">The tree.</param>
    /// <param name="kind">What it predicts.</param>
    /// <param name="classes">The classes by code points; empty unless it predicts classes.</param>
    /// <param name="training">The distribution of the training data, which is the root's; null for boosted trees.</param>
    /// <param name="predicates">Compiles the predicates.</param>
    /// <exception cref="ResourceException">A node is malformed.</exception>
    internal static Tree Compile(RawTree raw, TreeKind kind, string[] classes, TrainingDistribution? training, PredicateCompiler predicates)
        => new TreeCompiler(raw, kind, classes, predicates).Compile(training);

    private Tree Compile(TrainingDistribution? training)
    {
        int[] order = BreadthFirst(out NodeLinks[] links, out Predicate[] predicates, out SplitNode[] splits);
        var outputs = new double[order.Length];
        var answers = new NodeAnswer[order.Length];
        bool hasGradients = _kind == TreeKind.Boosted, isBinary = true;
        for (int node = 0; node < order.Length; node++)
        {
            int raw = order[node];
            outputs[node] = Output(raw);
            answers[node] = Answer(raw, node == 0 ? training : null);
            bool isLeaf = links[node].ChildCount == 0;
            hasGradients &= !isLeaf || !(double.IsNaN(answers[node].Confidence) || double.IsNaN(answers[node].Minimum));
            isBinary &= (splits[node].Meta & SplitNode.KindMask) != SplitNode.General;
        }
        return new Tree(splits, links, predicates, _predicates.Tests)
        {
            Kind = _kind,
            IsWeighted = _isWeighted,
            HasGradients = hasGradients,
            IsBinary = isBinary,
            Classes = _classes,
            Shares = Shares(training),
            Outputs = outputs,
            Answers = answers,
            Bins = [.. _bins],
        };
    }

    private Predicate CompilePredicate(int node)
    {
        if (!_raw.Nodes[node].HasPredicate)
            throw _raw.Error(node, "predicate", "Expected a predicate: only the root has none.");
        try
        {
            return _predicates.Compile(_raw.PredicateOf(node));
        }
        catch (ResourceException error) when (error.JsonPath is null)
        {
            throw _raw.Error(node, "predicate", error.Message);
        }
    }

    /// <summary>The nodes level by level, so that siblings lie side by side and the upper levels together.</summary>
    private int[] BreadthFirst(out NodeLinks[] links, out Predicate[] predicates, out SplitNode[] splits)
    {
        var order = new int[_raw.Count];
        links = new NodeLinks[_raw.Count];
        predicates = new Predicate[_raw.Count];
        splits = new SplitNode[_raw.Count];
        links[0].Parent = -1;
        int count = 1;
        for (int node = 0; node < count; node++)
        {
            int first = count;
            for (int child = _raw.Nodes[order[node]].FirstChild; child >= 0; child = _raw.Nodes[child].NextSibling)
            {
                links[count].Parent = node;
                predicates[count] = CompilePredicate(child);
                order[count++] = child;
            }
            links[node].FirstChild = first;
            links[node].ChildCount = count - first;
            splits[node] = Split(node, ref links[node], order, predicates);
        }
        // Children that a repeated member replaced are not reached.
        Array.Resize(ref order, count);
        Array.Resize(ref links, count);
        Array.Resize(ref predicates, count);
        Array.Resize(ref splits, count);
        return order;
    }

    private double Output(int raw)
    {
        double output = _raw.Nodes[raw].Output;
        if (double.IsNaN(output))
            throw _raw.Error(raw, "output", $"Expected {(_kind == TreeKind.Classification ? "a class" : "a number")}, which is missing.");
        return _kind == TreeKind.Classification ? ClassOf(output, raw, "output") : output;
    }

    private int ClassOf(double text, int raw, string member)
        => _classOfText.TryGetValue((int)text, out int index)
            ? index
            : throw _raw.Error(raw, member, $"The class '{_raw.Texts[(int)text]}' is not among those of the training data (model.distribution.training).");

    private NodeAnswer Answer(int raw, TrainingDistribution? training)
    {
        ref readonly RawNode node = ref _raw.Nodes[raw];
        if (_kind == TreeKind.Boosted)
            return new NodeAnswer { Count = node.Count, Confidence = node.GradientSum, Minimum = node.HessianSum };
        if (double.IsNaN(node.Count))
            throw _raw.Error(raw, "count", "Expected a number of instances, which is missing.");
        var answer = new NodeAnswer { Count = node.Count, Confidence = node.Confidence, Median = double.NaN };
        BinRange summary = node.Summary;
        ReadOnlySpan<Bin> bins = training is null ? Bins(summary) : training.Bins;
        answer.Unit = training?.Unit ?? summary.Unit;
        if (_kind == TreeKind.Regression)
            Describe(ref answer, raw, bins);
        if (_isWeighted)
        {
            summary = node.WeightedSummary;
            if (!node.HasWeightedSummary)
                throw _raw.Error(raw, "weighted_objective_summary", "Expected a weighted distribution, as the root has one.");
            bins = Bins(summary);
            training = null;
        }
        answer.Shown = Keep(bins, training?.Unit ?? summary.Unit, raw, isCoded: training is not null);
        answer.Merged = Mergeable(answer.Shown);
        return answer;
    }

    private double[] Shares(TrainingDistribution? training)
    {
        var shares = new double[_classes.Length];
        if (training is null || _isWeighted || _kind != TreeKind.Classification)
            return shares;
        double total = 0;
        foreach (Bin bin in training.Bins)
            total += bin.Weight;
        foreach (Bin bin in training.Bins)
            shares[(int)bin.Value] = total == 0 ? 0 : bin.Weight / total;
        return shares;
    }

    private Bin[] Bins(BinRange range) => _raw.Bins.GetRange(range.Start, range.Count).ToArray();

    /// <summary>The extremes and the median of a node (bindings: regression.py, build_regression_tree).</summary>
    private void Describe(ref NodeAnswer answer, int raw, ReadOnlySpan<Bin> bins)
    {
        if (bins.Length == 0)
            throw _raw.Error(raw, "objective_summary", "Expected a distribution of bins or counts.");
        ref readonly RawNode node = ref _raw.Nodes[raw];
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (Bin bin in bins)
        {
            least = Math.Min(least, bin.Value);
            greatest = Math.Max(greatest, bin.Value);
        }
        // A zero counts as absent there.
        answer.Median = double.IsNaN(node.Median) || node.Median == 0 ? TreeStatistics.Median(bins, node.Count) : node.Median;
        answer.Minimum = double.IsNaN(node.Minimum) || node.Minimum == 0 ? least : node.Minimum;
        answer.Maximum = double.IsNaN(node.Maximum) || node.Maximum == 0 ? greatest : node.Maximum;
    }

    private BinRange Keep(ReadOnlySpan<Bin> bins, DistributionUnit unit, int raw, bool isCoded)
    {
        int start = _bins.Count;
        foreach (Bin bin in bins)
            _bins.Add(_kind == TreeKind.Classification && !isCoded ? new Bin(ClassOf(bin.Value, raw, "objective_summary"), bin.Weight) : bin);
        return new BinRange(start, bins.Length, unit);
    }

    /// <summary>The same bins by value, each value once with its last weight: the range itself if it is so already.</summary>
    private BinRange Mergeable(BinRange shown)
    {
        bool isOrdered = true;
        for (int index = 1; index < shown.Count && isOrdered; index++)
            isOrdered = _bins[shown.Start + index - 1].Value < _bins[shown.Start + index].Value;
        if (isOrdered)
            return shown;
        var byValue = new SortedDictionary<double, double>();
        for (int index = 0; index < shown.Count; index++)
            byValue[_bins[shown.Start + index].Value] = _bins[shown.Start + index].Weight;
        int start = _bins.Count;
        foreach (KeyValuePair<double, double> bin in byValue)
            _bins.Add(new Bin(bin.Key, bin.Value));
        return new BinRange(start, byValue.Count, shown.Unit);
    }

    private static SplitNode Split(int node, ref NodeLinks links, int[] order, Predicate[] predicates)
    {
        if (links.ChildCount == 0)
            return new SplitNode(double.PositiveInfinity, SplitNode.Leaf, node);
        Span<Predicate> children = predicates.AsSpan(links.FirstChild, links.ChildCount);
        foreach (Predicate child in children)
            links.IsOneBranch |= child.SaysMissing || child.ShownAs == ShownValue.Null;
        links.IsOneBranch |= children[0].IsOfTerms;
        if (children.Length != 2 || children[0].Slot != children[1].Slot || children[0].Kind != children[1].Kind)
            return new SplitNode(0, SplitNode.General, links.FirstChild);
        bool isNumeric = children[0].Kind == PredicateKind.Number && children[0].Number == children[1].Number && Complementary(children[0].Operator, children[1].Operator);
        bool isCategory = children[0].Kind == PredicateKind.Category && children[0].Index == children[1].Index && children[0].Operator != children[1].Operator;
        if (!isNumeric && !isCategory)
            return new SplitNode(0, SplitNode.General, links.FirstChild);
        // A missing value goes to the first child that takes it, in the document's order.
        int missing = children[0].AcceptsMissing ? 1 : children[1].AcceptsMissing ? 2 : 0;
        // Just one of the two takes any other value, so their order is ours: the lower numbers or the one category first.
        if (children[0].Operator is PredicateOperator.Greater or PredicateOperator.GreaterOrEqual or PredicateOperator.NotEqual)
        {
            (children[0], children[1]) = (children[1], children[0]);
            (order[links.FirstChild], order[links.FirstChild + 1]) = (order[links.FirstChild + 1], order[links.FirstChild]);
            missing = missing == 0 ? 0 : 3 - missing;
        }
        int meta = children[0].Slot | missing << SplitNode.MissingShift;
        if (isCategory)
            return new SplitNode(children[0].Index, meta | SplitNode.Category, links.FirstChild);
        // x < t is x <= the number before t.
        double threshold = children[0].Operator == PredicateOperator.Less ? TreeStatistics.Before(children[0].Number) : children[0].Number;
        return new SplitNode(threshold, meta | SplitNode.Numeric, links.FirstChild);
    }

    private static bool Complementary(PredicateOperator first, PredicateOperator second) => (first, second) switch
    {
        (PredicateOperator.Greater, PredicateOperator.LessOrEqual) or (PredicateOperator.LessOrEqual, PredicateOperator.Greater) => true,
        (PredicateOperator.Less, PredicateOperator.GreaterOrEqual) or (PredicateOperator.GreaterOrEqual, PredicateOperator.Less) => true,
        _ => false,
    };
}

/// <summary>The distribution of the training data: the root's own. Values of a classification are places among its classes.</summary>
internal sealed class TrainingDistribution(Bin[] bins, DistributionUnit unit)
{
    internal Bin[] Bins { get; } = bins;

    internal DistributionUnit Unit { get; } = unit;
}
