using System;
using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.Models;

/// <summary>Refuses the options that a type of model has no meaning for, by name.</summary>
internal static class OptionSupport
{
    /// <summary>Makes sure that no option is given but those that the type has. <see cref="PredictionOptions.Full"/> every type has.</summary>
    /// <param name="options">The options given.</param>
    /// <param name="kind">The type with its article, as a sentence begins: <c>A topic model</c>.</param>
    /// <param name="supported">The names of the options that it has.</param>
    /// <exception cref="OptionException">Another is given; the message names it and the type.</exception>
    internal static void AllowOnly(this PredictionOptions options, string kind, params string[] supported)
    {
        foreach (string option in Given(options))
        {
            if (Array.IndexOf(supported, option) < 0)
                throw new OptionException(kind, option, supported);
        }
    }

    private static IEnumerable<string> Given(PredictionOptions options) => new (string Name, bool IsGiven)[]
    {
        (nameof(options.MissingStrategy), options.MissingStrategy is not null),
        (nameof(options.OperatingPoint), options.OperatingPoint is not null),
        (nameof(options.OperatingKind), options.OperatingKind is not null),
        (nameof(options.Method), options.Method is not null),
        (nameof(options.ThresholdVotes), options.ThresholdVotes is not null),
        (nameof(options.ThresholdCategory), options.ThresholdCategory is not null),
        (nameof(options.Median), options.Median),
        (nameof(options.Form), options.Form != AnswerForm.Prediction),
        (nameof(options.Compact), options.Compact),
        (nameof(options.MaxComponents), options.MaxComponents is not null),
        (nameof(options.VarianceThreshold), options.VarianceThreshold is not null),
        (nameof(options.MaxItems), options.MaxItems is not null),
        (nameof(options.ScoreBy), options.ScoreBy is not null),
    }.Where(option => option.IsGiven).Select(option => option.Name);
}
