using System;
using System.Collections.Generic;
using System.IO;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>A model to publish: MLflow's log_model, with registering it.</summary>
/// <param name="Name">The name of the model, which is its path among the run's artifacts where the server is of MLflow 2.</param>
public sealed record PublishRequest(string Name)
{
    /// <summary>The run that logs it; null creates <see cref="NewRun"/>.</summary>
    public string? RunId { get; init; }

    /// <summary>The run to create where no <see cref="RunId"/> is given. It is ended: finished, or failed with the publishing.</summary>
    public RunCreation? NewRun { get; init; }

    /// <summary>What kind of model it is, in free words; null says nothing.</summary>
    public string? ModelType { get; init; }

    /// <summary>Parameters of the model, besides those of the run.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Tags of the logged model, and of the version.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The registered model to make a version of, which is created if it is new; null registers nothing.</summary>
    public string? RegisteredModelName { get; init; }

    /// <summary>The description of the version.</summary>
    public string? VersionDescription { get; init; }

    /// <summary>Aliases that shall stand for the version.</summary>
    public IReadOnlyCollection<string> Aliases { get; init; } = [];

    /// <summary>How long to wait until the version is ready; zero does not wait.</summary>
    public TimeSpan AwaitRegistration { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The script or notebook that publishes (the tag mlflow.source.name).</summary>
    public string? SourceName { get; init; }

    /// <summary>At which step of the run the model was made: the metrics of that step are noted for it too.</summary>
    public long Step { get; init; }

    /// <summary>
    /// Files up to this size in bytes are read back and compared after the upload; of larger ones the size. A proxy on the way can
    /// cut or change what is sent, and neither server nor client of MLflow would notice.
    /// </summary>
    public long CompareContentsUpTo { get; init; } = 32L << 20;
}

/// <summary>Where a model is about to be published: what its MLmodel file has to say.</summary>
/// <param name="Folder">The folder to save it into; it is not there yet.</param>
/// <param name="RunId">The <c>run_id</c>.</param>
/// <param name="ArtifactPath">The <c>artifact_path</c>: where its files will be; a path in the run for MLflow 2, a URI for MLflow 3.</param>
/// <param name="ModelUuid">The <c>model_uuid</c>.</param>
/// <param name="ModelId">The <c>model_id</c>; null for MLflow 2.</param>
public sealed record ModelPlacement(string Folder, string RunId, string ArtifactPath, string ModelUuid, string? ModelId);

/// <summary>A model that was published: all its files are where the URI says, and a version, if one was asked for, is ready.</summary>
public sealed record PublishedModel
{
    /// <summary>The name that it was published by.</summary>
    public required string Name { get; init; }

    /// <summary>The run that logged it.</summary>
    public required string RunId { get; init; }

    /// <summary>The experiment of the run.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The logged model's id; null with a server of MLflow 2.</summary>
    public string? ModelId { get; init; }

    /// <summary>The identity of the saved model: the logged model's id, or 32 hexadecimal digits.</summary>
    public required string ModelUuid { get; init; }

    /// <summary>The URI to load it by: <c>models:/m-…</c>, or <c>runs:/…</c> with a server of MLflow 2.</summary>
    public required string ModelUri { get; init; }

    /// <summary>Where its files are.</summary>
    public required string ArtifactUri { get; init; }

    /// <summary>Its files, with their sizes in bytes.</summary>
    public required IReadOnlyList<ArtifactFile> Files { get; init; }

    /// <summary>The version of the registered model; null if none was asked for.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>The URI.</summary>
    public override string ToString() => ModelUri;
}

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>A path in it where nothing is yet.</summary>
    internal string Model => Path.Combine(_path, "model");

    private readonly string _path = Path.Combine(Path.GetTempPath(), "bigmlflow-" + Guid.NewGuid().ToString("N"));

    internal ScratchFolder() => Directory.CreateDirectory(_path);

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It lies among temporary files, which the system clears away.
        }
    }
}
