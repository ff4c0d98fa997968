using System.Collections.Generic;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// A decision tree: a classification, a regression, or a step of a boosted ensemble on its own (bindings: model.py).
/// </summary>
public sealed class DecisionTree : BigMLModel
{
    private const string Kind = "A decision tree";

    private readonly TreeResource _resource;

    private DecisionTree(ResourceView view, TreeResource resource)
        : base(view, resource.Fields)
    {
        _resource = resource;
        var matchers = new MatcherSet();
        Tree = resource.Compile(resource.Fields, matchers, out _);
        Matchers = matchers;
    }

    /// <summary>The classes of a classification by the code points of their names.</summary>
    public override IReadOnlyList<string> Classes => _resource.Classes;

    /// <summary>How many nodes the tree has.</summary>
    public int NodeCount => Tree.NodeCount;

    internal Tree Tree { get; }

    internal MatcherSet Matchers { get; }

    internal BoostingStep? Boosting => _resource.Boosting;

    /// <summary>Whether the answer is a number of the objective field: not so where a boosted tree adds to the score of a class.</summary>
    internal bool IsRegression => Tree.Kind != TreeKind.Classification && Boosting?.ObjectiveClass is null;

    /// <summary>Builds the model of a resource.</summary>
    internal static DecisionTree Read(ResourceView resource) => new(resource, new TreeResource(resource));

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly(
            Kind,
            nameof(options.MissingStrategy), nameof(options.OperatingPoint), nameof(options.OperatingKind), nameof(options.Form), nameof(options.Compact));
        if (options.Form == AnswerForm.Votes)
            throw new OptionException($"{Kind} has no votes: they are those of an ensemble's models.");
        if (Tree.Kind == TreeKind.Classification)
            return new ClassTreePredictor(this, options);
        if (options.OperatingPoint is not null)
            throw new OptionException("The operating_point argument can only be used in classifications.");
        if (options.OperatingKind is not null)
            throw new OptionException("The operating_kind argument can only be used in classifications.");
        if (!IsRegression && options.Form == AnswerForm.Confidences)
            throw new OptionException("Confidences are available for non-boosting models only.");
        if (Boosting is not null && options.MissingStrategy == MissingStrategy.Proportional && !Tree.HasGradients)
            throw new OptionException("The tree has no gradients (g_sum, h_sum), which the missing strategy 'proportional' needs.");
        return new NumberTreePredictor(this, options);
    }

    /// <summary>The question that a node asks next, as the bindings name it: its first child's field.</summary>
    internal string? Next(int node)
        => Tree.IsLeaf(node) ? null : _resource.NextName(Fields.All[Tree.PredicateOf(Tree.LinksOf(node).FirstChild).Slot]);
}
