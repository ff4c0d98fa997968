using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>Logged models, which servers have from MLflow 3 on, and what MLflow 2 has in their place.</summary>
internal sealed partial class RestTrackingStore
{
    private const int MostModelsFound = 50_000;

    private static readonly HttpMethod Patch = new("PATCH");

    public async Task LogModelOutputsAsync(string runId, IReadOnlyCollection<KeyValuePair<string, long>> modelSteps, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        foreach (KeyValuePair<string, long> model in modelSteps)
            Limits.CheckModelId(model.Key);
        // Noting the same twice is an error (a key violation) on a database: no repeating.
        using JsonDocument answer = await PostAsync("runs/outputs", body =>
        {
            body.WriteString("run_id", runId);
            body.WriteStartArray("models");
            foreach (KeyValuePair<string, long> model in modelSteps)
            {
                body.WriteStartObject();
                body.WriteString("model_id", model.Key);
                body.WriteNumber("step", model.Value);
                body.WriteEndObject();
            }
            body.WriteEndArray();
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
    }

    public async Task LogModelRecordAsync(string runId, string modelJson, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        // The record is appended to a list.
        using JsonDocument answer = await PostAsync("runs/log-model", body =>
        {
            body.WriteString("run_id", runId);
            body.WriteString("model_json", modelJson);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
    }

    public async Task<LoggedModel?> TryCreateLoggedModelAsync(LoggedModelCreation creation, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(creation.ExperimentId);
        if (creation.Name is not null)
            Limits.CheckLoggedModelName(creation.Name);
        foreach (KeyValuePair<string, string> tag in creation.Tags)
            Limits.CheckLoggedModelTag(tag.Key, tag.Value);
        LoggedModel model;
        try
        {
            using JsonDocument answer = await PostAsync("logged-models", body =>
            {
                body.WriteString("experiment_id", creation.ExperimentId);
                body.WriteText("name", creation.Name);
                body.WriteText("model_type", creation.ModelType);
                body.WriteText("source_run_id", creation.SourceRunId);
                body.WritePairs("params", [.. creation.Parameters.Take(Limits.MostParameters)]);
                body.WritePairs("tags", creation.Tags);
            }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
            model = Model(answer);
        }
        catch (TrackingException error) when (error.Error == TrackingError.NotSupported)
        {
            // There is no flag for it: the call itself is the question.
            return null;
        }
        for (int done = Limits.MostParameters; done < creation.Parameters.Count; done += Limits.MostParameters)
        {
            KeyValuePair<string, string>[] rest = [.. creation.Parameters.Skip(done).Take(Limits.MostParameters)];
            using JsonDocument answer = await PostAsync($"logged-models/{Part(model.ModelId)}/params", body =>
            {
                body.WriteString("model_id", model.ModelId);
                body.WritePairs("params", rest);
            }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        }
        return model;
    }

    public async Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        using JsonDocument answer = await _client.GetAsync("mlflow/logged-models/" + Part(modelId), [], cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public async Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        string name = status switch
        {
            LoggedModelStatus.Ready => "LOGGED_MODEL_READY",
            LoggedModelStatus.UploadFailed => "LOGGED_MODEL_UPLOAD_FAILED",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A logged model ends ready or failed."),
        };
        using JsonDocument answer = await _client.SendAsync(Patch, "mlflow/logged-models/" + Part(modelId), body =>
        {
            body.WriteString("model_id", modelId);
            body.WriteString("status", name);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return Model(answer);
    }

    public async Task<Page<LoggedModel>> SearchLoggedModelsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation)
    {
        Limits.CheckSearch(request, MostModelsFound);
        foreach (string id in experimentIds)
            Limits.CheckExperimentId(id);
        try
        {
            using JsonDocument answer = await PostAsync("logged-models/search", body =>
            {
                body.WriteTexts("experiment_ids", experimentIds);
                body.WriteSearch(request);
                WriteModelOrder(body, request.OrderBy);
            }, Repeat.Always, cancellation).ConfigureAwait(false);
            return RestJson.Page(answer.RootElement, "models", RestJson.LoggedModel);
        }
        catch (TrackingException error) when (error.Error == TrackingError.NotSupported)
        {
            return new Page<LoggedModel>([], null);
        }
    }

    public async Task SetLoggedModelTagsAsync(string modelId, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckLoggedModelTag(tag.Key, tag.Value);
        using JsonDocument answer = await _client.SendAsync(
            Patch, $"mlflow/logged-models/{Part(modelId)}/tags", body => body.WritePairs("tags", tags), Repeat.Always, cancellation).ConfigureAwait(false);
    }

    public async Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        using JsonDocument answer = await _client.SendAsync(
            HttpMethod.Delete, $"mlflow/logged-models/{Part(modelId)}/tags/{Part(key)}", _ => { }, Repeat.Always, cancellation).ConfigureAwait(false);
    }

    public async Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        using JsonDocument answer = await _client.SendAsync(
            HttpMethod.Delete, "mlflow/logged-models/" + Part(modelId), _ => { }, Repeat.Always, cancellation).ConfigureAwait(false);
    }

    /// <summary>This search takes its order as objects: <c>key [ASC|DESC]</c> is split.</summary>
    private static void WriteModelOrder(Utf8JsonWriter body, IReadOnlyList<string> order)
    {
        if (order.Count == 0)
            return;
        body.WriteStartArray("order_by");
        foreach (string text in order)
        {
            string key = text.Trim();
            int blank = key.LastIndexOf(' ');
            string direction = blank < 0 ? string.Empty : key.Substring(blank + 1).ToUpperInvariant();
            bool isDirected = direction is "ASC" or "DESC";
            body.WriteStartObject();
            body.WriteString("field_name", isDirected ? key.Substring(0, blank).TrimEnd() : key);
            body.WriteBoolean("ascending", direction != "DESC");
            body.WriteEndObject();
        }
        body.WriteEndArray();
    }

    private static LoggedModel Model(JsonDocument answer) => RestJson.LoggedModel(RestJson.Member(answer.RootElement, "model"));

    private static string Part(string text) => System.Uri.EscapeDataString(text);
}
