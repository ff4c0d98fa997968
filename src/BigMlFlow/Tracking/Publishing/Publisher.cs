using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Tracking.Artifacts;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>
/// Logs a model to a run and registers it: MLflow's log_model (mlflow/models/model.py), as logged model of its own where the
/// store has those, and among the run's artifacts where it has not. It succeeds when all is there and has been looked at; where
/// it fails, there is no version. Errors as in <see cref="ITrackingStore"/>.
/// </summary>
/// <param name="connection">Where to.</param>
public sealed class Publisher(TrackingConnection connection)
{
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(30);

    private readonly ITrackingStore _store = connection.Tracking;

    /// <summary>Publishes a model.</summary>
    /// <param name="request">What to publish, and how.</param>
    /// <param name="save">Saves the model into a folder, with an MLmodel file that says what it is told.</param>
    /// <param name="progress">Told how far the upload is; may be null.</param>
    /// <param name="onWarning">Told of what went wrong without standing in the way; may be null.</param>
    /// <param name="cancellation">Stops it, and undoes what can be undone.</param>
    /// <returns>What was published.</returns>
    public async Task<PublishedModel> PublishAsync(
        PublishRequest request,
        Func<ModelPlacement, CancellationToken, Task> save,
        IProgress<TransferProgress>? progress,
        Action<string>? onWarning,
        CancellationToken cancellation)
    {
        Check(request);
        var registration = new Registration(connection.Registry);
        bool isRegistered = request.RegisteredModelName is not null && await registration.CheckAsync(request, cancellation).ConfigureAwait(false);
        Run run = request.RunId is { } id
            ? await _store.GetRunAsync(id, cancellation).ConfigureAwait(false)
            : await _store.CreateRunAsync(request.NewRun!, cancellation).ConfigureAwait(false);
        try
        {
            if (run.LifecycleStage == LifecycleStage.Deleted)
                throw new TrackingException(TrackingError.InvalidValue, $"The run {run} is deleted: restore it first, or choose another.");
            PublishedModel model = await LogAsync(request, run, save, progress, onWarning, cancellation).ConfigureAwait(false);
            if (request.RegisteredModelName is not null)
            {
                ModelVersion version = await RegisterAsync(registration, request, isRegistered, model, cancellation).ConfigureAwait(false);
                model = model with { Version = await registration.SetAliasesAsync(version, request.Aliases, cancellation).ConfigureAwait(false) };
            }
            if (request.RunId is null)
                await EndAsync(run, RunStatus.Finished, onWarning).ConfigureAwait(false);
            return model;
        }
        catch when (request.RunId is null)
        {
            await EndAsync(run, RunStatus.Failed, onWarning).ConfigureAwait(false);
            throw;
        }
    }

    private static void Check(PublishRequest request)
    {
        ArtifactPath.CheckFile(request.Name);
        if (request.RunId is null == request.NewRun is null)
            throw new ArgumentException("Either a run is given, or one to create.", nameof(request));
        if (request.RegisteredModelName is null && request.Aliases.Count > 0)
            throw new TrackingException(TrackingError.InvalidValue, "An alias stands for a version of a registered model: give its name too.");
        foreach (KeyValuePair<string, string> tag in request.Tags)
            Limits.CheckLoggedModelTag(tag.Key, tag.Value);
        foreach (KeyValuePair<string, string> parameter in request.Parameters)
            Limits.CheckParameter(parameter.Key, parameter.Value);
    }

    private async Task<PublishedModel> LogAsync(
        PublishRequest request, Run run, Func<ModelPlacement, CancellationToken, Task> save, IProgress<TransferProgress>? progress, Action<string>? onWarning, CancellationToken cancellation)
    {
        // A name with a slash or a dot is none of a logged model; among a run's artifacts it is a path as ever.
        LoggedModel? model = Limits.IsLoggedModelName(request.Name)
            ? await _store.TryCreateLoggedModelAsync(
                new LoggedModelCreation(run.ExperimentId)
                {
                    Name = request.Name,
                    ModelType = request.ModelType,
                    SourceRunId = run.RunId,
                    Parameters = new TagSet([.. request.Parameters, .. run.Parameters.Where(own => request.Parameters.All(given => given.Key != own.Key))]),
                    Tags = new TagSet([.. RunTags.Of(request.SourceName), .. request.Tags]),
                },
                cancellation).ConfigureAwait(false)
            : null;
        return model is null
            ? await LogToRunAsync(request, run, save, progress, onWarning, cancellation).ConfigureAwait(false)
            : await LogModelAsync(request, run, model, save, progress, onWarning, cancellation).ConfigureAwait(false);
    }

    /// <summary>The way of MLflow 3: the files belong to the logged model, which is ready when they are there.</summary>
    private async Task<PublishedModel> LogModelAsync(
        PublishRequest request, Run run, LoggedModel model, Func<ModelPlacement, CancellationToken, Task> save, IProgress<TransferProgress>? progress, Action<string>? onWarning, CancellationToken cancellation)
    {
        try
        {
            await _store.LogModelOutputsAsync(run.RunId, [new(model.ModelId, request.Step)], cancellation).ConfigureAwait(false);
            await NoteMetricsAsync(run, model, request.Step, onWarning, cancellation).ConfigureAwait(false);
            using var scratch = new ScratchFolder();
            await save(new ModelPlacement(scratch.Model, run.RunId, model.ArtifactLocation, model.ModelId, model.ModelId), cancellation).ConfigureAwait(false);
            using IArtifactStore store = connection.OpenArtifacts(model.ArtifactLocation);
            IReadOnlyList<ArtifactFile> files = await new VerifiedUpload(store, request.CompareContentsUpTo)
                .UploadAsync(scratch.Model, string.Empty, progress, cancellation).ConfigureAwait(false);
            LoggedModel ready = await _store.FinalizeLoggedModelAsync(model.ModelId, LoggedModelStatus.Ready, cancellation).ConfigureAwait(false);
            if (ready.Status != LoggedModelStatus.Ready || ready.ModelId != model.ModelId || ready.ArtifactLocation != model.ArtifactLocation)
                throw new TrackingException(TrackingError.Other, $"{connection} does not say the same of the logged model {model.ModelId} as before: something on the way changes its answers.");
            return new PublishedModel
            {
                Name = request.Name,
                RunId = run.RunId,
                ExperimentId = run.ExperimentId,
                ModelId = model.ModelId,
                ModelUuid = model.ModelId,
                ModelUri = "models:/" + model.ModelId,
                ArtifactUri = model.ArtifactLocation,
                Files = files,
            };
        }
        catch
        {
            await TryAsync(cleanup => _store.FinalizeLoggedModelAsync(model.ModelId, LoggedModelStatus.UploadFailed, cleanup)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The way of MLflow 2, which servers of MLflow 3 still know: the files lie among the run's artifacts.</summary>
    private async Task<PublishedModel> LogToRunAsync(
        PublishRequest request, Run run, Func<ModelPlacement, CancellationToken, Task> save, IProgress<TransferProgress>? progress, Action<string>? onWarning, CancellationToken cancellation)
    {
        string artifactUri = run.ArtifactUri.TrimEnd('/') + "/" + request.Name;
        string uuid = Guid.NewGuid().ToString("N");
        using IArtifactStore store = connection.OpenArtifacts(run.ArtifactUri);
        await MakeRoomAsync(store, request.Name, run, artifactUri, cancellation).ConfigureAwait(false);
        using var scratch = new ScratchFolder();
        await save(new ModelPlacement(scratch.Model, run.RunId, request.Name, uuid, null), cancellation).ConfigureAwait(false);
        string record = ModelRecord.Of(scratch.Model);
        IReadOnlyList<ArtifactFile> files = await new VerifiedUpload(store, request.CompareContentsUpTo)
            .UploadAsync(scratch.Model, request.Name, progress, cancellation).ConfigureAwait(false);
        try
        {
            await _store.LogModelRecordAsync(run.RunId, record, cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error)
        {
            onWarning?.Invoke($"The model is complete, but the run's list of its models could not be added to: {error.Message}");
        }
        return new PublishedModel
        {
            Name = request.Name,
            RunId = run.RunId,
            ExperimentId = run.ExperimentId,
            ModelUuid = uuid,
            ModelUri = $"runs:/{run.RunId}/{request.Name}",
            ArtifactUri = artifactUri,
            Files = files,
        };
    }

    /// <summary>
    /// What lies at the path already may be what a version is made of: that stays. The rest of an attempt that failed does not
    /// hinder; its MLmodel file goes first, so that nobody takes a mixture of both for a model.
    /// </summary>
    private async Task MakeRoomAsync(IArtifactStore store, string path, Run run, string artifactUri, CancellationToken cancellation)
    {
        string modelFile = ArtifactPath.Join(path, ModelDirectory.FileName);
        if (await ArtifactTransfer.FindFileAsync(store, modelFile, cancellation).ConfigureAwait(false) is null)
            return;
        Page<ModelVersion> versions = await connection.Registry.SearchVersionsAsync(new SearchRequest { Filter = $"run_id = '{run.RunId}'", MaxResults = 1000 }, cancellation).ConfigureAwait(false);
        if (versions.Items.FirstOrDefault(version => version.Source?.TrimEnd('/') == artifactUri) is { } made)
            throw new TrackingException(TrackingError.AlreadyExists, $"The run {run} has a model at '{path}' already, which {made} is made of. Choose another artifact path or another run.");
        await store.DeleteAsync(modelFile, cancellation).ConfigureAwait(false);
    }

    /// <summary>The run's metrics of the step are the model's too. That is a convenience, which does not fail the whole.</summary>
    private async Task NoteMetricsAsync(Run run, LoggedModel model, long step, Action<string>? onWarning, CancellationToken cancellation)
    {
        try
        {
            var metrics = new List<Metric>();
            foreach (Metric latest in run.Metrics.Where(metric => metric.Step >= step))
            {
                Metric? ofStep = latest.Step == step ? latest
                    : (await _store.GetMetricHistoryAsync(run.RunId, latest.Key, cancellation).ConfigureAwait(false)).LastOrDefault(metric => metric.Step == step);
                if (ofStep is not null)
                    metrics.Add(ofStep with { ModelId = model.ModelId });
            }
            await _store.LogBatchAsync(run.RunId, new LogBatch { Metrics = metrics }, cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error)
        {
            onWarning?.Invoke($"The run's metrics could not be noted for the model: {error.Message}");
        }
    }

    private static async Task<ModelVersion> RegisterAsync(Registration registration, PublishRequest request, bool isThere, PublishedModel model, CancellationToken cancellation)
    {
        string source = model.ModelId is null ? model.ArtifactUri : model.ModelUri;
        try
        {
            return await registration.RegisterAsync(request, isThere, source, model.RunId, model.ModelId, cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error)
        {
            throw new TrackingException(error.Error, $"The model is logged as {model.ModelUri}, but not registered as '{request.RegisteredModelName}': {error.Message}", error);
        }
    }

    private async Task EndAsync(Run run, RunStatus status, Action<string>? onWarning)
    {
        if (await TryAsync(cleanup => _store.UpdateRunAsync(run.RunId, status, DateTime.UtcNow, null, cleanup)).ConfigureAwait(false) is { } error)
            onWarning?.Invoke($"The run {run} could not be ended as {status}: {error.Message}");
    }

    /// <summary>Does what has to be done even when all else is stopped, and gives the error if that fails too.</summary>
    private static async Task<Exception?> TryAsync(Func<CancellationToken, Task> action)
    {
        using var limit = new CancellationTokenSource(CleanupTime);
        try
        {
            await action(limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is TrackingException or OperationCanceledException)
        {
            return error;
        }
    }
}
