using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>The registered models and versions of an MLflow server, 2.0 or later.</summary>
internal sealed class RestModelRegistry : IModelRegistry
{
    private const int MostModelsFound = 1000;
    private const int MostVersionsFound = 200_000;

    private static readonly HttpMethod Patch = new("PATCH");

    private readonly RestClient _client;

    /// <param name="client">The server; who made it disposes it.</param>
    internal RestModelRegistry(RestClient client) => _client = client;

    public string Uri => _client.ToString();

    public void Dispose()
    {
    }

    public async Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, string? description, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckNewRegisteredModelName(name);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckRegistryTag(tag.Key, tag.Value);
        using JsonDocument answer = await SendAsync(HttpMethod.Post, "registered-models/create", body =>
        {
            body.WriteString("name", name);
            body.WriteText("description", description);
            body.WritePairs("tags", tags);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public async Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        using JsonDocument answer = await _client.GetAsync("mlflow/registered-models/get", [new("name", name)], cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public async Task<RegisteredModel> DescribeRegisteredModelAsync(string name, string description, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        using JsonDocument answer = await SendAsync(Patch, "registered-models/update", body =>
        {
            body.WriteString("name", name);
            body.WriteString("description", description);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public async Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        Limits.CheckNewRegisteredModelName(newName);
        using JsonDocument answer = await SendAsync(HttpMethod.Post, "registered-models/rename", body =>
        {
            body.WriteString("name", name);
            body.WriteString("new_name", newName);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return DoAsync(HttpMethod.Delete, "registered-models/delete", Repeat.IfNothingHappened, cancellation, new KeyValuePair<string, string>("name", name));
    }

    /// <remarks>Servers leave prompts out by themselves.</remarks>
    public async Task<Page<RegisteredModel>> SearchRegisteredModelsAsync(SearchRequest request, CancellationToken cancellation)
    {
        Limits.CheckSearch(request, MostModelsFound);
        using JsonDocument answer = await _client.GetAsync("mlflow/registered-models/search", Query(request), cancellation).ConfigureAwait(false);
        return RestJson.Page(answer.RootElement, "registered_models", RestJson.RegisteredModel);
    }

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        Limits.CheckRegistryTag(key, value);
        return DoAsync(HttpMethod.Post, "registered-models/set-tag", Repeat.Always, cancellation, new("name", name), new("key", key), new("value", value));
    }

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return DoAsync(HttpMethod.Delete, "registered-models/delete-tag", Repeat.Always, cancellation, new("name", name), new("key", key));
    }

    public Task SetAliasAsync(string name, string alias, int version, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        Limits.CheckAlias(alias);
        Limits.CheckVersion(version);
        return DoAsync(HttpMethod.Post, "registered-models/alias", Repeat.Always, cancellation, new("name", name), new("alias", alias), new("version", Text(version)));
    }

    public Task DeleteAliasAsync(string name, string alias, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return DoAsync(HttpMethod.Delete, "registered-models/alias", Repeat.Always, cancellation, new("name", name), new("alias", alias));
    }

    public async Task<ModelVersion> GetVersionByAliasAsync(string name, string alias, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        try
        {
            using JsonDocument answer = await _client.GetAsync("mlflow/registered-models/alias", [new("name", name), new("alias", alias)], cancellation).ConfigureAwait(false);
            return Version(answer);
        }
        catch (TrackingException error) when (error.Error == TrackingError.InvalidValue)
        {
            // A missing alias is a bad request to MLflow.
            throw new TrackingException(TrackingError.NotFound, $"The registered model '{name}' has no alias '{alias}'. Aliases are case-sensitive.", error);
        }
    }

    public async Task<ModelVersion> CreateVersionAsync(ModelVersionCreation creation, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(creation.Name);
        foreach (KeyValuePair<string, string> tag in creation.Tags)
            Limits.CheckRegistryTag(tag.Key, tag.Value);
        using JsonDocument answer = await SendAsync(HttpMethod.Post, "model-versions/create", body =>
        {
            body.WriteString("name", creation.Name);
            body.WriteString("source", creation.Source);
            body.WriteText("run_id", creation.RunId);
            body.WriteText("model_id", creation.ModelId);
            body.WriteText("description", creation.Description);
            body.WritePairs("tags", creation.Tags);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        return Version(answer);
    }

    public async Task<ModelVersion> GetVersionAsync(string name, int version, CancellationToken cancellation)
    {
        using JsonDocument answer = await _client.GetAsync("mlflow/model-versions/get", Key(name, version), cancellation).ConfigureAwait(false);
        return Version(answer);
    }

    public async Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyCollection<string> stages, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        using JsonDocument answer = await SendAsync(HttpMethod.Post, "registered-models/get-latest-versions", body =>
        {
            body.WriteString("name", name);
            if (stages.Count > 0)
                body.WriteTexts("stages", stages);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return [.. RestJson.Items(answer.RootElement, "model_versions").Select(RestJson.ModelVersion)];
    }

    public async Task<string> GetDownloadUriAsync(string name, int version, CancellationToken cancellation)
    {
        using JsonDocument answer = await _client.GetAsync("mlflow/model-versions/get-download-uri", Key(name, version), cancellation).ConfigureAwait(false);
        return RestJson.Text(answer.RootElement, "artifact_uri") is { Length: > 0 } uri
            ? uri
            : throw new TrackingException(TrackingError.NotFound, $"{Uri} does not say where the files of version {Text(version)} of '{name}' are.");
    }

    public async Task<ModelVersion> DescribeVersionAsync(string name, int version, string description, CancellationToken cancellation)
    {
        Check(name, version);
        using JsonDocument answer = await SendAsync(Patch, "model-versions/update", body =>
        {
            body.WriteString("name", name);
            body.WriteString("version", Text(version));
            body.WriteString("description", description);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return Version(answer);
    }

    public async Task<ModelVersion> TransitionStageAsync(string name, int version, string stage, bool archiveOthers, CancellationToken cancellation)
    {
        Check(name, version);
        string known = Stages.Canonical(stage);
        if (archiveOthers && known is not ("Staging" or "Production"))
            throw new TrackingException(TrackingError.InvalidValue, $"Others can be archived when a version moves to Staging or Production, not to {known}.");
        using JsonDocument answer = await SendAsync(HttpMethod.Post, "model-versions/transition-stage", body =>
        {
            body.WriteString("name", name);
            body.WriteString("version", Text(version));
            body.WriteString("stage", known);
            body.WriteBoolean("archive_existing_versions", archiveOthers);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return Version(answer);
    }

    public Task DeleteVersionAsync(string name, int version, CancellationToken cancellation)
    {
        Check(name, version);
        return DoAsync(HttpMethod.Delete, "model-versions/delete", Repeat.IfNothingHappened, cancellation, new("name", name), new("version", Text(version)));
    }

    /// <remarks>Servers leave prompts out by themselves.</remarks>
    public async Task<Page<ModelVersion>> SearchVersionsAsync(SearchRequest request, CancellationToken cancellation)
    {
        Limits.CheckSearch(request, MostVersionsFound);
        using JsonDocument answer = await _client.GetAsync("mlflow/model-versions/search", Query(request), cancellation).ConfigureAwait(false);
        return RestJson.Page(answer.RootElement, "model_versions", RestJson.ModelVersion);
    }

    public Task SetVersionTagAsync(string name, int version, string key, string value, CancellationToken cancellation)
    {
        Check(name, version);
        Limits.CheckRegistryTag(key, value);
        return DoAsync(HttpMethod.Post, "model-versions/set-tag", Repeat.Always, cancellation, new("name", name), new("version", Text(version)), new("key", key), new("value", value));
    }

    public Task DeleteVersionTagAsync(string name, int version, string key, CancellationToken cancellation)
    {
        Check(name, version);
        return DoAsync(HttpMethod.Delete, "model-versions/delete-tag", Repeat.Always, cancellation, new("name", name), new("version", Text(version)), new("key", key));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Query(SearchRequest request)
        =>
        [
            new("filter", request.Filter),
            new("max_results", request.MaxResults?.ToString(CultureInfo.InvariantCulture)),
            .. request.OrderBy.Select(order => new KeyValuePair<string, string?>("order_by", order)),
            new("page_token", request.PageToken),
        ];

    private static IEnumerable<KeyValuePair<string, string?>> Key(string name, int version)
    {
        Check(name, version);
        return [new("name", name), new("version", Text(version))];
    }

    private static void Check(string name, int version)
    {
        Limits.CheckRegisteredModelName(name);
        Limits.CheckVersion(version);
    }

    private static RegisteredModel Model(JsonDocument answer) => RestJson.RegisteredModel(RestJson.Member(answer.RootElement, "registered_model"));

    private static ModelVersion Version(JsonDocument answer) => RestJson.ModelVersion(RestJson.Member(answer.RootElement, "model_version"));

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private Task<JsonDocument> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter> body, Repeat repeat, CancellationToken cancellation)
        => _client.SendAsync(method, "mlflow/" + path, body, repeat, cancellation);

    private async Task DoAsync(HttpMethod method, string path, Repeat repeat, CancellationToken cancellation, params KeyValuePair<string, string>[] members)
    {
        using JsonDocument answer = await SendAsync(method, path, body =>
        {
            foreach (KeyValuePair<string, string> member in members)
                body.WriteString(member.Key, member.Value);
        }, repeat, cancellation).ConfigureAwait(false);
    }
}
