using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>Makes a version of a registered model from a complete model: all of it, or no version.</summary>
/// <param name="registry">The registry.</param>
internal sealed class Registration(IModelRegistry registry)
{
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    /// <summary>Checks what the registry would refuse only at the end, when all else is done.</summary>
    /// <returns>Whether the registered model is there.</returns>
    internal async Task<bool> CheckAsync(PublishRequest request, CancellationToken cancellation)
    {
        string name = request.RegisteredModelName!;
        Limits.CheckRegisteredModelName(name);
        foreach (string alias in request.Aliases)
            Limits.CheckAlias(alias);
        foreach (KeyValuePair<string, string> tag in request.Tags)
            Limits.CheckRegistryTag(tag.Key, tag.Value);
        RegisteredModel model;
        try
        {
            model = await registry.GetRegisteredModelAsync(name, cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error) when (error.Error == TrackingError.NotFound)
        {
            Limits.CheckNewRegisteredModelName(name);
            return false;
        }
        return model.Tags.ContainsKey("mlflow.prompt.is_prompt")
            ? throw new TrackingException(TrackingError.InvalidValue, $"'{name}' is a prompt, not a registered model: choose another name.")
            : true;
    }

    /// <summary>Creates the registered model, if it is new, and the version, and waits until it is ready.</summary>
    /// <param name="request">Name, description, tags.</param>
    /// <param name="isThere">Whether the registered model is there.</param>
    /// <param name="source">What the version is made of; nothing else has the same.</param>
    /// <param name="runId">The run.</param>
    /// <param name="modelId">The logged model; null with MLflow 2.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async Task<ModelVersion> RegisterAsync(PublishRequest request, bool isThere, string source, string runId, string? modelId, CancellationToken cancellation)
    {
        string name = request.RegisteredModelName!;
        if (!isThere)
            await CreateModelAsync(name, cancellation).ConfigureAwait(false);
        ModelVersion version = await CreateVersionAsync(
            new ModelVersionCreation(name, source) { RunId = runId, ModelId = modelId, Tags = request.Tags, Description = request.VersionDescription }, cancellation).ConfigureAwait(false);
        try
        {
            return await AwaitAsync(version, request.AwaitRegistration, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await TryDeleteAsync(version).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets aliases stand for a version.</summary>
    internal async Task<ModelVersion> SetAliasesAsync(ModelVersion version, IReadOnlyCollection<string> aliases, CancellationToken cancellation)
    {
        foreach (string alias in aliases)
        {
            try
            {
                await registry.SetAliasAsync(version.Name, alias, version.Version, cancellation).ConfigureAwait(false);
            }
            catch (TrackingException error)
            {
                throw new TrackingException(error.Error, $"{version} is registered and ready, but could not be given the alias '{alias}': {error.Message}", error);
            }
        }
        return aliases.Count == 0 ? version : version with { Aliases = [.. aliases] };
    }

    private async Task CreateModelAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await registry.CreateRegisteredModelAsync(name, null, [], cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error) when (error.Error == TrackingError.AlreadyExists)
        {
            // Another publisher was faster.
        }
        catch (TrackingException error) when (IsUnknown(error))
        {
            // The answer may have got lost on the way: then the model is there now.
            await registry.GetRegisteredModelAsync(name, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<ModelVersion> CreateVersionAsync(ModelVersionCreation creation, CancellationToken cancellation)
    {
        ModelVersion? answered = null;
        try
        {
            answered = await registry.CreateVersionAsync(creation, cancellation).ConfigureAwait(false);
            // What was understood is looked at, not what was said: names and numbers can be changed on the way like files can.
            ModelVersion stored = await registry.GetVersionAsync(creation.Name, answered.Version, cancellation).ConfigureAwait(false);
            if (stored.Name == creation.Name && stored.Source == creation.Source && stored.Version == answered.Version)
                return stored;
            if (stored.Name == creation.Name && stored.RunId == creation.RunId && stored.Source == answered.Source)
                await TryDeleteAsync(stored).ConfigureAwait(false);
            throw new TrackingException(TrackingError.Other, "The registry keeps another version than the one that was sent: something on the way changes requests.");
        }
        catch (Exception error) when (IsUnknown(error) || (answered is not null && error is TrackingException))
        {
            if (await TryFindAsync(creation).ConfigureAwait(false) is not { } made)
                throw;
            if (error is not OperationCanceledException)
                return made;
            await TryDeleteAsync(made).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The version that a request made whose answer got lost.</summary>
    private Task<ModelVersion?> TryFindAsync(ModelVersionCreation creation) => TryAsync(async cancellation =>
    {
        var request = new SearchRequest { Filter = $"run_id = '{creation.RunId}'", MaxResults = 1000 };
        Page<ModelVersion> page = await registry.SearchVersionsAsync(request, cancellation).ConfigureAwait(false);
        return page.Items.FirstOrDefault(version => version.Name == creation.Name && version.Source == creation.Source);
    });

    private async Task<ModelVersion> AwaitAsync(ModelVersion version, TimeSpan atMost, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + atMost;
        while (version.Status != "READY")
        {
            if (version.Status == "FAILED_REGISTRATION")
                throw new TrackingException(TrackingError.Other, $"The registration of {version} failed: {version.StatusMessage ?? "the registry does not say why"}.");
            if (atMost == TimeSpan.Zero)
                return version;
            if (DateTime.UtcNow >= end)
                throw new TrackingException(TrackingError.Unavailable, $"{version} was not ready after {atMost.TotalSeconds:0} s, and was deleted again.");
            await Task.Delay(Poll, cancellation).ConfigureAwait(false);
            version = await registry.GetVersionAsync(version.Name, version.Version, cancellation).ConfigureAwait(false);
        }
        return version;
    }

    private Task TryDeleteAsync(ModelVersion version) => TryAsync(async cancellation =>
    {
        await registry.DeleteVersionAsync(version.Name, version.Version, cancellation).ConfigureAwait(false);
        return version;
    });

    /// <summary>
    /// Does what keeps a version from being left over: again and again for a while, since a line that just failed may be back in
    /// a moment. What went wrong first is what there is to say, so that this says nothing.
    /// </summary>
    private static async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> action)
        where T : class
    {
        using var limit = new CancellationTokenSource(CleanupTime);
        try
        {
            while (true)
            {
                try
                {
                    return await action(limit.Token).ConfigureAwait(false);
                }
                catch (TrackingException error) when (error.Error is not (TrackingError.NotFound or TrackingError.Unauthenticated or TrackingError.PermissionDenied or TrackingError.NotSupported))
                {
                    await Task.Delay(Pause, limit.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is TrackingException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether it is not known what became of a request: it was not refused.</summary>
    private static bool IsUnknown(Exception error)
        => error is OperationCanceledException or TrackingException { Error: TrackingError.Unreachable or TrackingError.Unavailable or TrackingError.NotMLflow or TrackingError.Other };
}
