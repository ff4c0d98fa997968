using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Rest;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Rest;

/// <summary>Every entity in every recorded answer of servers from 2.0.1 to 3.17.2 is read, with nothing lost.</summary>
public sealed class RecordedAnswersAreRead
{
    public static TheoryData<string> Names => Transcript.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryAnswerOf(string transcript)
    {
        int count = 0;
        foreach (Exchange exchange in Transcript.Read(transcript).Where(exchange => exchange.Status == 200 && exchange.Answer.ValueKind == JsonValueKind.Object))
        {
            JsonElement answer = exchange.Answer;
            switch (exchange.Endpoint)
            {
                case "experiments/get" or "experiments/get-by-name":
                    Check(answer.GetProperty("experiment"), RestJson.Experiment);
                    break;
                case "experiments/search":
                    CheckAll(answer, "experiments", RestJson.Experiment);
                    break;
                case "runs/get" or "runs/create":
                    CheckRun(answer.GetProperty("run"));
                    break;
                case "runs/search":
                    foreach (JsonElement run in Items(answer, "runs"))
                        CheckRun(run);
                    break;
                case "metrics/get-history":
                    foreach (JsonElement metric in Items(answer, "metrics"))
                        CheckMetric(metric, RestJson.Metric(metric, null));
                    break;
                case "logged-models" or "logged-models/{id}" when answer.TryGetProperty("model", out JsonElement model):
                    CheckModel(model);
                    break;
                case "logged-models/search":
                    foreach (JsonElement found in Items(answer, "models"))
                        CheckModel(found);
                    break;
                case "registered-models/create" or "registered-models/get" or "registered-models/update" or "registered-models/rename":
                    CheckRegistered(answer.GetProperty("registered_model"));
                    break;
                case "registered-models/search":
                    foreach (JsonElement registered in Items(answer, "registered_models"))
                        CheckRegistered(registered);
                    break;
                case "model-versions/create" or "model-versions/get" or "model-versions/update" or "model-versions/transition-stage":
                    CheckVersion(answer.GetProperty("model_version"));
                    break;
                case "registered-models/alias" when exchange.Method == "GET":
                    CheckVersion(answer.GetProperty("model_version"));
                    break;
                case "model-versions/search" or "registered-models/get-latest-versions":
                    foreach (JsonElement version in Items(answer, "model_versions"))
                        CheckVersion(version);
                    break;
                default:
                    continue;
            }
            count++;
        }
        // The one that was recorded on a server without artifacts is about nothing else.
        Assert.True(count > 10 || transcript.Contains("edges", StringComparison.Ordinal), $"{count} answers were looked at.");
    }

    private static void Check(JsonElement json, Func<JsonElement, Experiment> read)
    {
        Experiment experiment = read(json);
        Assert.Equal(Text(json, "experiment_id"), experiment.ExperimentId);
        Assert.Equal(Text(json, "name"), experiment.Name);
        Assert.Equal(Text(json, "artifact_location"), experiment.ArtifactLocation);
        Assert.Equal(Text(json, "lifecycle_stage"), experiment.LifecycleStage.ToString().ToLowerInvariant());
        CheckTime(json, "creation_time", experiment.CreationTime);
        CheckTime(json, "last_update_time", experiment.LastUpdateTime);
        CheckPairs(json, "tags", experiment.Tags);
    }

    private static void CheckAll(JsonElement answer, string name, Func<JsonElement, Experiment> read)
    {
        foreach (JsonElement json in Items(answer, name))
            Check(json, read);
    }

    private static void CheckRun(JsonElement json)
    {
        Run run = RestJson.Run(json);
        JsonElement info = json.GetProperty("info");
        JsonElement data = json.GetProperty("data");
        Assert.Equal(Text(info, "run_id"), run.RunId);
        Assert.Equal(Text(info, "run_name"), run.RunName);
        Assert.Equal(Text(info, "experiment_id"), run.ExperimentId);
        Assert.Equal(Text(info, "artifact_uri"), run.ArtifactUri);
        Assert.Equal(Text(info, "status"), run.Status.ToString().ToUpperInvariant());
        Assert.Equal(Text(info, "lifecycle_stage"), run.LifecycleStage.ToString().ToLowerInvariant());
        CheckTime(info, "start_time", run.StartTime);
        CheckTime(info, "end_time", run.EndTime);
        CheckPairs(data, "params", run.Parameters);
        CheckPairs(data, "tags", run.Tags);
        JsonElement[] metrics = [.. Items(data, "metrics")];
        Assert.Equal(metrics.Length, run.Metrics.Count);
        for (int i = 0; i < metrics.Length; i++)
            CheckMetric(metrics[i], run.Metrics[i]);
        if (json.TryGetProperty("outputs", out JsonElement outputs))
            Assert.Equal(Items(outputs, "model_outputs").Select(output => Text(output, "model_id")), run.ModelOutputs);
    }

    private static void CheckMetric(JsonElement json, Metric metric)
    {
        Assert.Equal(Text(json, "key"), metric.Key);
        JsonElement value = json.TryGetProperty("value", out JsonElement given) ? given : default;
        Assert.Equal(
            value.ValueKind switch
            {
                JsonValueKind.Number => value.GetDouble(),
                JsonValueKind.String => value.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => -1 },
                _ => 0,
            },
            metric.Value);
        Assert.Equal(json.TryGetProperty("timestamp", out JsonElement time) ? time.GetInt64() : 0, RestBody.Milliseconds(metric.Timestamp));
        Assert.Equal(json.TryGetProperty("step", out JsonElement step) ? step.GetInt64() : 0, metric.Step);
    }

    private static void CheckModel(JsonElement json)
    {
        LoggedModel model = RestJson.LoggedModel(json);
        JsonElement info = json.GetProperty("info");
        Assert.Equal(Text(info, "model_id"), model.ModelId);
        Assert.Equal(Text(info, "name"), model.Name);
        Assert.Equal(Text(info, "artifact_uri"), model.ArtifactLocation);
        Assert.Equal(Text(info, "source_run_id") is { Length: > 0 } run ? run : null, model.SourceRunId);
        string status = Text(info, "status") ?? string.Empty;
        Assert.Equal(status.Replace("LOGGED_MODEL_", string.Empty).Replace("_", string.Empty), status == string.Empty ? string.Empty : model.Status.ToString().ToUpperInvariant().Replace("UNSPECIFIED", "STATUSUNSPECIFIED"));
        CheckTime(info, "creation_timestamp_ms", model.CreationTime);
        CheckPairs(info, "tags", model.Tags);
        if (!json.TryGetProperty("data", out JsonElement data))
            return;
        CheckPairs(data, "params", model.Parameters);
        JsonElement[] metrics = [.. Items(data, "metrics")];
        Assert.Equal(metrics.Length, model.Metrics.Count);
        for (int i = 0; i < metrics.Length; i++)
        {
            CheckMetric(metrics[i], model.Metrics[i]);
            Assert.Equal(Text(metrics[i], "run_id"), model.Metrics[i].RunId);
        }
    }

    private static void CheckRegistered(JsonElement json)
    {
        RegisteredModel model = RestJson.RegisteredModel(json);
        Assert.Equal(Text(json, "name"), model.Name);
        Assert.Equal(Text(json, "description") ?? string.Empty, model.Description ?? string.Empty);
        CheckTime(json, "creation_timestamp", model.CreationTime);
        CheckPairs(json, "tags", model.Tags);
        Assert.Equal(Items(json, "aliases").Select(alias => (Text(alias, "alias"), Text(alias, "version"))), model.Aliases.Select(alias => ((string?)alias.Key, (string?)alias.Value)));
        JsonElement[] versions = [.. Items(json, "latest_versions")];
        Assert.Equal(versions.Select(version => Text(version, "version")), model.LatestVersions.Select(version => version.Version.ToString(CultureInfo.InvariantCulture)));
        foreach (JsonElement version in versions)
            CheckVersion(version);
    }

    private static void CheckVersion(JsonElement json)
    {
        ModelVersion version = RestJson.ModelVersion(json);
        Assert.Equal(Text(json, "name"), version.Name);
        Assert.Equal(Text(json, "version"), version.Version.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Text(json, "source"), version.Source);
        Assert.Equal(Text(json, "run_id") ?? string.Empty, version.RunId ?? string.Empty);
        Assert.Equal(Text(json, "current_stage") ?? "None", version.Stage);
        Assert.Equal(Text(json, "status"), version.Status);
        Assert.Equal(Text(json, "description") ?? string.Empty, version.Description ?? string.Empty);
        Assert.Equal(Items(json, "aliases").Select(alias => alias.GetString()!), version.Aliases);
        Assert.Equal(version.Source is { } source && source.StartsWith("models:/m-", StringComparison.Ordinal) ? source.Substring("models:/".Length) : null, version.ModelId);
        CheckTime(json, "creation_timestamp", version.CreationTime);
        CheckTime(json, "last_updated_timestamp", version.LastUpdatedTime);
        CheckPairs(json, "tags", version.Tags);
    }

    private static void CheckTime(JsonElement json, string name, DateTime? time)
    {
        if (json.TryGetProperty(name, out JsonElement value) && value.GetInt64() != 0)
            Assert.Equal(value.GetInt64(), RestBody.Milliseconds(time!.Value));
        else
            Assert.Null(time);
    }

    /// <summary>All pairs, except that of equal keys the last one counts.</summary>
    private static void CheckPairs(JsonElement json, string name, TagSet pairs)
    {
        var expected = new Dictionary<string, string>();
        foreach (JsonElement pair in Items(json, name))
            expected[pair.GetProperty("key").GetString()!] = Text(pair, "value") ?? string.Empty;
        Assert.Equal(expected.OrderBy(pair => pair.Key), pairs.OrderBy(pair => pair.Key));
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement items) ? items.EnumerateArray() : [];

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
