using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Artifacts;
using BigMlFlow.Tracking.Rest;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Artifacts;

/// <summary>Artifacts through a server, on good days and bad ones.</summary>
public sealed class ProxiedArtifactStoreTests(MlflowServers servers) : IDisposable
{
    private const string Root = "/api/2.0/mlflow-artifacts/artifacts";
    private const string Info = "/api/3.0/mlflow/server-info";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Versions => MlflowServers.Versions;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task ARealServerKeepsFiles(int version)
    {
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = (await servers.GetAsync(version)).ToString() });
        Run run = await connection.Tracking.CreateRunAsync(new RunCreation("0") { StartTime = DateTime.UtcNow }, Cancellation);
        using IArtifactStore store = connection.OpenArtifacts(run.ArtifactUri);
        // The server of MLflow 2 takes names outside Latin-1, and breaks the connection where it should give the files back.
        string unusual = version == 2 ? "data/é.bin" : "data/ž日.bin";
        string[] names = ["MLmodel", "empty", "data/with space+plus~'&=;.txt", unusual, "data/deep/50%"];
        for (int i = 0; i < names.Length; i++)
            _folder.Write("model/" + names[i], names[i] == "empty" ? [] : TemporaryFolder.Bytes(100_000 * i + 1, i));

        await ArtifactTransfer.UploadAsync(store, ArtifactTransfer.FilesOf(_folder["model"], "m"), null, Cancellation);
        IReadOnlyList<ArtifactFile> listed = await ArtifactTransfer.ListTreeAsync(store, "m", Cancellation);
        Assert.Equal(
            names.Select(name => ("m/" + name, (long?)new FileInfo(_folder["model/" + name]).Length)).OrderBy(pair => pair.Item1, StringComparer.Ordinal),
            listed.Select(file => (file.ArtifactPath, file.Length)).OrderBy(pair => pair.ArtifactPath, StringComparer.Ordinal));
        await ArtifactTransfer.DownloadFolderAsync(store, "m", _folder["back"], null, Cancellation);
        foreach (string name in names)
            Assert.Equal(File.ReadAllBytes(_folder["model/" + name]), File.ReadAllBytes(_folder["back/" + name]));

        using IArtifactStore addressed = connection.OpenArtifacts($"{connection.TrackingUri}api/2.0/mlflow-artifacts/artifacts/{run.ArtifactUri.Substring("mlflow-artifacts:/".Length)}/m");
        await ArtifactTransfer.DownloadFileAsync(addressed, unusual, _folder["one"], null, Cancellation);
        Assert.Equal(File.ReadAllBytes(_folder["model/" + unusual]), File.ReadAllBytes(_folder["one"]));

        await Errors.OfAsync(TrackingError.NotFound, () => ArtifactTransfer.DownloadFileAsync(store, "m/nothing", _folder["none"], null, Cancellation));
        await store.DeleteAsync("m/data", Cancellation);
        await store.DeleteAsync("m/nothing", Cancellation);
        Assert.Equal(["m/MLmodel", "m/empty"], (await ArtifactTransfer.ListTreeAsync(store, "m", Cancellation)).Select(file => file.ArtifactPath));
    }

    [Fact]
    public async Task AServerThatDoesNotServeArtifactsIsToldAtOnce()
    {
        using var server = new StubServer();
        server.Answer("PUT", "*", _ => (503, Encoding.UTF8.GetBytes("""{"detail":"Artifact serving is disabled. Run `mlflow server` with `--serve-artifacts` to enable."}""")));
        using IArtifactStore store = Store(server);
        TrackingException error = await Errors.OfAsync(TrackingError.NotSupported, () => store.UploadAsync("a", _folder.Write("file", [1]), null, Cancellation));
        Assert.Contains("--serve-artifacts", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Calls, call => call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnUploadIsSentAgainAsAWhole()
    {
        byte[] content = TemporaryFolder.Bytes(300_000);
        using var server = new StubServer();
        var received = new List<byte[]>();
        server.Answer("PUT", "*", request =>
        {
            received.Add(request.BodyAsBytes!);
            return (received.Count < 3 ? 500 : 200, []);
        });
        using IArtifactStore store = Store(server);
        await store.UploadAsync("a b/file", _folder.Write("file", content), null, Cancellation);
        Assert.Equal(3, received.Count);
        Assert.All(received, body => Assert.Equal(content, body));
        Assert.Equal("PUT " + Root + "/run/a b/file", server.Calls[^1]);
    }

    [Fact]
    public async Task AConnectionThatBreaksInADownloadIsTriedAgainAndLeavesNothingHalf()
    {
        using var server = new StubServer();
        using var broken = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", thenSilent: false);
        server.Answer("GET", Info, 200, """{"multipart_downloads_enabled":true,"artifacts_presigned_only":true}""");
        server.Answer("GET", Root, 200, """{"files":[{"path":"file","is_dir":false,"file_size":500}]}""");
        server.Answer("GET", "/api/2.0/mlflow-artifacts/presigned/run/file", 200, $$"""{"url":"{{broken.Address}}signed?secret=1"}""");
        using IArtifactStore store = Store(server);
        TrackingException error = await Errors.OfAsync(TrackingError.Unreachable, () => ArtifactTransfer.DownloadFileAsync(store, "file", _folder["file"], null, Cancellation));
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, broken.Connections);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task ADownloadThatKeepsSilentEnds()
    {
        using var silent = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", thenSilent: true);
        using var client = new RestClient(silent.Address, StubServer.Settings with { Timeout = TimeSpan.FromMilliseconds(300), MaxRetries = 0 });
        using var store = new ProxiedArtifactStore("mlflow-artifacts:/run", client, ownsClient: false, "run");
        // Its answer to server-info is not whole either, and is only a hint.
        using Stream stream = await store.OpenReadAsync("file", Cancellation);
        await Errors.OfAsync(TrackingError.Unreachable, async () => await stream.CopyToAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task AFileOfAnotherLengthThanListedIsNotTaken()
    {
        using var server = new StubServer();
        server.Answer("GET", Root, 200, """{"files":[{"path":"file","is_dir":false,"file_size":5}]}""");
        server.Answer("GET", Root + "/run/file", 200, string.Empty);
        using IArtifactStore store = Store(server);
        await Errors.OfAsync(TrackingError.Unreachable, () => ArtifactTransfer.DownloadFileAsync(store, "file", _folder["file"], null, Cancellation));
        Assert.False(File.Exists(_folder["file"]));
    }

    [Fact]
    public async Task AListThatLeadsOutsideIsRefused()
    {
        using var server = new StubServer();
        server.Answer("GET", Root, 200, """{"files":[{"path":"../../evil","is_dir":false,"file_size":5}]}""");
        using IArtifactStore store = Store(server);
        await Errors.OfAsync(TrackingError.NotMLflow, () => ArtifactTransfer.DownloadFolderAsync(store, string.Empty, _folder["back"], null, Cancellation));
        Assert.False(Directory.Exists(_folder["back"]));
    }

    [Theory]
    [InlineData(25, 3)]
    [InlineData(20, 2)]
    public async Task LargeFilesGoInPartsToTheStorageWithoutTheLogin(int length, int parts)
    {
        byte[] content = TemporaryFolder.Bytes(length);
        using var server = new StubServer();
        using var storage = new StubServer();
        OfferParts(server, storage, parts);
        var received = new SortedDictionary<string, byte[]>();
        storage.Answer("PUT", "/part*", request =>
        {
            Assert.False(request.Headers!.ContainsKey("Authorization"));
            Assert.Equal("yes", request.Headers["x-signed"].Single());
            received[request.Path] = request.BodyAsBytes!;
            return (200, []);
        });
        using IArtifactStore store = Store(server, StubServer.Settings with { MultipartMinimum = 20, MultipartChunk = 10 });
        await store.UploadAsync("dir/big", _folder.Write("file", content), null, Cancellation);
        Assert.Equal(content, received.Values.SelectMany(part => part));
        Assert.Equal(["GET " + Info, "POST /api/2.0/mlflow-artifacts/mpu/create/run/dir", "POST /api/2.0/mlflow-artifacts/mpu/complete/run/dir"], server.Calls);
        string completed = server.Requests[^1].RequestMessage!.Body!;
        Assert.Contains("\"path\":\"big\",\"upload_id\":\"U\"", completed, StringComparison.Ordinal);
        Assert.Contains("\"part_number\":" + parts, completed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereThePartsFailTheyAreGivenUpAndTheServerGetsTheFile()
    {
        using var server = new StubServer();
        using var storage = new StubServer();
        OfferParts(server, storage, 2);
        storage.Answer("PUT", "/part*", _ => (403, []));
        byte[]? received = null;
        server.Answer("PUT", "*", request => (200, (received = request.BodyAsBytes!)[..0]));
        using IArtifactStore store = Store(server, StubServer.Settings with { MultipartMinimum = 20, MultipartChunk = 10 });
        await store.UploadAsync("big", _folder.Write("file", TemporaryFolder.Bytes(20)), null, Cancellation);
        Assert.Contains("POST /api/2.0/mlflow-artifacts/mpu/abort/run", server.Calls);
        Assert.Equal(TemporaryFolder.Bytes(20), received);
    }

    [Fact]
    public async Task StoppingAnUploadGivesItsPartsUp()
    {
        using var server = new StubServer();
        using var storage = new StubServer();
        using var stop = new CancellationTokenSource();
        OfferParts(server, storage, 2);
        storage.Answer("PUT", "/part*", _ => { stop.Cancel(); return (200, []); });
        using IArtifactStore store = Store(server, StubServer.Settings with { MultipartMinimum = 20, MultipartChunk = 10 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.UploadAsync("big", _folder.Write("file", TemporaryFolder.Bytes(20)), null, stop.Token));
        Assert.Contains("POST /api/2.0/mlflow-artifacts/mpu/abort/run", server.Calls);
    }

    [Fact]
    public async Task AServerThatForbidsItsOwnWayIsNotSentTheFile()
    {
        using var server = new StubServer();
        server.Answer("GET", Info, 200, """{"multipart_uploads_enabled":true,"artifacts_presigned_only":true}""");
        server.Answer("POST", "/api/2.0/mlflow-artifacts/mpu/create/run", 501, StubServer.Error("NOT_IMPLEMENTED", "No parts here"));
        using IArtifactStore store = Store(server);
        await Errors.OfAsync(TrackingError.NotSupported, () => store.UploadAsync("small", _folder.Write("file", []), null, Cancellation));
        Assert.DoesNotContain(server.Calls, call => call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignedDownloadsFallBackToTheServer()
    {
        using var server = new StubServer();
        server.Answer("GET", Info, 200, """{"multipart_downloads_enabled":true}""");
        server.Answer("GET", "/api/2.0/mlflow-artifacts/presigned/run/file", 501, StubServer.Error("NOT_IMPLEMENTED", "No"));
        server.Answer("GET", Root + "/run/file", 200, "content");
        using IArtifactStore store = Store(server);
        using var reader = new StreamReader(await store.OpenReadAsync("file", Cancellation));
        Assert.Equal("content", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task AnotherServersArtifactsAreFetchedWithoutTheLogin()
    {
        using var server = new StubServer();
        using var other = new StubServer();
        other.Answer("GET", Root, 200, """{"files":[]}""");
        using var connection = new TrackingConnection(StubServer.Settings with { TrackingUri = server.Address.ToString() });
        using IArtifactStore store = connection.OpenArtifacts($"mlflow-artifacts://{other.Address.Authority}/x");
        Assert.Empty(await store.ListAsync(string.Empty, Cancellation));
        Assert.False(Assert.Single(other.Requests).RequestMessage!.Headers!.ContainsKey("Authorization"));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("s3://bucket/x", "--serve-artifacts")]
    [InlineData("abfss://c@a.dfs.core.windows.net/x", "--serve-artifacts")]
    [InlineData("dbfs:/x", "--serve-artifacts")]
    [InlineData("quux:/x", "'quux'")]
    [InlineData("https://example.org/models/1", "mlflow-artifacts")]
    public void OtherSchemesAreRefusedInWords(string uri, string words)
    {
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = "http://localhost:1" });
        TrackingException error = Assert.Throws<TrackingException>(() => connection.OpenArtifacts(uri));
        Assert.Equal(TrackingError.NotSupported, error.Error);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderOfTheServersMachineIsNotOurs()
    {
        using var remote = new TrackingConnection(new ConnectionSettings { TrackingUri = "http://mlflow.example.org" });
        Assert.Equal(TrackingError.NotSupported, Assert.Throws<TrackingException>(() => remote.OpenArtifacts("/nowhere/mlruns/1/run/artifacts")).Error);
        using IArtifactStore shared = remote.OpenArtifacts(_folder["1/run/artifacts"]);
        using var local = new TrackingConnection(new ConnectionSettings { TrackingUri = "http://localhost:1", BaseFolder = _folder.Path });
        using IArtifactStore store = local.OpenArtifacts("mlruns/1");
        Assert.Equal(TrackingError.InvalidValue, Assert.Throws<TrackingException>(() => new TrackingConnection(new ConnectionSettings()).OpenArtifacts("mlflow-artifacts:/1")).Error);
    }

    private static void OfferParts(StubServer server, StubServer storage, int parts)
    {
        server.Answer("GET", Info, 200, """{"multipart_uploads_enabled":true}""");
        string places = string.Join(",", Enumerable.Range(1, parts).Reverse().Select(i => $$"""{"url":"{{storage.Address}}part{{i}}?signature=secret","headers":{"x-signed":"yes"},"part_number":"{{i}}"}"""));
        server.Answer("POST", "/api/2.0/mlflow-artifacts/mpu/create/*", _ => (200, Encoding.UTF8.GetBytes($$"""{"upload_id":"U","credentials":[{{places}}]}""")));
        server.Answer("POST", "/api/2.0/mlflow-artifacts/mpu/*", _ => (200, "{}"u8.ToArray()), priority: 20);
    }

    private static ProxiedArtifactStore Store(StubServer server, ConnectionSettings? settings = null) => new("mlflow-artifacts:/run", server.Client(settings), ownsClient: true, "run");
}
