using System;
using System.Collections.Generic;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models;

/// <summary>
/// Which class wins: the one with the highest figure, or what an operating kind or an operating point asks for
/// (bindings: predict_operating and predict_operating_kind of each type).
/// </summary>
internal sealed class ClassDecision
{
    private readonly int[] _ranks;
    private readonly int _positive = -1;
    private readonly double _threshold;

    /// <param name="type">The resource type, for messages.</param>
    /// <param name="classes">The classes in the order of the figures.</param>
    /// <param name="ranks">The place of each in the objective's summary, which settles ties.</param>
    /// <param name="options">The options, already known to be those of a classifier.</param>
    /// <param name="kinds">The figures that the type has; null for probabilities alone.</param>
    /// <exception cref="OptionException">The operating kind or point cannot be.</exception>
    internal ClassDecision(string type, IReadOnlyList<string> classes, int[] ranks, PredictionOptions options, OperatingKind[]? kinds = null)
    {
        _ranks = ranks;
        kinds ??= [OperatingKind.Probability];
        string allowed = string.Join(", ", kinds).ToLowerInvariant();
        Kind = options.OperatingPoint?.Kind ?? options.OperatingKind ?? OperatingKind.Probability;
        if (options.Form == AnswerForm.Votes && Array.IndexOf(kinds, OperatingKind.Votes) < 0)
            throw new OptionException($"Votes are those of an ensemble's models: a {ResourceId.ModelTypes[type]} has no Form Votes.");
        if (options.OperatingPoint is not null || options.OperatingKind is not null)
        {
            if (options.Form != AnswerForm.Prediction)
                throw new OptionException($"An operating point or kind decides which class is predicted: with Form '{options.Form}' it has no meaning.");
            IsOperating = true;
        }
        if (options.OperatingPoint is { } point)
        {
            if (Array.IndexOf(kinds, point.Kind) < 0)
                throw new OptionException($"Unexpected operating point kind. Allowed values for a {ResourceId.ModelTypes[type]} are: {allowed}.");
            if (!(point.Threshold is >= 0 and <= 1))
                throw new OptionException("The threshold value should be in the 0 to 1 range.");
            for (int index = 0; index < classes.Count; index++)
            {
                if (classes[index] == point.PositiveClass)
                    _positive = index;
            }
            if (_positive < 0)
                throw new OptionException($"The positive class must be one of the objective field classes: {string.Join(", ", classes)}.");
            _threshold = point.Threshold;
        }
        else if (Array.IndexOf(kinds, Kind) < 0)
            throw new OptionException($"Allowed operating kinds for a {ResourceId.ModelTypes[type]} are {allowed}. {Kind.ToString().ToLowerInvariant()} found.");
    }

    /// <summary>Whether an operating point or kind was given: the answer then holds the class and its figure alone.</summary>
    internal bool IsOperating { get; }

    /// <summary>The figure that decides.</summary>
    internal OperatingKind Kind { get; }

    /// <summary>The place of each class of a list in an objective's summary; those that are not in it come last.</summary>
    internal static int[] RanksOf(IReadOnlyList<string> classes, Field objective)
    {
        var ranks = new int[classes.Count];
        for (int index = 0; index < ranks.Length; index++)
        {
            int code = objective.CodeOf(classes[index]);
            ranks[index] = code < 0 ? objective.Categories.Count + index : code;
        }
        return ranks;
    }

    /// <summary>The place of the winner.</summary>
    internal int Choose(ReadOnlySpan<double> figures)
    {
        if (_positive >= 0 && figures[_positive] > _threshold)
            return _positive;
        int best = -1;
        for (int index = 0; index < figures.Length; index++)
        {
            // Below the threshold the positive class does not win, unless there is no other.
            if (index != _positive && (best < 0 || IsBefore(figures, index, best)))
                best = index;
        }
        return best < 0 ? _positive : best;
    }

    /// <summary>The places of all classes by decreasing figure, ties as in the objective's summary.</summary>
    internal int[] Order(double[] figures)
    {
        var order = new int[figures.Length];
        for (int index = 0; index < order.Length; index++)
            order[index] = index;
        Array.Sort(order, (a, b) => a == b ? 0 : IsBefore(figures, a, b) ? -1 : 1);
        return order;
    }

    private bool IsBefore(ReadOnlySpan<double> figures, int a, int b)
        => figures[a] > figures[b] || (figures[a] == figures[b] && _ranks[a] < _ranks[b]);
}
