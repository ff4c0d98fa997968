using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>Experiments and runs in databases of every kind: what is written is read again, and its rows are MLflow's.</summary>
public sealed class SqliteRunTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string?> Schemas => [(string?)null, "2.9.2", "3.17.2"];

    private static KeyValuePair<string, string> Tag(string key, string value) => new(key, value);

    [Fact]
    public async Task ANewDatabaseHasTheDefaultExperimentAndTheRevision()
    {
        using var its = new NewStore();
        Experiment? experiment = await its.Store.FindExperimentAsync("Default", None);
        Assert.Equal("0", experiment!.ExperimentId);
        Assert.Equal(its.Artifacts + "/0", experiment.ArtifactLocation);
        Assert.Equal(["0584bdc529eb"], its.Row("SELECT version_num FROM alembic_version"));
        Assert.Equal(["delete"], its.Row("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task TheNewSchemaIsThatOfMLflow()
    {
        Assert.SkipWhen(SharedFiles.Stores is null, "The schemas of Python's MLflow are not here.");
        using var ours = new NewStore();
        await ours.Store.FindExperimentAsync("Default", None);
        using var theirs = new NewStore("2.22.5");
        Assert.Equal(SchemaText.Of(theirs), SchemaText.Of(ours));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Experiments(string? schema)
    {
        using var its = new NewStore(schema);
        string id = await its.Store.CreateExperimentAsync("Größe", null, [Tag("a", "1")], None);
        Assert.Equal("1", id);
        Assert.Equal("2", await its.Store.CreateExperimentAsync("elsewhere", "s3://bucket/x", [], None));
        Experiment made = await its.Store.GetExperimentAsync(id, None);
        Assert.Equal(("Größe", its.Artifacts + "/1", LifecycleStage.Active), (made.Name, made.ArtifactLocation, made.LifecycleStage));
        Assert.Equal(made.CreationTime, made.LastUpdateTime);
        Assert.InRange(made.CreationTime!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal("s3://bucket/x", (await its.Store.GetExperimentAsync("2", None)).ArtifactLocation);

        await its.Store.SetExperimentTagAsync(id, "a", "2", None);
        await its.Store.RenameExperimentAsync(id, "renamed", None);
        Run run = await its.CreateRun(id);
        await its.Store.DeleteExperimentAsync(id, None);
        Assert.Equal(LifecycleStage.Deleted, (await its.Store.GetRunAsync(run.RunId, None)).LifecycleStage);
        Assert.NotEqual(DBNull.Value, its.Row("SELECT deleted_time FROM runs")[0]);
        await Fails(TrackingError.AlreadyExists, () => its.Store.CreateExperimentAsync("renamed", null, [], None));
        await Fails(TrackingError.InvalidValue, () => its.CreateRun(id));
        await its.Store.RestoreExperimentAsync(id, None);
        Experiment restored = (await its.Store.FindExperimentAsync("renamed", None))!;
        Assert.Equal(("2", LifecycleStage.Active), (restored.Tags["a"], restored.LifecycleStage));
        Assert.Equal(LifecycleStage.Active, (await its.Store.GetRunAsync(run.RunId, None)).LifecycleStage);
        await Fails(TrackingError.NotFound, () => its.Store.RestoreExperimentAsync(id, None));
        await Fails(TrackingError.NotFound, () => its.Store.GetExperimentAsync("99", None));
        await Fails(TrackingError.NotFound, () => its.Store.GetExperimentAsync("x", None));
        Assert.Null(await its.Store.FindExperimentAsync("Größe", None));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Runs(string? schema)
    {
        using var its = new NewStore(schema);
        Run run = await its.CreateRun("0", "my run", Tag("mlflow.user", "ops"), Tag("x", "ü"));
        Assert.Matches("^[0-9a-f]{32}$", run.RunId);
        Assert.Equal($"{its.Artifacts}/0/{run.RunId}/artifacts", run.ArtifactUri);
        Assert.Equal(("my run", "ops", RunStatus.Running, NewStore.Time, null), (run.RunName, run.UserId, run.Status, run.StartTime, run.EndTime));
        Assert.Equal(["UNKNOWN", "", "", "", DBNull.Value], its.Row("SELECT source_type, source_name, entry_point_name, source_version, deleted_time FROM runs"));
        Assert.Equal("my run", run.Tags["mlflow.runName"]);

        await its.Store.UpdateRunAsync(run.RunId, RunStatus.Finished, NewStore.Time.AddSeconds(1), "other", None);
        await its.Store.LogBatchAsync(run.RunId, new LogBatch { Parameters = [Tag("p", "1")], Tags = [Tag("x", "y"), Tag("gone", "1")] }, None);
        await its.Store.DeleteRunTagAsync(run.RunId, "gone", None);
        run = await its.Store.GetRunAsync(run.RunId, None);
        Assert.Equal((RunStatus.Finished, NewStore.Time.AddSeconds(1), "other"), (run.Status, run.EndTime!.Value, run.RunName));
        Assert.Equal("1", run.Parameters["p"]);
        Assert.Equal([("mlflow.runName", "other"), ("mlflow.user", "ops"), ("x", "y")], run.Tags.OrderBy(tag => tag.Key).Select(tag => (tag.Key, tag.Value)));
        await Fails(TrackingError.NotFound, () => its.Store.DeleteRunTagAsync(run.RunId, "gone", None));

        await its.Store.LogBatchAsync(run.RunId, new LogBatch { Tags = [Tag("mlflow.runName", "by tag")] }, None);
        Assert.Equal(["by tag"], its.Row("SELECT name FROM runs"));
        await its.Store.DeleteRunAsync(run.RunId, None);
        await Fails(TrackingError.InvalidValue, () => its.Store.UpdateRunAsync(run.RunId, RunStatus.Failed, null, null, None));
        await Fails(TrackingError.InvalidValue, () => its.Log(run.RunId, new Metric("m", 1, NewStore.Time)));
        await its.Store.RestoreRunAsync(run.RunId, None);
        await its.Log(run.RunId, new Metric("m", 1, NewStore.Time));
        await Fails(TrackingError.NotFound, () => its.Store.DeleteRunAsync(Guid.NewGuid().ToString("N"), None));
        await Fails(TrackingError.NotFound, () => its.Store.GetRunAsync(Guid.NewGuid().ToString("N"), None));
        await Fails(TrackingError.NotFound, () => its.Log(Guid.NewGuid().ToString("N"), new Metric("m", 1, NewStore.Time)));
    }

    [Fact]
    public async Task ARunWithoutANameGetsOneOfMLflowsForm()
    {
        using var its = new NewStore();
        Run run = await its.CreateRun();
        Assert.Matches("^[a-z]+-[a-z]+-[0-9]{1,4}$", run.RunName!);
        Assert.Equal("unknown", run.UserId);
        Assert.Equal("tagged", (await its.CreateRun("0", null, Tag("mlflow.runName", "tagged"))).RunName);
        await Fails(TrackingError.InvalidValue, () => its.CreateRun("0", "one", Tag("mlflow.runName", "other")));
    }

    [Fact]
    public async Task MetricsAreStoredAsMLflowDoes()
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        await its.Log(run, new Metric("nan", double.NaN, NewStore.Time), new Metric("inf", double.PositiveInfinity, NewStore.Time), new Metric("-inf", double.NegativeInfinity, NewStore.Time));
        await its.Log(run, new Metric("acc", 0.1, NewStore.Time, 2), new Metric("acc", 0.3, NewStore.Time, 1), new Metric("acc", 0.1, NewStore.Time, 2), new Metric("acc", -0.5, NewStore.Time, 2));
        IReadOnlyList<Metric> latest = (await its.Store.GetRunAsync(run, None)).Metrics;
        Assert.Equal([("-inf", double.MinValue), ("acc", 0.1), ("inf", double.MaxValue), ("nan", double.NaN)], latest.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => (metric.Key, metric.Value)));
        Assert.Equal([(1L, 0.3), (2L, -0.5), (2L, 0.1)], (await its.Store.GetMetricHistoryAsync(run, "acc", None)).Select(metric => (metric.Step, metric.Value)));
        Assert.Equal([0.0, 1L], its.Row("SELECT value, is_nan FROM metrics WHERE key = 'nan'"));
    }

    /// <summary>A NaN counts as the zero that stands for it, at the same step and time.</summary>
    [Theory]
    [InlineData(double.NaN, 4, 4)]
    [InlineData(5, double.NaN, 5)]
    [InlineData(-1, double.NaN, double.NaN)]
    public async Task TheLatestOfANumberAndNaN(double first, double second, double latest)
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        await its.Log(run, new Metric("m", first, NewStore.Time));
        await its.Log(run, new Metric("m", second, NewStore.Time));
        Assert.Equal(latest, (await its.Store.GetRunAsync(run, None)).Metrics.Single().Value);
    }

    [Fact]
    public async Task AChangedParameterIsRefusedWithAllThatCameWithIt()
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        await its.Store.LogBatchAsync(run, new LogBatch { Parameters = [Tag("p", "1")] }, None);
        await its.Store.LogBatchAsync(run, new LogBatch { Parameters = [Tag("p", "1")] }, None);
        await Fails(TrackingError.InvalidValue, () => its.Store.LogBatchAsync(run, new LogBatch { Metrics = [new Metric("m", 1, NewStore.Time)], Parameters = [Tag("q", "1"), Tag("p", "2")] }, None));
        Run read = await its.Store.GetRunAsync(run, None);
        Assert.Equal("p=1", read.Parameters.ToString());
        Assert.Empty(read.Metrics);
    }

    [Fact]
    public async Task MoreThanARequestMayHaveIsLogged()
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        await its.Store.LogBatchAsync(
            run,
            new LogBatch
            {
                Metrics = [.. Enumerable.Range(0, 2500).Select(step => new Metric("m", step, NewStore.Time, step))],
                Parameters = [.. Enumerable.Range(0, 250).Select(i => Tag("p" + i, "v"))],
                Tags = [.. Enumerable.Range(0, 250).Select(i => Tag("t" + i, "v"))],
            },
            None);
        Run read = await its.Store.GetRunAsync(run, None);
        Assert.Equal((250, 251, 2499.0), (read.Parameters.Count, read.Tags.Count, read.Metrics.Single().Value));
        Assert.Equal(Enumerable.Range(0, 2500), (await its.Store.GetMetricHistoryAsync(run, "m", None)).Select(metric => (int)metric.Value));
    }

    [Fact]
    public async Task ModelRecordsAreAList()
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        await its.Store.LogModelRecordAsync(run, """{"run_id": "x", "artifact_path": "one"}""", None);
        await its.Store.LogModelRecordAsync(run, """{"run_id": "x", "artifact_path": "two"}""", None);
        Assert.Equal(
            """[{"run_id": "x", "artifact_path": "one"}, {"run_id": "x", "artifact_path": "two"}]""", (await its.Store.GetRunAsync(run, None)).Tags["mlflow.log-model.history"]);
        await Fails(TrackingError.InvalidValue, () => its.Store.LogModelRecordAsync(run, "[]", None));
    }

    [Fact]
    public async Task WhatIsNoDatabaseOrAnOldOneIsRefusedUntouched()
    {
        using var its = new NewStore();
        File.WriteAllText(its.Path, new string('x', 5000));
        await Fails(TrackingError.InvalidValue, () => its.Store.FindExperimentAsync("x", None));
        Assert.Equal(new string('x', 5000), File.ReadAllText(its.Path));
        File.Delete(its.Path);
        its.Execute("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('97727af70f4d'); CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY); CREATE TABLE runs (run_uuid TEXT)");
        TrackingException error = await Fails(TrackingError.NotSupported, () => its.Store.FindExperimentAsync("x", None));
        Assert.Contains("97727af70f4d", error.Message);
        Assert.Contains("mlflow db upgrade", error.Message);
    }

    [Fact]
    public async Task UnrelatedTablesStay()
    {
        using var its = new NewStore();
        its.Execute("CREATE TABLE mine (a); INSERT INTO mine VALUES (7)");
        Assert.NotNull(await its.Store.FindExperimentAsync("Default", None));
        Assert.Equal([7L], its.Row("SELECT a FROM mine"));
    }

    internal static async Task<TrackingException> Fails(TrackingError kind, Func<Task> call)
    {
        TrackingException error = await Assert.ThrowsAsync<TrackingException>(call);
        Assert.Equal(kind, error.Error);
        return error;
    }
}
