using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Tracking.Artifacts;

namespace BigMlFlow.Tracking.Uris;

/// <summary>Finds the files that a model URI means, and downloads them. Errors as in <see cref="ITrackingStore"/>.</summary>
/// <param name="connection">The tracking store and registry that the URI is looked up in.</param>
public sealed class ModelResolver(TrackingConnection connection)
{
    private const int LongestChain = 8;

    /// <summary>Finds what a URI means.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TrackingException">It means nothing that is there, or a model that is not complete.</exception>
    public Task<ResolvedModel> ResolveAsync(ModelUri uri, CancellationToken cancellation) => ResolveAsync(uri, LongestChain, cancellation);

    /// <summary>Downloads what was found. It appears whole or not at all.</summary>
    /// <param name="model">What was found.</param>
    /// <param name="folder">Where it goes: a folder that is not there, or empty.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FlavorException">The folder is there and not empty, or cannot be written.</exception>
    public async Task DownloadAsync(ResolvedModel model, string folder, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        using var staged = new StagedDirectory(folder, force: false);
        bool isThere = false;
        foreach (ArtifactLocation location in model.Locations)
        {
            using IArtifactStore store = connection.OpenArtifacts(location.ArtifactUri);
            isThere |= await ArtifactTransfer.CopyFolderAsync(store, location.Path, staged.Path, progress, cancellation).ConfigureAwait(false);
        }
        if (!isThere)
            throw new TrackingException(TrackingError.NotFound, $"There are no files at {string.Join(" nor ", model.Locations)}, where '{model.Uri}' should be.");
        staged.Commit();
    }

    private Task<ResolvedModel> ResolveAsync(ModelUri uri, int left, CancellationToken cancellation) => uri.Kind switch
    {
        ModelUriKind.Run => ResolveRunAsync(uri, cancellation),
        ModelUriKind.LoggedModel => ResolveLoggedModelAsync(uri, cancellation),
        ModelUriKind.Artifacts => Task.FromResult(new ResolvedModel(uri, [new ArtifactLocation(uri.Text, string.Empty)])),
        _ => ResolveVersionAsync(uri, left, cancellation),
    };

    /// <summary>A run's artifacts, and those of the logged model of that name, which MLflow 3 keeps apart.</summary>
    private async Task<ResolvedModel> ResolveRunAsync(ModelUri uri, CancellationToken cancellation)
    {
        Run run = await connection.Tracking.GetRunAsync(uri.RunId!, cancellation).ConfigureAwait(false);
        var locations = new List<ArtifactLocation>();
        if (await HasFilesAsync(run, uri.Path, cancellation).ConfigureAwait(false))
            locations.Add(new ArtifactLocation(run.ArtifactUri, uri.Path));

        string name = uri.Path.Split('/')[0];
        LoggedModel? model = Limits.IsLoggedModelName(name) ? await FindLoggedModelAsync(run, name, locations.Count == 0, cancellation).ConfigureAwait(false) : null;
        if (model is not null)
            locations.Add(new ArtifactLocation(model.ArtifactLocation, uri.Path.Length == name.Length ? string.Empty : uri.Path.Substring(name.Length + 1)));
        if (locations.Count == 0)
            throw await NothingInAsync(run, uri, cancellation).ConfigureAwait(false);
        return new ResolvedModel(uri, locations) { Run = run, LoggedModel = model };
    }

    private async Task<bool> HasFilesAsync(Run run, string path, CancellationToken cancellation)
    {
        using IArtifactStore store = connection.OpenArtifacts(run.ArtifactUri);
        return (await store.ListAsync(path, cancellation).ConfigureAwait(false)).Count > 0;
    }

    /// <summary>The newest complete one that the run logged by that name.</summary>
    private async Task<LoggedModel?> FindLoggedModelAsync(Run run, string name, bool isNeeded, CancellationToken cancellation)
    {
        LoggedModel? incomplete = null;
        var request = new SearchRequest { Filter = $"name = '{name}' AND source_run_id = '{run.RunId}'" };
        do
        {
            Page<LoggedModel> page = await connection.Tracking.SearchLoggedModelsAsync([run.ExperimentId], request, cancellation).ConfigureAwait(false);
            foreach (LoggedModel model in page.Items.Where(model => model.Name == name && model.SourceRunId == run.RunId))
            {
                if (IsComplete(model))
                    return model;
                incomplete ??= model;
            }
            request = request with { PageToken = page.NextPageToken };
        }
        while (request.PageToken is not null);
        return incomplete is not null && isNeeded ? throw NotComplete(incomplete) : null;
    }

    private async Task<ResolvedModel> ResolveLoggedModelAsync(ModelUri uri, CancellationToken cancellation)
    {
        LoggedModel model = await connection.Tracking.GetLoggedModelAsync(uri.ModelId!, cancellation).ConfigureAwait(false);
        if (!IsComplete(model))
            throw NotComplete(model);
        return new ResolvedModel(uri, [new ArtifactLocation(model.ArtifactLocation, uri.Path)]) { LoggedModel = model };
    }

    private async Task<ResolvedModel> ResolveVersionAsync(ModelUri uri, int left, CancellationToken cancellation)
    {
        IModelRegistry registry = connection.Registry;
        string name = uri.Name!;
        ModelVersion version = uri.Kind switch
        {
            ModelUriKind.Alias => await registry.GetVersionByAliasAsync(name, uri.Alias!, cancellation).ConfigureAwait(false),
            ModelUriKind.Version => await registry.GetVersionAsync(name, uri.Version!.Value, cancellation).ConfigureAwait(false),
            _ => Latest(uri, await registry.GetLatestVersionsAsync(name, uri.Stage is { } stage ? [stage] : [], cancellation).ConfigureAwait(false)),
        };
        if (version.Tags.ContainsKey("mlflow.prompt.is_prompt"))
            throw new TrackingException(TrackingError.InvalidValue, $"'{name}' is a prompt, not a model.");
        if (version.Status is not "READY")
            throw new TrackingException(TrackingError.InvalidValue, $"Version {version} is not ready: its registration is {version.Status}{(version.StatusMessage is { } message ? $" ({message})" : string.Empty)}.");

        ModelUri source = ModelUri.Parse(await registry.GetDownloadUriAsync(name, version.Version, cancellation).ConfigureAwait(false));
        if (source.Kind == ModelUriKind.Artifacts)
            return new ResolvedModel(uri, [new ArtifactLocation(source.Text, uri.Path)]) { Version = version };
        // Some registries keep the URI that a version was made of, and leave finding to the client.
        if (left == 0)
            throw new TrackingException(TrackingError.InvalidValue, $"'{uri}' leads from version to version, and to no files.");
        ResolvedModel found = await ResolveAsync(source, left - 1, cancellation).ConfigureAwait(false);
        return found with { Uri = uri, Version = version, Locations = [.. found.Locations.Select(location => location with { Path = ArtifactPath.Join(location.Path, uri.Path) })] };
    }

    private static ModelVersion Latest(ModelUri uri, IReadOnlyList<ModelVersion> versions)
        => versions.OrderByDescending(version => version.Version).FirstOrDefault()
            ?? throw new TrackingException(TrackingError.NotFound, $"The registered model '{uri.Name}' has no version{(uri.Stage is { } stage ? $" at the stage {stage}" : string.Empty)}.");

    private static bool IsComplete(LoggedModel model) => model.Status is not (LoggedModelStatus.Pending or LoggedModelStatus.UploadFailed);

    private static TrackingException NotComplete(LoggedModel model) => new(
        TrackingError.InvalidValue,
        $"The logged model '{model.Name}' ({model.ModelId}) is not complete: {(model.Status == LoggedModelStatus.Pending ? "its files are still being uploaded, or who did it was stopped" : "its upload failed")}.");

    private async Task<TrackingException> NothingInAsync(Run run, ModelUri uri, CancellationToken cancellation)
    {
        using IArtifactStore store = connection.OpenArtifacts(run.ArtifactUri);
        string[] names = [.. (await store.ListAsync(string.Empty, cancellation).ConfigureAwait(false)).Select(entry => entry.ArtifactPath)];
        string there = names.Length == 0 ? "It has no artifacts." : $"Its artifacts are: {string.Join(", ", names.Take(10))}{(names.Length > 10 ? ", …" : string.Empty)}.";
        return new(TrackingError.NotFound, $"The run {run} has no folder '{uri.Path}' among its artifacts, and logged no model of that name. {there}");
    }
}
