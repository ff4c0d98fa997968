using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>The experiments, runs and logged models of an MLflow server, 2.0 or later.</summary>
internal sealed partial class RestTrackingStore : ITrackingStore
{
    private const int MostFound = 50_000;
    private const string HistoryPage = "25000";

    private readonly RestClient _client;

    /// <param name="client">The server; who made it disposes it.</param>
    internal RestTrackingStore(RestClient client) => _client = client;

    public string Uri => _client.ToString();

    public void Dispose()
    {
    }

    public async Task<Experiment?> FindExperimentAsync(string name, CancellationToken cancellation)
    {
        Limits.CheckExperimentName(name);
        try
        {
            using JsonDocument answer = await _client.GetAsync("mlflow/experiments/get-by-name", [new("experiment_name", name)], cancellation).ConfigureAwait(false);
            return RestJson.Experiment(RestJson.Member(answer.RootElement, "experiment"));
        }
        catch (TrackingException error) when (error.Error == TrackingError.NotFound)
        {
            return null;
        }
    }

    public async Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(experimentId);
        using JsonDocument answer = await _client.GetAsync("mlflow/experiments/get", [new("experiment_id", experimentId)], cancellation).ConfigureAwait(false);
        return RestJson.Experiment(RestJson.Member(answer.RootElement, "experiment"));
    }

    public async Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckExperimentName(name);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckExperimentTag(tag.Key, tag.Value);
        using JsonDocument answer = await PostAsync("experiments/create", body =>
        {
            body.WriteString("name", name);
            body.WriteText("artifact_location", artifactLocation);
            body.WritePairs("tags", tags);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        return RestJson.Text(answer.RootElement, "experiment_id")
            ?? throw new TrackingException(TrackingError.NotMLflow, $"{Uri} gave no id for the experiment '{name}'.");
    }

    public Task RenameExperimentAsync(string experimentId, string name, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(experimentId);
        Limits.CheckExperimentName(name);
        return DoAsync("experiments/update", cancellation, new("experiment_id", experimentId), new("new_name", name));
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(experimentId);
        return DoAsync("experiments/delete", cancellation, new KeyValuePair<string, string>("experiment_id", experimentId));
    }

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(experimentId);
        return DoAsync("experiments/restore", cancellation, new KeyValuePair<string, string>("experiment_id", experimentId));
    }

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(experimentId);
        Limits.CheckExperimentTag(key, value);
        return DoAsync("experiments/set-experiment-tag", cancellation, new("experiment_id", experimentId), new("key", key), new("value", value));
    }

    public async Task<Page<Experiment>> SearchExperimentsAsync(SearchRequest request, CancellationToken cancellation)
    {
        Limits.CheckSearch(request, MostFound);
        using JsonDocument answer = await PostAsync("experiments/search", body =>
        {
            body.WriteSearch(request with { MaxResults = request.MaxResults ?? 1000 });
            body.WriteOrder(request);
            body.WriteString("view_type", RestBody.Name(request.View));
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return RestJson.Page(answer.RootElement, "experiments", RestJson.Experiment);
    }

    public async Task<Run> CreateRunAsync(RunCreation creation, CancellationToken cancellation)
    {
        Limits.CheckExperimentId(creation.ExperimentId);
        foreach (KeyValuePair<string, string> tag in creation.Tags)
        {
            Limits.CheckRunTag(tag.Key, tag.Value);
            if (tag.Key == "mlflow.runName" && creation.RunName is not null && creation.RunName != tag.Value)
                throw new TrackingException(TrackingError.InvalidValue, $"The run has two names: '{creation.RunName}', and '{tag.Value}' by its tag mlflow.runName.");
        }
        using JsonDocument answer = await PostAsync("runs/create", body =>
        {
            body.WriteString("experiment_id", creation.ExperimentId);
            body.WriteText("user_id", creation.UserId);
            body.WriteText("run_name", creation.RunName);
            body.WriteNumber("start_time", RestBody.Milliseconds(creation.StartTime));
            body.WritePairs("tags", creation.Tags);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        return RestJson.Run(RestJson.Member(answer.RootElement, "run"));
    }

    public async Task<Run> GetRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        using JsonDocument answer = await _client.GetAsync("mlflow/runs/get", [new("run_id", runId)], cancellation).ConfigureAwait(false);
        return RestJson.Run(RestJson.Member(answer.RootElement, "run"));
    }

    public async Task UpdateRunAsync(string runId, RunStatus? status, DateTime? endTime, string? name, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        using JsonDocument answer = await PostAsync("runs/update", body =>
        {
            body.WriteString("run_id", runId);
            body.WriteText("status", status is { } value ? RestBody.Name(value) : null);
            if (endTime is { } end)
                body.WriteNumber("end_time", RestBody.Milliseconds(end));
            body.WriteText("run_name", name);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return DoAsync("runs/delete", cancellation, new KeyValuePair<string, string>("run_id", runId));
    }

    public Task RestoreRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return DoAsync("runs/restore", cancellation, new KeyValuePair<string, string>("run_id", runId));
    }

    public async Task<Page<Run>> SearchRunsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation)
    {
        Limits.CheckSearch(request, MostFound);
        foreach (string id in experimentIds)
            Limits.CheckExperimentId(id);
        using JsonDocument answer = await PostAsync("runs/search", body =>
        {
            body.WriteTexts("experiment_ids", experimentIds);
            body.WriteSearch(request);
            body.WriteOrder(request);
            body.WriteString("run_view_type", RestBody.Name(request.View));
        }, Repeat.Always, cancellation).ConfigureAwait(false);
        return RestJson.Page(answer.RootElement, "runs", RestJson.Run);
    }

    public async Task LogBatchAsync(string runId, LogBatch batch, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        foreach (LogBatch part in Limits.Split(batch))
        {
            using JsonDocument answer = await PostAsync("runs/log-batch", body =>
            {
                body.WriteString("run_id", runId);
                body.WriteMetrics(part.Metrics);
                body.WritePairs("params", part.Parameters);
                body.WritePairs("tags", part.Tags);
            }, Repeat.Always, cancellation).ConfigureAwait(false);
        }
    }

    public Task DeleteRunTagAsync(string runId, string key, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return DoAsync("runs/delete-tag", cancellation, new("run_id", runId), new("key", key));
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        var metrics = new List<Metric>();
        string? token = null;
        do
        {
            using JsonDocument answer = await _client.GetAsync(
                "mlflow/metrics/get-history",
                [new("run_id", runId), new("metric_key", key), new("max_results", HistoryPage), new("page_token", token)],
                cancellation).ConfigureAwait(false);
            Page<Metric> page = RestJson.Page(answer.RootElement, "metrics", metric => RestJson.Metric(metric, runId));
            metrics.AddRange(page.Items);
            // Servers that know no pages answer with all, and some with the token that they were given.
            token = page.NextPageToken == token ? null : page.NextPageToken;
        }
        while (token is not null);
        return [.. metrics.OrderBy(metric => metric.Timestamp).ThenBy(metric => metric.Step).ThenBy(metric => metric.Value)];
    }

    private Task<JsonDocument> PostAsync(string path, Action<Utf8JsonWriter> body, Repeat repeat, CancellationToken cancellation)
        => _client.SendAsync(HttpMethod.Post, "mlflow/" + path, body, repeat, cancellation);

    /// <summary>Calls what takes a few texts, answers nothing, and may be repeated.</summary>
    private async Task DoAsync(string path, CancellationToken cancellation, params KeyValuePair<string, string>[] members)
    {
        using JsonDocument answer = await PostAsync(path, body =>
        {
            foreach (KeyValuePair<string, string> member in members)
                body.WriteString(member.Key, member.Value);
        }, Repeat.Always, cancellation).ConfigureAwait(false);
    }
}
