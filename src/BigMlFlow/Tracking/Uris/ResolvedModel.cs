using System.Collections.Generic;

namespace BigMlFlow.Tracking.Uris;

/// <summary>A place with files of a model.</summary>
/// <param name="ArtifactUri">The root of an artifact store.</param>
/// <param name="Path">The folder or file below it; empty for the root.</param>
public sealed record ArtifactLocation(string ArtifactUri, string Path)
{
    /// <summary>The URI and the path.</summary>
    public override string ToString() => Path.Length == 0 ? ArtifactUri : ArtifactUri.TrimEnd('/') + "/" + Path;
}

/// <summary>What a model URI turned out to point at.</summary>
/// <param name="Uri">The URI.</param>
/// <param name="Locations">Where its files are; of files with the same path those of the last place count.</param>
public sealed record ResolvedModel(ModelUri Uri, IReadOnlyList<ArtifactLocation> Locations)
{
    /// <summary>The run that the URI names.</summary>
    public Run? Run { get; init; }

    /// <summary>The logged model that it is.</summary>
    public LoggedModel? LoggedModel { get; init; }

    /// <summary>The version of a registered model that it is.</summary>
    public ModelVersion? Version { get; init; }
}
