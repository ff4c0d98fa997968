using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>Several processes with one file: they wait for each other, and nothing is lost.</summary>
public sealed class SqliteConcurrencyTests
{
    /// <summary>To a process of <see cref="Writer"/>: the file, its number, how many metrics and runs.</summary>
    private const string Order = "BIGMLFLOW_TEST_WRITER";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task FourProcesses() => LoseNothing(processes: 4, metrics: 50, runs: 5);

    /// <summary>As many as there may ever be; for a machine with time.</summary>
    [Fact(Explicit = true)]
    public Task EightProcesses() => LoseNothing(processes: 8, metrics: 200, runs: 20);

    /// <summary>What each process does: metrics one by one into the shared run, runs of its own, versions of the shared model.</summary>
    [Fact(Explicit = true)]
    public async Task Writer()
    {
        string[] task = Environment.GetEnvironmentVariable(Order)!.Split('|');
        int[] numbers = [.. task.Skip(1).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        (int me, int metrics, int runs) = (numbers[0], numbers[1], numbers[2]);
        using var store = new SqliteStore(task[0], Path.Combine(Path.GetDirectoryName(task[0])!, "mlruns"));
        string? shared = null;
        try
        {
            await store.CreateExperimentAsync("shared", null, [], None);
        }
        catch (TrackingException error) when (error.Error == TrackingError.AlreadyExists)
        {
            // another was first
        }
        try
        {
            await store.CreateRegisteredModelAsync("model", null, [], None);
        }
        catch (TrackingException error) when (error.Error == TrackingError.AlreadyExists)
        {
            // another was first
        }
        Experiment experiment = (await store.FindExperimentAsync("shared", None))!;
        for (int i = 0; i < runs; i++)
        {
            Run run = await store.CreateRunAsync(new RunCreation(experiment.ExperimentId) { StartTime = NewStore.Time, RunName = $"{me}-{i}" }, None);
            shared ??= run.RunId;
            await store.LogBatchAsync(run.RunId, new LogBatch { Parameters = [new("i", i.ToString(CultureInfo.InvariantCulture))] }, None);
            await store.CreateVersionAsync(new ModelVersionCreation("model", $"s3://bucket/{me}/{i}"), None);
        }
        for (int i = 0; i < metrics; i++)
            await store.LogBatchAsync(shared!, new LogBatch { Metrics = [new Metric("m", i, NewStore.Time, i)] }, None);
    }

    /// <summary>One that waits for a lock can be stopped, and is not stopped by nothing.</summary>
    [Fact]
    public async Task WaitingForALockEndsWhenItIsStopped()
    {
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        using var stop = new CancellationTokenSource();
        Task writing;
        using (SqliteConnection other = its.Connect())
        {
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            // Readers are not in the way of one who is about to write.
            Assert.Equal(run, (await its.Store.GetRunAsync(run, None)).RunId);
            writing = its.Store.DeleteRunAsync(run, stop.Token);
            Task later = its.Store.LogBatchAsync(run, new LogBatch { Tags = [new("late", "yes")] }, None);
            await Task.Delay(1500, None);
            Assert.False(writing.IsCompleted || later.IsCompleted);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
            command.CommandText = "COMMIT";
            command.ExecuteNonQuery();
            await later;
        }
        Run read = await its.Store.GetRunAsync(run, None);
        Assert.Equal((LifecycleStage.Active, "yes"), (read.LifecycleStage, read.Tags["late"]));
    }

    [Fact]
    public async Task ADatabaseThatMayNotBeWrittenIsRead()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("Files cannot be kept from who runs the tests.");
            return;
        }
        using var its = new NewStore();
        string run = (await its.CreateRun()).RunId;
        File.SetUnixFileMode(its.Path, UnixFileMode.UserRead);
        Assert.Equal(run, (await its.Store.GetRunAsync(run, None)).RunId);
        TrackingException error = await Assert.ThrowsAsync<TrackingException>(() => its.Store.DeleteRunAsync(run, None));
        Assert.Equal(TrackingError.PermissionDenied, error.Error);
        Assert.Contains(its.Path, error.Message);
    }

    /// <summary>Nothing is held between calls: a file that is put in the place of another is the one that is used.</summary>
    [Fact]
    public async Task AFileThatIsReplacedIsTheOneThatIsUsed()
    {
        using NewStore its = new(), other = new();
        await its.CreateRun();
        string run = (await other.CreateRun()).RunId;
        File.Move(other.Path, its.Path, overwrite: true);
        Assert.Equal(run, (await its.Store.GetRunAsync(run, None)).RunId);
        File.Delete(its.Path);
        TrackingException error = await Assert.ThrowsAsync<TrackingException>(() => its.Store.GetRunAsync(run, None));
        Assert.Equal(TrackingError.NotFound, error.Error);
        Assert.False(File.Exists(its.Path));
    }

    private static async Task LoseNothing(int processes, int metrics, int runs)
    {
        using var its = new NewStore();
        Process[] writers = [.. Enumerable.Range(0, processes).Select(me => Start(string.Join('|', its.Path, me, metrics, runs)))];
        foreach (Process writer in writers)
        {
            using (writer)
            {
                string output = await writer.StandardOutput.ReadToEndAsync(None);
                await writer.WaitForExitAsync(None);
                Assert.True(writer.ExitCode == 0, output);
            }
        }
        Experiment experiment = (await its.Store.FindExperimentAsync("shared", None))!;
        IReadOnlyList<Run> found = (await its.Store.SearchRunsAsync([experiment.ExperimentId], new SearchRequest(), None)).Items;
        Assert.Equal(processes * runs, found.Select(run => run.RunName).Distinct().Count());
        Assert.All(found, run => Assert.Equal(run.RunName!.Split('-')[1], run.Parameters["i"]));
        foreach (Run run in found.Where(run => run.RunName!.EndsWith("-0", StringComparison.Ordinal)))
        {
            Assert.Equal(Enumerable.Range(0, metrics), (await its.Store.GetMetricHistoryAsync(run.RunId, "m", None)).Select(metric => (int)metric.Value));
            Assert.Equal(metrics - 1, run.Metrics.Single().Value);
        }
        IReadOnlyList<ModelVersion> versions = (await its.Store.SearchVersionsAsync(new SearchRequest { OrderBy = ["version_number"] }, None)).Items;
        Assert.Equal(Enumerable.Range(1, processes * runs), versions.Select(version => version.Version));
        Assert.Equal(processes * runs, versions.Select(version => version.Source).Distinct().Count());
        Assert.Equal(["ok"], its.Row("PRAGMA integrity_check"));
    }

    private static Process Start(string task)
    {
        // The tests themselves run in the right .NET, by its host or by an executable of their own: so do the writers.
        string tests = typeof(SqliteConcurrencyTests).Assembly.Location;
        bool hosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] arguments = ["-explicit", "only", "-method", $"{typeof(SqliteConcurrencyTests).FullName}.{nameof(Writer)}"];
        var start = new ProcessStartInfo(
            hosted ? Environment.ProcessPath! : Path.ChangeExtension(tests, OperatingSystem.IsWindows() ? ".exe" : null), hosted ? [tests, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Order] = task;
        return Process.Start(start)!;
    }
}
