using System;
using System.Collections.Generic;

namespace BigMlFlow.Tracking;

/// <summary>Whether an experiment, a run or a logged model is there or deleted, which it can be restored from.</summary>
public enum LifecycleStage
{
    /// <summary>There.</summary>
    Active,

    /// <summary>Deleted; still stored.</summary>
    Deleted,
}

/// <summary>How far a run is; the numbers are MLflow's own.</summary>
public enum RunStatus
{
    /// <summary>Under way.</summary>
    Running = 1,

    /// <summary>Planned for later.</summary>
    Scheduled = 2,

    /// <summary>Ended well.</summary>
    Finished = 3,

    /// <summary>Ended with an error.</summary>
    Failed = 4,

    /// <summary>Ended by a person.</summary>
    Killed = 5,
}

/// <summary>How far a logged model is; the numbers are MLflow's own.</summary>
public enum LoggedModelStatus
{
    /// <summary>A status that is not known.</summary>
    Unspecified = 0,

    /// <summary>Its files are being uploaded.</summary>
    Pending = 1,

    /// <summary>Complete.</summary>
    Ready = 2,

    /// <summary>Its upload failed.</summary>
    UploadFailed = 3,
}

/// <summary>An experiment: what runs are grouped under.</summary>
public sealed record Experiment
{
    /// <summary>The id, digits as text.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the artifacts of its runs go, unless a run says otherwise.</summary>
    public required string ArtifactLocation { get; init; }

    /// <summary>Whether it is there or deleted.</summary>
    public LifecycleStage LifecycleStage { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it was last renamed, deleted or restored, in UTC.</summary>
    public DateTime? LastUpdateTime { get; init; }

    /// <summary>Its tags.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A metric at a step.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value; may be NaN, which MLflow keeps as a value of its own.</param>
/// <param name="Timestamp">When it was measured, in UTC, to the millisecond.</param>
/// <param name="Step">At which step.</param>
public sealed record Metric(string Key, double Value, DateTime Timestamp, long Step = 0)
{
    /// <summary>The run it belongs to; null where that is plain.</summary>
    public string? RunId { get; init; }

    /// <summary>The logged model it is about, from MLflow 3 on; null if none.</summary>
    public string? ModelId { get; init; }
}

/// <summary>A run: one execution, with what it was given, what it measured and what it left behind.</summary>
public sealed record Run
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public required string RunId { get; init; }

    /// <summary>The name.</summary>
    public string? RunName { get; init; }

    /// <summary>The experiment it belongs to.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>Who started it.</summary>
    public string? UserId { get; init; }

    /// <summary>How far it is.</summary>
    public RunStatus Status { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When it ended, in UTC; null while it runs.</summary>
    public DateTime? EndTime { get; init; }

    /// <summary>Where its artifacts are.</summary>
    public required string ArtifactUri { get; init; }

    /// <summary>Whether it is there or deleted.</summary>
    public LifecycleStage LifecycleStage { get; init; }

    /// <summary>The latest value of each metric: that of the highest step.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Its parameters.</summary>
    public TagSet Parameters { get; init; } = TagSet.Empty;

    /// <summary>Its tags, MLflow's own (<c>mlflow.…</c>) among them.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>The logged models that it produced, by id, from MLflow 3 on.</summary>
    public IReadOnlyList<string> ModelOutputs { get; init; } = [];

    /// <summary>The name and the id.</summary>
    public override string ToString() => RunName is null ? RunId : $"{RunName} ({RunId})";
}

/// <summary>A logged model: from MLflow 3 on, a model and its files are an entity of their own.</summary>
public sealed record LoggedModel
{
    /// <summary>The id: <c>m-</c> and 32 hexadecimal digits.</summary>
    public required string ModelId { get; init; }

    /// <summary>The experiment it belongs to.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name; several may share one.</summary>
    public required string Name { get; init; }

    /// <summary>Where its files are.</summary>
    public required string ArtifactLocation { get; init; }

    /// <summary>How far it is.</summary>
    public LoggedModelStatus Status { get; init; }

    /// <summary>The run that produced it.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>What kind of model it is, in the words of who logged it.</summary>
    public string? ModelType { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTime? LastUpdatedTime { get; init; }

    /// <summary>Its tags.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>Its parameters.</summary>
    public TagSet Parameters { get; init; } = TagSet.Empty;

    /// <summary>Its metrics.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The name and the id.</summary>
    public override string ToString() => $"{Name} ({ModelId})";
}

/// <summary>A registered model: a name under which versions are kept.</summary>
public sealed record RegisteredModel
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it or one of its versions was last changed, in UTC.</summary>
    public DateTime? LastUpdatedTime { get; init; }

    /// <summary>Its tags.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>Its aliases, each with the version that it stands for.</summary>
    public TagSet Aliases { get; init; } = TagSet.Empty;

    /// <summary>The latest version of each stage.</summary>
    public IReadOnlyList<ModelVersion> LatestVersions { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A version of a registered model.</summary>
public sealed record ModelVersion
{
    /// <summary>The name of the registered model.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the version.</summary>
    public required int Version { get; init; }

    /// <summary>Where the model came from, as it was registered: a <c>models:/</c> or <c>runs:/</c> URI, or an artifact URI.</summary>
    public string? Source { get; init; }

    /// <summary>The run that produced it.</summary>
    public string? RunId { get; init; }

    /// <summary>The logged model that it is, where it is one.</summary>
    public string? ModelId { get; init; }

    /// <summary>READY, PENDING_REGISTRATION or FAILED_REGISTRATION.</summary>
    public string Status { get; init; } = "READY";

    /// <summary>Why the registration failed, where it did.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The stage: None, Staging, Production or Archived.</summary>
    public string Stage { get; init; } = "None";

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTime? LastUpdatedTime { get; init; }

    /// <summary>Its tags.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>The aliases that stand for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The URI by which it is loaded: <c>models:/name/version</c>.</summary>
    public string ModelUri => $"models:/{Name}/{Version.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>The name and the version.</summary>
    public override string ToString() => $"{Name}/{Version.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
