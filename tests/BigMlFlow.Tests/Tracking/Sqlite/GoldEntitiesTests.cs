using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>Experiments, runs, logged models, registered models and versions read as Python's MLflow reads them from the same database.</summary>
public sealed class GoldEntitiesTests
{
    public static TheoryData<string> Versions => ["2.22.5", "3.17.2"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Experiments(string version)
    {
        using var gold = new GoldStore(version);
        foreach (JsonElement expected in Items(gold, "experiments"))
        {
            Experiment found = await gold.Store.GetExperimentAsync(Text(expected, "experiment_id")!, CancellationToken.None);
            Assert.Equal(Text(expected, "name"), found.Name);
            Assert.Equal(Text(expected, "artifact_location"), found.ArtifactLocation);
            Assert.Equal(Text(expected, "lifecycle_stage"), Stage(found.LifecycleStage));
            Assert.Equal(Time(expected, "creation_time"), found.CreationTime);
            Assert.Equal(Time(expected, "last_update_time"), found.LastUpdateTime);
            AssertPairs(expected.GetProperty("tags"), found.Tags);
            Assert.Equal(found.ExperimentId, (await gold.Store.FindExperimentAsync(found.Name, CancellationToken.None))?.ExperimentId);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Runs(string version)
    {
        using var gold = new GoldStore(version);
        foreach (JsonElement expected in Items(gold, "runs"))
        {
            Run found = await gold.Store.GetRunAsync(Text(expected, "run_id")!, CancellationToken.None);
            Assert.Equal(Text(expected, "run_name"), found.RunName);
            Assert.Equal(Text(expected, "experiment_id"), found.ExperimentId);
            Assert.Equal(Text(expected, "user_id"), found.UserId);
            Assert.Equal(Text(expected, "status"), found.Status.ToString().ToUpperInvariant());
            Assert.Equal(Time(expected, "start_time"), found.StartTime);
            Assert.Equal(Time(expected, "end_time"), found.EndTime);
            Assert.Equal(Text(expected, "artifact_uri"), found.ArtifactUri);
            Assert.Equal(Text(expected, "lifecycle_stage"), Stage(found.LifecycleStage));
            AssertPairs(expected.GetProperty("params"), found.Parameters);
            AssertPairs(expected.GetProperty("tags"), found.Tags);
            AssertMetrics(expected.GetProperty("latest"), found.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal));
            if (expected.TryGetProperty("model_outputs", out JsonElement outputs))
                Assert.Equal(outputs.EnumerateArray().Select(output => Text(output, "model_id")!), found.ModelOutputs);
            foreach (JsonProperty history in expected.GetProperty("history").EnumerateObject())
                AssertMetrics(history.Value, await gold.Store.GetMetricHistoryAsync(found.RunId, history.Name, CancellationToken.None));
        }
    }

    [Fact]
    public async Task LoggedModels()
    {
        using var gold = new GoldStore("3.17.2");
        foreach (JsonElement expected in Items(gold, "logged_models"))
        {
            LoggedModel found = await gold.Store.GetLoggedModelAsync(Text(expected, "model_id")!, CancellationToken.None);
            Assert.Equal(Text(expected, "experiment_id"), found.ExperimentId);
            Assert.Equal(Text(expected, "name"), found.Name);
            Assert.Equal(Text(expected, "artifact_location"), found.ArtifactLocation);
            Assert.Equal(Time(expected, "creation_timestamp"), found.CreationTime);
            Assert.Equal(Time(expected, "last_updated_timestamp"), found.LastUpdatedTime);
            Assert.Equal(Text(expected, "model_type"), found.ModelType);
            Assert.Equal(Text(expected, "source_run_id"), found.SourceRunId);
            Assert.Equal(Text(expected, "status"), found.Status == LoggedModelStatus.UploadFailed ? "FAILED" : found.Status.ToString().ToUpperInvariant());
            AssertPairs(expected.GetProperty("tags"), found.Tags);
            AssertPairs(expected.GetProperty("params"), found.Parameters);
            AssertMetrics(expected.GetProperty("metrics"), found.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).ThenBy(metric => metric.Timestamp));
            Assert.All(found.Metrics, metric => Assert.Equal(found.ModelId, metric.ModelId));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task RegisteredModels(string version)
    {
        using var gold = new GoldStore(version);
        foreach (JsonElement expected in Items(gold, "registered_models"))
        {
            RegisteredModel found = await gold.Store.GetRegisteredModelAsync(Text(expected, "name")!, CancellationToken.None);
            Assert.Equal(Time(expected, "creation_timestamp"), found.CreationTime);
            Assert.Equal(Time(expected, "last_updated_timestamp"), found.LastUpdatedTime);
            Assert.Equal(Text(expected, "description"), found.Description);
            AssertPairs(expected.GetProperty("tags"), found.Tags);
            AssertPairs(expected.GetProperty("aliases"), found.Aliases);
            Assert.Equal(
                expected.GetProperty("latest_versions").EnumerateArray().Select(latest => (Text(latest, "version"), Text(latest, "current_stage"))),
                found.LatestVersions.Select(latest => ((string?)latest.Version.ToString(CultureInfo.InvariantCulture), (string?)latest.Stage)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task ModelVersions(string version)
    {
        using var gold = new GoldStore(version);
        ILookup<(string?, string?), string?> aliases = Items(gold, "aliases").ToLookup(alias => (Text(alias, "name"), Text(alias, "version")), alias => Text(alias, "alias"));
        foreach (JsonElement expected in Items(gold, "model_versions"))
        {
            string name = Text(expected, "name")!;
            int number = int.Parse(Text(expected, "version")!, CultureInfo.InvariantCulture);
            ModelVersion found = await gold.Store.GetVersionAsync(name, number, CancellationToken.None);
            Assert.Equal(Time(expected, "creation_timestamp"), found.CreationTime);
            Assert.Equal(Time(expected, "last_updated_timestamp"), found.LastUpdatedTime);
            Assert.Equal(Text(expected, "description"), found.Description);
            Assert.Equal(Text(expected, "current_stage"), found.Stage);
            Assert.Equal(Text(expected, "source"), found.Source);
            Assert.Equal(Text(expected, "run_id"), found.RunId);
            Assert.Equal(Text(expected, "status"), found.Status);
            AssertPairs(expected.GetProperty("tags"), found.Tags);
            Assert.Equal(Text(expected, "download_uri"), await gold.Store.GetDownloadUriAsync(name, number, CancellationToken.None));
            // Python's search, unlike its get_model_version, does not tell the aliases: they are listed apart.
            Assert.Equal(aliases[(name, Text(expected, "version"))].Order(StringComparer.Ordinal), found.Aliases.Order(StringComparer.Ordinal));
            foreach (string alias in found.Aliases)
                Assert.Equal(number, (await gold.Store.GetVersionByAliasAsync(name, alias, CancellationToken.None)).Version);
        }
    }

    private static IEnumerable<JsonElement> Items(GoldStore gold, string name)
    {
        JsonElement list = gold.Expected.GetProperty(name);
        Assert.NotEqual(0, list.GetArrayLength());
        return list.EnumerateArray();
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string Stage(LifecycleStage stage) => stage.ToString().ToLowerInvariant();

    private static DateTime? Time(JsonElement json, string name)
        => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? DateTimeOffset.FromUnixTimeMilliseconds(number.GetInt64()).UtcDateTime : null;

    private static void AssertPairs(JsonElement expected, TagSet found)
        => Assert.Equal(
            expected.EnumerateObject().Select(pair => (pair.Name, pair.Value.ToString())).OrderBy(pair => pair.Name, StringComparer.Ordinal),
            found.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));

    private static void AssertMetrics(JsonElement expected, IEnumerable<Metric> found)
        => Assert.Equal(
            expected.EnumerateArray().Select(metric => (Text(metric, "key")!, Number(metric.GetProperty("value")), Time(metric, "timestamp")!.Value, metric.GetProperty("step").GetInt64())),
            found.Select(metric => (metric.Key, metric.Value, metric.Timestamp, metric.Step)));

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();
}
