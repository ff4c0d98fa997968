using System.Collections.Generic;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Models;

/// <summary>Turns the probabilities of a classifier's classes into the answer that was asked for; logistic regressions and deepnets.</summary>
internal sealed class ClassAnswers
{
    /// <summary>The options of classifiers whose only figure is the probability.</summary>
    internal static readonly string[] Options =
    [
        nameof(PredictionOptions.OperatingPoint), nameof(PredictionOptions.OperatingKind), nameof(PredictionOptions.Form), nameof(PredictionOptions.Compact),
    ];

    private readonly IReadOnlyList<string> _classes;
    private readonly PredictionOptions _options;
    private readonly ClassDecision _decision;
    private readonly bool _inClassOrder;

    /// <param name="type">The resource type.</param>
    /// <param name="classes">The classes in the order of the probabilities.</param>
    /// <param name="objective">The objective field, whose summary settles ties.</param>
    /// <param name="options">The options.</param>
    /// <param name="inClassOrder">Whether a plain answer lists the classes in their own order, not by probability.</param>
    internal ClassAnswers(string type, IReadOnlyList<string> classes, Field objective, PredictionOptions options, bool inClassOrder = false)
    {
        _classes = classes;
        _options = options;
        _decision = new ClassDecision(type, classes, ClassDecision.RanksOf(classes, objective), options);
        _inClassOrder = inClassOrder && !IsOperating;
    }

    /// <summary>Whether an operating point or kind decides.</summary>
    internal bool IsOperating => _decision.IsOperating;

    /// <summary>The answer with all that belongs to it.</summary>
    /// <param name="probabilities">Rounded, in the order of the classes.</param>
    /// <param name="unused">The columns that were not used.</param>
    /// <param name="winner">The class of a plain answer, where rounding must not decide; -1 where it does.</param>
    internal Prediction Full(double[] probabilities, NameList unused, int winner = -1)
    {
        if (_options.Form != AnswerForm.Prediction)
            return Figures(probabilities);
        int best = Best(probabilities, winner);
        if (IsOperating)
            return new Classification { Prediction = _classes[best], Probability = probabilities[best], Confidence = probabilities[best] };
        double[] kept = (double[])probabilities.Clone();
        return new Classification
        {
            Prediction = _classes[best],
            Probability = kept[best],
            Confidence = kept[best],
            Distribution = new Distribution(() => Entries(kept), asProbabilities: true),
            UnusedFields = unused,
            IsBare = !_options.Full,
        };
    }

    /// <summary>The scalars of the answer.</summary>
    internal CompactPrediction Compact(double[] probabilities, int winner = -1)
    {
        int best = Best(probabilities, winner);
        return new CompactPrediction(_classes[best], double.NaN, probabilities[best], probabilities[best]);
    }

    private int Best(double[] probabilities, int winner)
        => winner < 0 || IsOperating ? _decision.Choose(probabilities) : winner;

    private DistributionEntry[] Entries(double[] probabilities)
    {
        var entries = new DistributionEntry[probabilities.Length];
        int[]? order = _inClassOrder ? null : _decision.Order(probabilities);
        for (int place = 0; place < entries.Length; place++)
        {
            int index = order is null ? place : order[place];
            entries[place] = new DistributionEntry(_classes[index], probabilities[index]);
        }
        return entries;
    }

    private ClassFigures Figures(double[] probabilities)
    {
        var figures = new ClassFigure[probabilities.Length];
        for (int index = 0; index < figures.Length; index++)
            figures[index] = new ClassFigure(_classes[index], probabilities[index]);
        return new ClassFigures(_options.Form == AnswerForm.Confidences ? "confidence" : "probability", figures, _options.Compact);
    }
}
