using System;
using System.Linq;

namespace BigMlFlow.Tracking;

/// <summary>The stages that a model version can be at.</summary>
internal static class Stages
{
    internal static readonly string[] All = ["None", "Staging", "Production", "Archived"];

    /// <summary>A stage as MLflow spells it.</summary>
    /// <param name="stage">The stage in any case.</param>
    /// <exception cref="TrackingException">There is no such stage.</exception>
    internal static string Canonical(string stage)
        => All.FirstOrDefault(known => string.Equals(known, stage, StringComparison.OrdinalIgnoreCase))
            ?? throw new TrackingException(TrackingError.InvalidValue, $"'{stage}' is no stage: there are {string.Join(", ", All)}.");
}
