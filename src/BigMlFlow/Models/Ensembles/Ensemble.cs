using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// An ensemble of trees: bagged, random or boosted, for classes or numbers (bindings: ensemble.py, multimodel.py, multivote.py).
/// </summary>
public sealed class Ensemble : BigMLModel
{
    private const string Kind = "An ensemble";

    private static readonly OperatingKind[] AllKinds = [OperatingKind.Probability, OperatingKind.Confidence, OperatingKind.Votes];
    private static readonly OperatingKind[] BoostedKinds = [OperatingKind.Probability];

    private readonly string[] _classes;
    private readonly Lazy<Forest?> _forest;
    private readonly Lazy<FigureTable?> _probabilities;
    private readonly Lazy<FigureTable?> _confidences;

    internal Ensemble(ResourceView view, EnsembleContent content)
        : base(view, content.Fields)
    {
        Trees = content.Trees;
        Groups = content.Groups;
        VoteClasses = content.VoteClasses;
        IsBoosted = content.IsBoosted;
        IsRegression = content.Fields.Objective!.OpType == OpType.Numeric;
        InitialOffset = content.InitialOffset;
        InitialOffsets = content.InitialOffsets;
        _classes = content.Classes;
        _forest = new(() => Groups.Length == 1 ? Forest.Of([.. Trees.Select(tree => tree.Tree)]) : null);
        _probabilities = new(() => FigureTable.Of(this, OperatingKind.Probability));
        _confidences = new(() => FigureTable.Of(this, OperatingKind.Confidence));
    }

    /// <summary>The classes of a classification by the code points of their names.</summary>
    public override IReadOnlyList<string> Classes => _classes;

    /// <summary>How many trees vote.</summary>
    public override int? ModelCount => Trees.Length;

    internal EnsembleTree[] Trees { get; }

    internal TreeGroup[] Groups { get; }

    /// <summary>All classes that trees may vote for: those of the ensemble first, then others that only trees know.</summary>
    internal string[] VoteClasses { get; }

    /// <summary>The trees as they are descended together; null where they cannot be.</summary>
    internal Forest? Forest => _forest.Value;

    internal bool IsBoosted { get; }

    internal bool IsRegression { get; }

    /// <summary>Where a boosted regression begins.</summary>
    internal double InitialOffset { get; }

    /// <summary>By class: where the score of a boosted classification begins.</summary>
    internal double[] InitialOffsets { get; }

    /// <summary>The figures of all nodes, made when they are first asked for; null where they are too many, or votes.</summary>
    internal FigureTable? Figures(OperatingKind kind) => kind switch
    {
        OperatingKind.Probability => _probabilities.Value,
        OperatingKind.Confidence => _confidences.Value,
        _ => null,
    };

    /// <summary>Builds the model of a resource and its components.</summary>
    internal static Ensemble Read(ResourceView resource) => new(resource, EnsembleReader.Read(resource));

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly(
            Kind,
            nameof(options.MissingStrategy), nameof(options.OperatingPoint), nameof(options.OperatingKind), nameof(options.Method), nameof(options.ThresholdVotes),
            nameof(options.ThresholdCategory), nameof(options.Median), nameof(options.Form), nameof(options.Compact));
        if (options.Form != AnswerForm.Prediction && (options.Method is not null || options.Median))
            throw new OptionException($"The methods and the median decide what is predicted: with Form '{options.Form}' they have no meaning.");
        if (IsRegression && options.OperatingPoint is not null)
            throw new OptionException("The operating_point argument can only be used in classifications.");
        if (IsBoosted)
            return CreateBoostedPredictor(options);
        if (IsRegression)
            return new NumberVotesPredictor(this, options);
        if (options.Median)
            throw new OptionException("Classes have no median: the option Median can only be used in regressions.");
        ClassDecision decision = Decision(options, AllKinds);
        if (options.Method is null || decision.IsOperating)
            return options.Form != AnswerForm.Prediction && Groups.Length > 1
                ? new SeparateFiguresPredictor(this, options, decision)
                : new FiguresPredictor(this, options, decision);
        return new ClassVotesPredictor(this, options);
    }

    private Predictor CreateBoostedPredictor(PredictionOptions options)
    {
        if (options.Median)
            throw new OptionException("Boosted ensembles have no medians: their trees' outputs are added up.");
        if (options.MissingStrategy == MissingStrategy.Proportional && !Trees.All(tree => tree.Tree.HasGradients))
            throw new OptionException("The trees of this ensemble have no gradients (g_sum, h_sum), which the missing strategy 'proportional' needs.");
        if (IsRegression)
            return new BoostedNumberPredictor(this, options);
        if (options.OperatingKind is not (null or OperatingKind.Probability))
            throw new OptionException("Only probability is allowed as operating kind for boosted ensembles.");
        return new BoostedClassPredictor(this, options, Decision(options, BoostedKinds));
    }

    private ClassDecision Decision(PredictionOptions options, OperatingKind[] kinds)
        => new(Type, Classes, ClassDecision.RanksOf(Classes, Objective!), options, kinds);
}

/// <summary>What an ensemble is made of, once it has been read.</summary>
internal sealed record EnsembleContent(FieldSet Fields, EnsembleTree[] Trees, TreeGroup[] Groups, string[] Classes, string[] VoteClasses)
{
    internal bool IsBoosted { get; init; }

    internal double InitialOffset { get; init; }

    internal double[] InitialOffsets { get; init; } = [];
}
