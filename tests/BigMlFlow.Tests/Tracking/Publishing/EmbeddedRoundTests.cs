using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using BigMlFlow.Tracking.Uris;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>With no server at all: the database and the artifacts in the folder where one is.</summary>
public sealed class EmbeddedRoundTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PublishedAndLoadedByEveryUri()
    {
        using var connection = new TrackingConnection(new ConnectionSettings { BaseFolder = _folder.Path });
        var model = new TestModel();
        PublishedModel published = await new Publisher(connection).PublishAsync(
            TestModel.Request() with { RegisteredModelName = "embedded", Aliases = ["champion"], Tags = [new("team", "a")] }, model.SaveAsync, null, Assert.Fail, Cancellation);
        Assert.True(File.Exists(_folder["mlflow.db"]));
        Assert.StartsWith(_folder["mlruns"], published.ArtifactUri, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Finished, (await connection.Tracking.GetRunAsync(published.RunId, Cancellation)).Status);

        var resolver = new ModelResolver(connection);
        foreach (string uri in new[] { $"runs:/{published.RunId}/model", published.ModelUri, "models:/embedded/1", "models:/embedded/latest", "models:/embedded@champion", published.ArtifactUri, "mlruns" + published.ArtifactUri[_folder["mlruns"].Length..] })
        {
            string folder = _folder[Guid.NewGuid().ToString("N")];
            await resolver.DownloadAsync(await resolver.ResolveAsync(ModelUri.Parse(uri), Cancellation), folder, null, Cancellation);
            model.AssertIn(folder);
        }
    }

    [Fact]
    public async Task AFailureLeavesNoVersion()
    {
        using var connection = new TrackingConnection(new ConnectionSettings { BaseFolder = _folder.Path });
        File.WriteAllText(_folder["mlruns"], "in the way");
        TrackingException error = await Errors.OfAsync(TrackingError.Other, () => new Publisher(connection).PublishAsync(
            TestModel.Request() with { RegisteredModelName = "embedded" }, new TestModel().SaveAsync, null, Assert.Fail, Cancellation));
        Assert.Contains("mlruns", error.Message, StringComparison.Ordinal);
        await Errors.OfAsync(TrackingError.NotFound, () => connection.Registry.GetRegisteredModelAsync("embedded", Cancellation));
    }

    [Fact]
    public async Task AFolderOfFilesIsNotPassedOver()
    {
        _folder.Write("mlruns/0/meta.yaml", []);
        using var connection = new TrackingConnection(new ConnectionSettings { BaseFolder = _folder.Path });
        TrackingException error = await Errors.OfAsync(TrackingError.NotSupported, async () => await connection.Tracking.FindExperimentAsync("Default", Cancellation));
        Assert.Contains("migrate-filestore", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["mlflow.db"]));
        using var explicitly = new TrackingConnection(new ConnectionSettings { BaseFolder = _folder.Path, TrackingUri = "sqlite:///sub/a%20b.db?timeout=3" });
        Assert.NotNull(await explicitly.Tracking.FindExperimentAsync("Default", Cancellation));
        Assert.True(File.Exists(_folder["sub/a%20b.db"]));
    }

    [Theory]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///:memory:")]
    public async Task ADatabaseInMemoryIsRefused(string uri)
        => await Errors.OfAsync(TrackingError.NotSupported, () => Task.FromResult(new TrackingConnection(new ConnectionSettings { TrackingUri = uri }).Tracking));
}
