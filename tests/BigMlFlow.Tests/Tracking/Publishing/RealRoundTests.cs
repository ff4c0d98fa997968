using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using BigMlFlow.Tracking.Uris;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>A model goes to real servers and comes back by every URI that means it.</summary>
public sealed class RealRoundTests(MlflowServers servers) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Versions => MlflowServers.Versions;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task PublishedAndLoadedByEveryUri(int version)
    {
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = (await servers.GetAsync(version)).ToString() });
        var publisher = new Publisher(connection);
        string name = "round " + Guid.NewGuid().ToString("N");
        Run run = await connection.Tracking.CreateRunAsync(new RunCreation("0") { StartTime = DateTime.UtcNow, Tags = RunTags.Of("round.ps1") }, Cancellation);
        await connection.Tracking.LogBatchAsync(run.RunId, new LogBatch
        {
            Parameters = [new("depth", "3")],
            Metrics = [new Metric("acc", 0.25, DateTime.UtcNow, 0), new Metric("acc", 0.5, DateTime.UtcNow, 1), new Metric("late", 1, DateTime.UtcNow, 1)],
        }, Cancellation);

        var one = new TestModel(1);
        PublishedModel first = await publisher.PublishAsync(
            new PublishRequest("model") { RunId = run.RunId, ModelType = "tree", RegisteredModelName = name, Aliases = ["champion", "other"], Tags = [new("team", "a")], VersionDescription = "d" },
            one.SaveAsync, null, Unexpected, Cancellation);
        Assert.Equal((1, "READY", "a", "d", run.RunId), (first.Version!.Version, first.Version.Status, first.Version.Tags["team"], first.Version.Description, first.Version.RunId));
        Assert.Equal(version == 3, first.ModelId is not null);
        var two = new TestModel(2);
        PublishedModel second = await publisher.PublishAsync(TestModel.Request("other") with { RegisteredModelName = name }, two.SaveAsync, null, Unexpected, Cancellation);
        Assert.Equal(2, second.Version!.Version);
        Assert.Equal(RunStatus.Finished, (await connection.Tracking.GetRunAsync(second.RunId, Cancellation)).Status);
        await connection.Registry.TransitionStageAsync(name, 1, "Production", false, Cancellation);

        await LoadsAsync(connection, one, $"runs:/{run.RunId}/model", first.ModelUri, first.ArtifactUri, $"models:/{name}/1", $"models:/{name}/Production", $"models:/{name}@champion");
        await LoadsAsync(connection, two, $"models:/{name}/latest", $"models:/{name}/2", second.ModelUri);
        await LoadsAsync(connection, one, $"{connection.TrackingUri}api/2.0/mlflow-artifacts/artifacts/{first.ArtifactUri.Substring("mlflow-artifacts:/".Length)}");

        // A part of it, and the copy of a version, which some registries resolve and some do not.
        ResolvedModel part = await Resolve(connection, $"models:/{name}/1/data");
        await new ModelResolver(connection).DownloadAsync(part, _folder["part"], null, Cancellation);
        Assert.Equal([_folder["part/empty"]], Directory.GetFiles(_folder["part"]));
        ModelVersion copy = await connection.Registry.CreateVersionAsync(new ModelVersionCreation(name, $"models:/{name}/1"), Cancellation);
        await LoadsAsync(connection, one, $"models:/{name}/{copy.Version}");

        if (first.ModelId is { } id)
        {
            LoggedModel model = await connection.Tracking.GetLoggedModelAsync(id, Cancellation);
            Assert.Equal((LoggedModelStatus.Ready, "tree", "3", "a", run.RunId), (model.Status, model.ModelType, model.Parameters["depth"], model.Tags["team"], model.SourceRunId));
            Metric metric = Assert.Single(model.Metrics);
            Assert.Equal(("acc", 0.25, 0L), (metric.Key, metric.Value, metric.Step));
            Assert.Equal([id], (await connection.Tracking.GetRunAsync(run.RunId, Cancellation)).ModelOutputs);
        }

        await Errors.OfAsync(TrackingError.NotFound, () => Resolve(connection, $"runs:/{run.RunId}/nothing"));
        await Errors.OfAsync(TrackingError.NotFound, () => Resolve(connection, $"models:/{name}/77"));
        await Errors.OfAsync(TrackingError.NotFound, () => Resolve(connection, $"models:/{name}/Staging"));
        await Errors.OfAsync(TrackingError.NotFound, () => Resolve(connection, $"models:/{name}@nobody"));
        await Errors.OfAsync(TrackingError.NotFound, () => Resolve(connection, "models:/nobody/latest"));
        await Errors.OfAsync(version == 3 ? TrackingError.NotFound : TrackingError.NotSupported, () => Resolve(connection, "models:/m-" + new string('0', 32)));
    }

    /// <summary>A failure says why, and leaves a failed run and model.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task AFailedOneIsNoModel(int version)
    {
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = (await servers.GetAsync(version)).ToString() });
        string name = "failed " + Guid.NewGuid().ToString("N");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        string run = string.Empty;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Publisher(connection).PublishAsync(
            TestModel.Request() with { RegisteredModelName = name },
            async (placement, token) =>
            {
                run = placement.RunId;
                await new TestModel().SaveAsync(placement, token);
                await stop.CancelAsync();
            },
            null, Unexpected, stop.Token));
        Assert.Equal(RunStatus.Failed, (await connection.Tracking.GetRunAsync(run, Cancellation)).Status);
        await Errors.OfAsync(TrackingError.NotFound, () => connection.Registry.GetRegisteredModelAsync(name, Cancellation));
        await Errors.OfAsync(version == 3 ? TrackingError.InvalidValue : TrackingError.NotFound, () => Resolve(connection, $"runs:/{run}/model"));
    }

    private static void Unexpected(string warning) => Assert.Fail(warning);

    private static Task<ResolvedModel> Resolve(TrackingConnection connection, string uri) => new ModelResolver(connection).ResolveAsync(ModelUri.Parse(uri), Cancellation);

    private async Task LoadsAsync(TrackingConnection connection, TestModel model, params string[] uris)
    {
        foreach (string uri in uris)
        {
            string folder = _folder[Guid.NewGuid().ToString("N")];
            await new ModelResolver(connection).DownloadAsync(await Resolve(connection, uri), folder, null, Cancellation);
            model.AssertIn(folder);
        }
    }
}
