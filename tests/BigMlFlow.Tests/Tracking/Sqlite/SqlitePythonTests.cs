using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tests.Flavor;
using BigMlFlow.Tracking;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>A database of ours goes to Python's MLflow and back: each reads all that the other wrote, and MLflow 3 takes it over.</summary>
public sealed class SqlitePythonTests
{
    private const string Script = """
        import json, sys, mlflow
        from mlflow import MlflowClient
        mlflow.set_tracking_uri("sqlite:///" + sys.stdin.read().strip())
        client = MlflowClient()
        experiment = client.get_experiment_by_name("ours")
        runs = client.search_runs([experiment.experiment_id], "tags.kind = 'größe' and metrics.acc > 0.5", order_by=["metrics.acc DESC"])
        run = runs[0]
        version = client.get_model_version_by_alias("our model", "champion")
        model = client.get_registered_model("our model")
        print(json.dumps({
            "experiment": [experiment.experiment_id, experiment.artifact_location, experiment.lifecycle_stage, experiment.creation_time, dict(experiment.tags)],
            "runs": [r.info.run_id for r in runs],
            "run": [run.info.run_name, run.info.status, run.info.start_time, run.info.end_time, run.info.artifact_uri, run.info.user_id],
            "data": [run.data.params, run.data.tags, {k: "nan" if v != v else v for k, v in run.data.metrics.items()}],
            "history": [[m.step, m.value, m.timestamp] for m in client.get_metric_history(run.info.run_id, "acc")],
            "version": [version.version, version.source, version.current_stage, version.description, version.run_id, version.tags, version.status],
            "model": [model.description, model.tags, model.aliases],
            "uri": client.get_model_version_download_uri("our model", "1"),
        }))
        client.log_metric(run.info.run_id, "acc", 0.95, timestamp=1772600769000, step=9)
        client.log_param(run.info.run_id, "theirs", "Größe")
        client.set_tag(run.info.run_id, "kind", "changed")
        other = client.create_run(experiment.experiment_id, run_name="python's")
        client.set_terminated(other.info.run_id, "FAILED", 1772600769000)
        second = client.create_model_version("our model", "s3://bucket/theirs", other.info.run_id, tags={"by": "python"})
        client.set_registered_model_alias("our model", "champion", second.version)
        client.create_experiment("theirs", artifact_location="s3://bucket/exp")
        print(json.dumps({"other": other.info.run_id}))
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GoesToPythonAndComesBack(int mlflow)
    {
        PythonPeer.Require();
        using var its = new NewStore();
        string experiment = await its.Store.CreateExperimentAsync("ours", null, [new("team", "ü")], None);
        Run run = await its.CreateRun(experiment, "our run", new("kind", "größe"), new("mlflow.user", "ops"));
        await its.Store.LogBatchAsync(
            run.RunId,
            new LogBatch { Metrics = [new Metric("acc", 0.1 + 0.2, NewStore.Time), new Metric("acc", 0.9, NewStore.Time, 1), new Metric("nan", double.NaN, NewStore.Time)], Parameters = [new("p", "v")] },
            None);
        await its.Store.UpdateRunAsync(run.RunId, RunStatus.Finished, NewStore.Time.AddSeconds(2), null, None);
        await its.CreateRun(experiment, "not found");
        await its.Store.CreateRegisteredModelAsync("our model", "described", [new("k", "v")], None);
        await its.Store.CreateVersionAsync(new ModelVersionCreation("our model", "s3://bucket/ours") { RunId = run.RunId, Description = "one", Tags = [new("t", "u")] }, None);
        await its.Store.TransitionStageAsync("our model", 1, "Staging", archiveOthers: false, None);
        await its.Store.SetAliasAsync("our model", "champion", 1, None);
        run = await its.Store.GetRunAsync(run.RunId, None);
        Experiment made = await its.Store.GetExperimentAsync(experiment, None);
        long time = new DateTimeOffset(NewStore.Time).ToUnixTimeMilliseconds();

        IReadOnlyList<JsonElement> said = PythonPeer.Run(Script, its.Path, mlflow, its.Folder);

        JsonElement read = said[0];
        AssertJson(new object?[] { "1", made.ArtifactLocation, "active", new DateTimeOffset(made.CreationTime!.Value).ToUnixTimeMilliseconds(), new { team = "ü" } }, read.GetProperty("experiment"));
        AssertJson(new[] { run.RunId }, read.GetProperty("runs"));
        AssertJson(new object?[] { "our run", "FINISHED", time, time + 2000, run.ArtifactUri, "ops" }, read.GetProperty("run"));
        AssertJson(new Dictionary<string, string> { ["p"] = "v" }, read.GetProperty("data")[0]);
        AssertJson(new Dictionary<string, string> { ["kind"] = "größe", ["mlflow.user"] = "ops", ["mlflow.runName"] = "our run" }, read.GetProperty("data")[1]);
        AssertJson(new Dictionary<string, object> { ["acc"] = 0.9, ["nan"] = "nan" }, read.GetProperty("data")[2]);
        AssertJson(new[] { new object[] { 0, 0.1 + 0.2, time }, [1, 0.9, time] }, read.GetProperty("history"));
        Assert.Equal("1", read.GetProperty("version")[0].ToString());
        AssertJson(new object?[] { read.GetProperty("version")[0], "s3://bucket/ours", "Staging", "one", run.RunId, new { t = "u" }, "READY" }, read.GetProperty("version"));
        Assert.Equal("s3://bucket/ours", read.GetProperty("uri").GetString());

        // What Python wrote, and what it left alone, in what is now perhaps a database of another revision.
        Run after = await its.Store.GetRunAsync(run.RunId, None);
        Assert.Equal(("v", "Größe", "changed"), (after.Parameters["p"], after.Parameters["theirs"], after.Tags["kind"]));
        Assert.Equal(0.95, after.Metrics.Single(metric => metric.Key == "acc").Value);
        Assert.Equal([0.1 + 0.2, 0.9, 0.95], (await its.Store.GetMetricHistoryAsync(run.RunId, "acc", None)).Select(metric => metric.Value));
        Run other = await its.Store.GetRunAsync(said[1].GetProperty("other").GetString()!, None);
        Assert.Equal(("python's", RunStatus.Failed), (other.RunName, other.Status));
        ModelVersion champion = await its.Store.GetVersionByAliasAsync("our model", "champion", None);
        Assert.Equal((2, "s3://bucket/theirs", "by=python"), (champion.Version, champion.Source, champion.Tags.ToString()));
        ModelVersion first = await its.Store.GetVersionAsync("our model", 1, None);
        Assert.Equal(("Staging", "one", "t=u", run.RunId), (first.Stage, first.Description, first.Tags.ToString(), first.RunId));
        Assert.Equal("s3://bucket/exp", (await its.Store.FindExperimentAsync("theirs", None))!.ArtifactLocation);
        Assert.Equal(mlflow == 2 ? "0584bdc529eb" : "dc11669786a5", its.Row("SELECT version_num FROM alembic_version")[0]);

        // And on: MLflow 3 made a database with logged models of it, in which this very store now finds them.
        LoggedModel? model = await its.Store.TryCreateLoggedModelAsync(new LoggedModelCreation(experiment) { Name = "model" }, None);
        Assert.Equal(mlflow == 3, model is not null);
        Assert.Equal(3, (await its.Store.CreateVersionAsync(new ModelVersionCreation("our model", "s3://bucket/third"), None)).Version);
        Assert.Equal(3, (await its.Store.SearchRunsAsync([experiment], new SearchRequest(), None)).Items.Count);
        if (mlflow == 3)
            AssertUpgradesAs(its);
    }

    /// <summary>MLflow's upgrade makes of our schema what it makes of its own.</summary>
    private static void AssertUpgradesAs(NewStore ours)
    {
        using var theirs = new NewStore("2.22.5");
        theirs.Execute("INSERT INTO alembic_version VALUES ('0584bdc529eb')");
        PythonPeer.Run("import sys, mlflow; mlflow.set_tracking_uri('sqlite:///' + sys.stdin.read().strip()); mlflow.MlflowClient().get_experiment('0')", theirs.Path, 3, theirs.Folder);
        Assert.Equal(SchemaText.Of(theirs), SchemaText.Of(ours));
    }

    private static void AssertJson(object? expected, JsonElement read) => Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(expected), read), $"Not {JsonSerializer.Serialize(expected)} but {read}");
}
