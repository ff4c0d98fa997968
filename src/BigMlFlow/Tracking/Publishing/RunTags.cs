using System;
using System.Collections.Generic;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>The tags by which MLflow notes who started a run or logged a model, and from where (mlflow/tracking/context).</summary>
public static class RunTags
{
    /// <summary>The tags of this process.</summary>
    /// <param name="sourceName">The script or notebook; null is the process itself.</param>
    /// <returns>The user, the source and its type.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string? sourceName) =>
    [
        new("mlflow.user", User),
        new("mlflow.source.name", string.IsNullOrWhiteSpace(sourceName) ? AppDomain.CurrentDomain.FriendlyName : sourceName!),
        new("mlflow.source.type", "LOCAL"),
    ];

    /// <summary>Who this is; MLflow's own word where the system does not tell.</summary>
    public static string User => Environment.UserName is { Length: > 0 } name ? name : "unknown";
}
