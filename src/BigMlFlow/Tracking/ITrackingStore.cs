using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking;

/// <summary>
/// Experiments, runs and logged models, wherever they are kept: an MLflow server, or a SQLite file. Every method raises a
/// <see cref="TrackingException"/> where the store refuses or fails, and an <see cref="OperationCanceledException"/> where it is stopped.
/// </summary>
public interface ITrackingStore : IDisposable
{
    /// <summary>Where the store is, without any secret: what messages and Get-MLflowConnection show.</summary>
    string Uri { get; }

    /// <summary>Finds an experiment by name, deleted ones too; null if there is none.</summary>
    Task<Experiment?> FindExperimentAsync(string name, CancellationToken cancellation);

    /// <summary>An experiment by id.</summary>
    Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellation);

    /// <summary>Creates an experiment and gives its id; a name that is taken, by a deleted one too, is AlreadyExists.</summary>
    Task<string> CreateExperimentAsync(string name, string? artifactLocation, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation);

    /// <summary>Renames an experiment.</summary>
    Task RenameExperimentAsync(string experimentId, string name, CancellationToken cancellation);

    /// <summary>Deletes an experiment and its runs; they can be restored.</summary>
    Task DeleteExperimentAsync(string experimentId, CancellationToken cancellation);

    /// <summary>Restores a deleted experiment.</summary>
    Task RestoreExperimentAsync(string experimentId, CancellationToken cancellation);

    /// <summary>Sets a tag of an experiment.</summary>
    Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellation);

    /// <summary>Searches experiments.</summary>
    Task<Page<Experiment>> SearchExperimentsAsync(SearchRequest request, CancellationToken cancellation);

    /// <summary>Creates a run.</summary>
    Task<Run> CreateRunAsync(RunCreation creation, CancellationToken cancellation);

    /// <summary>A run by id.</summary>
    Task<Run> GetRunAsync(string runId, CancellationToken cancellation);

    /// <summary>Changes a run's status, end and name; what is null stays as it is.</summary>
    Task UpdateRunAsync(string runId, RunStatus? status, DateTime? endTime, string? name, CancellationToken cancellation);

    /// <summary>Deletes a run; it can be restored.</summary>
    Task DeleteRunAsync(string runId, CancellationToken cancellation);

    /// <summary>Restores a deleted run.</summary>
    Task RestoreRunAsync(string runId, CancellationToken cancellation);

    /// <summary>Searches the runs of experiments.</summary>
    Task<Page<Run>> SearchRunsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation);

    /// <summary>Logs metrics, parameters and tags. Limits are checked before anything is sent.</summary>
    Task LogBatchAsync(string runId, LogBatch batch, CancellationToken cancellation);

    /// <summary>Deletes a tag of a run.</summary>
    Task DeleteRunTagAsync(string runId, string key, CancellationToken cancellation);

    /// <summary>All values of a metric, by time, step and value.</summary>
    Task<IReadOnlyList<Metric>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellation);

    /// <summary>Notes that a run produced logged models, at a step.</summary>
    Task LogModelOutputsAsync(string runId, IReadOnlyCollection<KeyValuePair<string, long>> modelSteps, CancellationToken cancellation);

    /// <summary>Notes a model under a run's artifacts, as MLflow 2 does: the JSON of its MLmodel without what is not for servers.</summary>
    Task LogModelRecordAsync(string runId, string modelJson, CancellationToken cancellation);

    /// <summary>Creates a logged model, which is pending; null where the store has none (MLflow 2), so that the flow of MLflow 2 applies.</summary>
    Task<LoggedModel?> TryCreateLoggedModelAsync(LoggedModelCreation creation, CancellationToken cancellation);

    /// <summary>A logged model by id.</summary>
    Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellation);

    /// <summary>Ends a logged model's upload: ready or failed.</summary>
    Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellation);

    /// <summary>Searches the logged models of experiments; empty where the store has none.</summary>
    Task<Page<LoggedModel>> SearchLoggedModelsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation);

    /// <summary>Sets tags of a logged model.</summary>
    Task SetLoggedModelTagsAsync(string modelId, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation);

    /// <summary>Deletes a tag of a logged model.</summary>
    Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellation);

    /// <summary>Deletes a logged model.</summary>
    Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellation);
}

/// <summary>
/// Registered models and their versions, wherever they are kept. Errors as in <see cref="ITrackingStore"/>.
/// </summary>
public interface IModelRegistry : IDisposable
{
    /// <summary>Where the registry is, without any secret.</summary>
    string Uri { get; }

    /// <summary>Creates a registered model; a name that is taken is AlreadyExists.</summary>
    Task<RegisteredModel> CreateRegisteredModelAsync(string name, string? description, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation);

    /// <summary>A registered model by name.</summary>
    Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellation);

    /// <summary>Changes a registered model's description.</summary>
    Task<RegisteredModel> DescribeRegisteredModelAsync(string name, string description, CancellationToken cancellation);

    /// <summary>Renames a registered model.</summary>
    Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellation);

    /// <summary>Deletes a registered model with its versions, for good.</summary>
    Task DeleteRegisteredModelAsync(string name, CancellationToken cancellation);

    /// <summary>Searches registered models; prompts are none.</summary>
    Task<Page<RegisteredModel>> SearchRegisteredModelsAsync(SearchRequest request, CancellationToken cancellation);

    /// <summary>Sets a tag of a registered model.</summary>
    Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellation);

    /// <summary>Deletes a tag of a registered model.</summary>
    Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellation);

    /// <summary>Lets an alias stand for a version.</summary>
    Task SetAliasAsync(string name, string alias, int version, CancellationToken cancellation);

    /// <summary>Deletes an alias.</summary>
    Task DeleteAliasAsync(string name, string alias, CancellationToken cancellation);

    /// <summary>The version that an alias stands for.</summary>
    Task<ModelVersion> GetVersionByAliasAsync(string name, string alias, CancellationToken cancellation);

    /// <summary>Creates a version.</summary>
    Task<ModelVersion> CreateVersionAsync(ModelVersionCreation creation, CancellationToken cancellation);

    /// <summary>A version by number.</summary>
    Task<ModelVersion> GetVersionAsync(string name, int version, CancellationToken cancellation);

    /// <summary>The latest version of each stage, or of those given.</summary>
    Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyCollection<string> stages, CancellationToken cancellation);

    /// <summary>Where the files of a version are.</summary>
    Task<string> GetDownloadUriAsync(string name, int version, CancellationToken cancellation);

    /// <summary>Changes a version's description.</summary>
    Task<ModelVersion> DescribeVersionAsync(string name, int version, string description, CancellationToken cancellation);

    /// <summary>Moves a version to a stage; with <paramref name="archiveOthers"/> those that are there are archived.</summary>
    Task<ModelVersion> TransitionStageAsync(string name, int version, string stage, bool archiveOthers, CancellationToken cancellation);

    /// <summary>Deletes a version; its number is not given again.</summary>
    Task DeleteVersionAsync(string name, int version, CancellationToken cancellation);

    /// <summary>Searches versions; those of prompts are none.</summary>
    Task<Page<ModelVersion>> SearchVersionsAsync(SearchRequest request, CancellationToken cancellation);

    /// <summary>Sets a tag of a version.</summary>
    Task SetVersionTagAsync(string name, int version, string key, string value, CancellationToken cancellation);

    /// <summary>Deletes a tag of a version.</summary>
    Task DeleteVersionTagAsync(string name, int version, string key, CancellationToken cancellation);
}
