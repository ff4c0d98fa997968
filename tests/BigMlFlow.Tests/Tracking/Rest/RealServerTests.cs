using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Rest;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Rest;

/// <summary>Every method of the stores against real servers of MLflow 2.22.5 and 3.17.2.</summary>
public sealed class RealServerTests(MlflowServers servers)
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    public static TheoryData<int> Versions => MlflowServers.Versions;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task ExperimentsAndRuns(int version)
    {
        using var client = new RestClient(await servers.GetAsync(version), new ConnectionSettings());
        var store = new RestTrackingStore(client);

        Assert.Null(await store.FindExperimentAsync("größe 1", Cancellation));
        string id = await store.CreateExperimentAsync("größe 1", null, [new("owner", "us")], Cancellation);
        await Errors.OfAsync(TrackingError.AlreadyExists, () => store.CreateExperimentAsync("größe 1", null, [], Cancellation));
        await store.SetExperimentTagAsync(id, "note", "a=b&c", Cancellation);
        Experiment experiment = (await store.FindExperimentAsync("größe 1", Cancellation))!;
        Assert.Equal((id, "us", "a=b&c"), (experiment.ExperimentId, experiment.Tags["owner"], experiment.Tags["note"]));
        await store.RenameExperimentAsync(id, "größe 2", Cancellation);
        await store.DeleteExperimentAsync(id, Cancellation);
        Assert.Equal(LifecycleStage.Deleted, (await store.GetExperimentAsync(id, Cancellation)).LifecycleStage);
        await store.RestoreExperimentAsync(id, Cancellation);
        Page<Experiment> found = await store.SearchExperimentsAsync(new SearchRequest { Filter = "name = 'größe 2'", OrderBy = ["name"], MaxResults = 5 }, Cancellation);
        Assert.Equal(id, Assert.Single(found.Items).ExperimentId);
        await Errors.OfAsync(TrackingError.NotFound, () => store.GetExperimentAsync("987654", Cancellation));

        Run run = await store.CreateRunAsync(new RunCreation(id) { RunName = "first", UserId = "someone", StartTime = Time, Tags = [new("mlflow.user", "someone")] }, Cancellation);
        Assert.Equal((RunStatus.Running, "first", "someone", Time), (run.Status, run.RunName, run.UserId, run.StartTime));
        await store.LogBatchAsync(run.RunId, new LogBatch
        {
            Metrics =
            [
                .. Enumerable.Range(0, 1500).Select(step => new Metric("loss", 1.0 / (step + 3), Time.AddMilliseconds(step), step)),
                new Metric("nan", double.NaN, Time), new Metric("inf", double.NegativeInfinity, Time), new Metric("tiny", 5e-324, Time, -7),
            ],
            Parameters = [.. Enumerable.Range(0, 150).Select(i => new KeyValuePair<string, string>("p" + i, i + " ü\"\\"))],
            Tags = [new("empty", string.Empty), new("text", "a\nb")],
        }, Cancellation);
        run = await store.GetRunAsync(run.RunId, Cancellation);
        Assert.Equal(150, run.Parameters.Count);
        Assert.Equal("149 ü\"\\", run.Parameters["p149"]);
        Assert.Equal(("a\nb", string.Empty), (run.Tags["text"], run.Tags["empty"]));
        Dictionary<string, Metric> metrics = run.Metrics.ToDictionary(metric => metric.Key);
        Assert.Equal((1.0 / 1502, 1499L, Time.AddMilliseconds(1499)), (metrics["loss"].Value, metrics["loss"].Step, metrics["loss"].Timestamp));
        Assert.True(double.IsNaN(metrics["nan"].Value));
        Assert.Equal(-1.7976931348623157e308, metrics["inf"].Value);
        Assert.Equal((5e-324, -7L), (metrics["tiny"].Value, metrics["tiny"].Step));
        IReadOnlyList<Metric> history = await store.GetMetricHistoryAsync(run.RunId, "loss", Cancellation);
        Assert.Equal(Enumerable.Range(0, 1500).Select(step => 1.0 / (step + 3)), history.Select(metric => metric.Value));
        TrackingException twice = await Errors.OfAsync(TrackingError.InvalidValue, () => store.LogBatchAsync(run.RunId, new LogBatch { Parameters = [new("p1", "other")] }, Cancellation));
        Assert.Contains("p1", twice.Message, StringComparison.Ordinal);
        await store.DeleteRunTagAsync(run.RunId, "empty", Cancellation);
        await store.UpdateRunAsync(run.RunId, RunStatus.Finished, Time.AddHours(1), "renamed", Cancellation);
        run = await store.GetRunAsync(run.RunId, Cancellation);
        Assert.Equal((RunStatus.Finished, Time.AddHours(1), "renamed", false), (run.Status, run.EndTime, run.RunName, run.Tags.ContainsKey("empty")));
        await store.DeleteRunAsync(run.RunId, Cancellation);
        Assert.Single((await store.SearchRunsAsync([id], new SearchRequest { View = ViewType.DeletedOnly }, Cancellation)).Items);
        await store.RestoreRunAsync(run.RunId, Cancellation);

        for (int i = 0; i < 3; i++)
            await store.CreateRunAsync(new RunCreation(id) { StartTime = Time.AddDays(i + 1) }, Cancellation);
        var request = new SearchRequest { OrderBy = ["attributes.start_time ASC"], MaxResults = 3 };
        Page<Run> page = await store.SearchRunsAsync([id], request, Cancellation);
        Page<Run> rest = await store.SearchRunsAsync([id], request with { PageToken = page.NextPageToken }, Cancellation);
        Assert.Equal([Time, Time.AddDays(1), Time.AddDays(2), Time.AddDays(3)], page.Items.Concat(rest.Items).Select(item => item.StartTime!.Value));
        Assert.Single((await store.SearchRunsAsync([id], new SearchRequest { Filter = "metrics.loss > 0 AND params.p1 = '1 ü\"\\'" }, Cancellation)).Items);
        await Errors.OfAsync(TrackingError.InvalidValue, () => store.SearchRunsAsync([id], new SearchRequest { Filter = "nonsense" }, Cancellation));
        await Errors.OfAsync(TrackingError.NotFound, () => store.GetRunAsync(new string('0', 32), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task LoggedModels(int version)
    {
        using var client = new RestClient(await servers.GetAsync(version), new ConnectionSettings());
        var store = new RestTrackingStore(client);
        Run run = await store.CreateRunAsync(new RunCreation("0") { StartTime = Time }, Cancellation);
        await store.LogModelRecordAsync(run.RunId, $$"""{"artifact_path":"m","utc_time_created":"2026-01-01 00:00:00","model_uuid":"u","flavors":{},"run_id":"{{run.RunId}}"}""", Cancellation);
        Assert.Contains("\"artifact_path\": \"m\"", (await store.GetRunAsync(run.RunId, Cancellation)).Tags["mlflow.log-model.history"], StringComparison.Ordinal);

        LoggedModel? model = await store.TryCreateLoggedModelAsync(
            new LoggedModelCreation("0")
            {
                Name = "my model",
                SourceRunId = run.RunId,
                ModelType = "tree",
                Parameters = [.. Enumerable.Range(0, 230).Select(i => new KeyValuePair<string, string>("p" + i, "v"))],
                Tags = [new("a", "1")],
            },
            Cancellation);
        if (version == 2)
        {
            Assert.Null(model);
            Assert.Empty((await store.SearchLoggedModelsAsync(["0"], new SearchRequest(), Cancellation)).Items);
            return;
        }
        Assert.Equal((LoggedModelStatus.Pending, "my model", "tree", run.RunId), (model!.Status, model.Name, model.ModelType, model.SourceRunId));
        await store.LogModelOutputsAsync(run.RunId, [new(model.ModelId, 3)], Cancellation);
        Assert.Equal([model.ModelId], (await store.GetRunAsync(run.RunId, Cancellation)).ModelOutputs);
        await store.LogBatchAsync(run.RunId, new LogBatch { Metrics = [new Metric("acc", 0.5, Time) { ModelId = model.ModelId }] }, Cancellation);
        await store.SetLoggedModelTagsAsync(model.ModelId, [new("b", "2"), new("a", "3")], Cancellation);
        await store.DeleteLoggedModelTagAsync(model.ModelId, "b", Cancellation);
        await store.FinalizeLoggedModelAsync(model.ModelId, LoggedModelStatus.Ready, Cancellation);
        model = await store.GetLoggedModelAsync(model.ModelId, Cancellation);
        Assert.Equal((LoggedModelStatus.Ready, 230, "3", false), (model.Status, model.Parameters.Count, model.Tags["a"], model.Tags.ContainsKey("b")));
        Metric metric = Assert.Single(model.Metrics);
        Assert.Equal((0.5, run.RunId, model.ModelId), (metric.Value, metric.RunId, metric.ModelId));
        Page<LoggedModel> found = await store.SearchLoggedModelsAsync(
            ["0"], new SearchRequest { Filter = "name = 'my model'", OrderBy = ["metrics.acc DESC", "creation_timestamp"], MaxResults = 1 }, Cancellation);
        Assert.Equal(model.ModelId, Assert.Single(found.Items).ModelId);
        await store.DeleteLoggedModelAsync(model.ModelId, Cancellation);
        await Errors.OfAsync(TrackingError.NotFound, () => store.GetLoggedModelAsync(model.ModelId, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task TheRegistry(int version)
    {
        using var client = new RestClient(await servers.GetAsync(version), new ConnectionSettings());
        var store = new RestTrackingStore(client);
        var registry = new RestModelRegistry(client);
        Run run = await store.CreateRunAsync(new RunCreation("0") { StartTime = Time }, Cancellation);

        RegisteredModel model = await registry.CreateRegisteredModelAsync("the model & co", "first", [new("team", "a")], Cancellation);
        Assert.Equal(("first", "a"), (model.Description, model.Tags["team"]));
        await Errors.OfAsync(TrackingError.AlreadyExists, () => registry.CreateRegisteredModelAsync("the model & co", null, [], Cancellation));
        Assert.Equal("second", (await registry.DescribeRegisteredModelAsync(model.Name, "second", Cancellation)).Description);
        await registry.SetRegisteredModelTagAsync(model.Name, "x", "1", Cancellation);
        await registry.DeleteRegisteredModelTagAsync(model.Name, "team", Cancellation);

        var creation = new ModelVersionCreation(model.Name, run.ArtifactUri + "/model") { RunId = run.RunId, Description = "d", Tags = [new("t", "1")] };
        ModelVersion one = await registry.CreateVersionAsync(creation, Cancellation);
        ModelVersion two = await registry.CreateVersionAsync(creation, Cancellation);
        Assert.Equal((1, 2, "READY", "1", run.RunId), (one.Version, two.Version, one.Status, one.Tags["t"], one.RunId));
        Assert.Equal("e", (await registry.DescribeVersionAsync(model.Name, 1, "e", Cancellation)).Description);
        await registry.SetVersionTagAsync(model.Name, 1, "u", "ü", Cancellation);
        await registry.DeleteVersionTagAsync(model.Name, 1, "t", Cancellation);
        await registry.SetAliasAsync(model.Name, "champion", 1, Cancellation);
        one = await registry.GetVersionByAliasAsync(model.Name, "champion", Cancellation);
        Assert.Equal((1, "ü", "champion"), (one.Version, one.Tags["u"], Assert.Single(one.Aliases)));
        Assert.Equal("Production", (await registry.TransitionStageAsync(model.Name, 1, "production", false, Cancellation)).Stage);
        Assert.Equal("Production", (await registry.TransitionStageAsync(model.Name, 2, "Production", true, Cancellation)).Stage);
        Assert.Equal("Archived", (await registry.GetVersionAsync(model.Name, 1, Cancellation)).Stage);
        Assert.Equal(2, Assert.Single(await registry.GetLatestVersionsAsync(model.Name, ["Production"], Cancellation)).Version);
        Assert.Equal(2, (await registry.GetLatestVersionsAsync(model.Name, [], Cancellation)).Count);
        Assert.Equal(run.ArtifactUri + "/model", await registry.GetDownloadUriAsync(model.Name, 2, Cancellation));
        Page<ModelVersion> versions = await registry.SearchVersionsAsync(new SearchRequest { Filter = $"run_id = '{run.RunId}'", OrderBy = ["version_number ASC"], MaxResults = 1 }, Cancellation);
        Assert.Equal(1, Assert.Single(versions.Items).Version);
        Assert.NotNull(versions.NextPageToken);
        model = await registry.GetRegisteredModelAsync(model.Name, Cancellation);
        Assert.Equal(("1", false, "1"), (model.Aliases["champion"], model.Tags.ContainsKey("team"), model.Tags["x"]));
        Assert.Equal("renamed", (await registry.RenameRegisteredModelAsync(model.Name, "renamed", Cancellation)).Name);
        Assert.Equal("renamed", Assert.Single((await registry.SearchRegisteredModelsAsync(new SearchRequest { Filter = "name LIKE 'renam%'" }, Cancellation)).Items).Name);
        await registry.DeleteAliasAsync("renamed", "champion", Cancellation);
        await Errors.OfAsync(TrackingError.NotFound, () => registry.GetVersionByAliasAsync("renamed", "champion", Cancellation));
        await registry.DeleteVersionAsync("renamed", 1, Cancellation);
        await Errors.OfAsync(TrackingError.NotFound, () => registry.GetVersionAsync("renamed", 1, Cancellation));
        await registry.DeleteRegisteredModelAsync("renamed", Cancellation);
        await Errors.OfAsync(TrackingError.NotFound, () => registry.GetRegisteredModelAsync("renamed", Cancellation));
        await Errors.OfAsync(TrackingError.NotFound, () => registry.CreateVersionAsync(creation with { Name = "renamed" }, Cancellation));
    }
}
