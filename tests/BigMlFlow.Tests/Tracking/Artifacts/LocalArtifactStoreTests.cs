using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Artifacts;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Artifacts;

public sealed class LocalArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LocalArtifactStore Store => new("file:store", _folder["store"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFolderGoesInAndComesBack()
    {
        _folder.Write("model/MLmodel", TemporaryFolder.Bytes(10));
        _folder.Write("model/data/größe 1.bin", TemporaryFolder.Bytes(200_000));
        _folder.Write("model/empty", []);
        Assert.Empty(await Store.ListAsync(string.Empty, Cancellation));

        var progress = new Told();
        await ArtifactTransfer.UploadAsync(Store, ArtifactTransfer.FilesOf(_folder["model"], "a/b"), progress, Cancellation);
        Assert.Equal(["a/b/MLmodel", "a/b/data/größe 1.bin", "a/b/empty"], (await ArtifactTransfer.ListTreeAsync(Store, "a", Cancellation)).Select(file => file.ArtifactPath));
        Assert.Equal((200_010, 200_010), (progress.Last!.Bytes, progress.Last.TotalBytes));
        Assert.Equal([new ArtifactFile("a/b/MLmodel", false, 10), new ArtifactFile("a/b/data", true, null), new ArtifactFile("a/b/empty", false, 0)], await Store.ListAsync("a/b", Cancellation));

        await ArtifactTransfer.DownloadFolderAsync(Store, "a/b", _folder["back"], null, Cancellation);
        foreach (string name in new[] { "MLmodel", "data/größe 1.bin", "empty" })
            Assert.Equal(File.ReadAllBytes(_folder["model/" + name]), File.ReadAllBytes(_folder["back/" + name]));
        await ArtifactTransfer.DownloadFileAsync(Store, "a/b/MLmodel", _folder["one/file"], null, Cancellation);
        Assert.Equal(10, new FileInfo(_folder["one/file"]).Length);

        await Store.DeleteAsync("a/b/data", Cancellation);
        await Store.DeleteAsync("a/b/nothing", Cancellation);
        await Store.DeleteAsync("nowhere/nothing", Cancellation);
        Assert.Equal(2, (await ArtifactTransfer.ListTreeAsync(Store, string.Empty, Cancellation)).Count);
    }

    [Fact]
    public async Task WhatIsNotThereIsSaid()
    {
        await Errors.OfAsync(TrackingError.NotFound, () => Store.OpenReadAsync("nothing", Cancellation));
        await Errors.OfAsync(TrackingError.NotFound, () => ArtifactTransfer.DownloadFolderAsync(Store, "nothing", _folder["back"], null, Cancellation));
        await Errors.OfAsync(TrackingError.NotFound, () => ArtifactTransfer.DownloadFileAsync(Store, "nothing", _folder["back"], null, Cancellation));
        Assert.False(Directory.Exists(_folder["back"]) || File.Exists(_folder["back"]));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../outside")]
    public async Task NothingOutsideIsTouched(string path)
    {
        string file = _folder.Write("file", [1]);
        await Errors.OfAsync(TrackingError.InvalidValue, () => Store.OpenReadAsync(path, Cancellation));
        await Errors.OfAsync(TrackingError.InvalidValue, () => Store.UploadAsync(path, file, null, Cancellation));
        await Errors.OfAsync(TrackingError.InvalidValue, () => Store.DeleteAsync(path, Cancellation));
        await Errors.OfAsync(TrackingError.InvalidValue, () => Store.ListAsync(path, Cancellation));
        Assert.False(File.Exists(_folder["outside"]));
    }

    [Fact]
    public async Task LinksThatLeadOutAreNotFollowed()
    {
        _folder.Write("secret/key", [1]);
        Directory.CreateDirectory(_folder["store"]);
        Directory.CreateSymbolicLink(_folder["store/link"], _folder["secret"]);
        await Errors.OfAsync(TrackingError.PermissionDenied, () => Store.OpenReadAsync("link/key", Cancellation));
        await Errors.OfAsync(TrackingError.PermissionDenied, () => Store.UploadAsync("link/new", _folder["secret/key"], null, Cancellation));
        Assert.Single(Directory.GetFiles(_folder["secret"]));
    }

    [Fact]
    public async Task AnUploadThatIsStoppedLeavesNothing()
    {
        string file = _folder.Write("file", TemporaryFolder.Bytes(1 << 20));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UploadAsync("a/file", file, new Stopping(stop), stop.Token));
        Assert.Empty(Directory.GetFiles(_folder["store"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task AFileThatIsThereStaysUntilTheNewOneIsWhole()
    {
        string old = _folder.Write("old", [1, 2, 3]);
        string file = _folder.Write("file", TemporaryFolder.Bytes(1 << 20));
        await Store.UploadAsync("a", old, null, Cancellation);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UploadAsync("a", file, new Stopping(stop), stop.Token));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["store/a"]));
        await Store.UploadAsync("a", file, null, Cancellation);
        Assert.Equal(1 << 20, new FileInfo(_folder["store/a"]).Length);
    }

    [Fact]
    public async Task AFolderWithFilesIsNotDownloadedOver()
    {
        await Store.UploadAsync("m/a", _folder.Write("file", [1]), null, Cancellation);
        _folder.Write("there/b", [2]);
        FlavorException error = await Assert.ThrowsAsync<FlavorException>(() => ArtifactTransfer.DownloadFolderAsync(Store, "m", _folder["there"], null, Cancellation));
        Assert.Equal(FlavorError.TargetExists, error.Error);
        Assert.Equal([_folder["there/b"]], Directory.GetFiles(_folder["there"]));
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsSaid()
    {
        _folder.Write("store", [1]);
        TrackingException error = await Errors.OfAsync(TrackingError.Other, () => Store.UploadAsync("a/b", _folder.Write("file", [1]), null, Cancellation));
        Assert.Contains("'a/b'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Told : IProgress<TransferProgress>
    {
        public TransferProgress? Last { get; private set; }

        public void Report(TransferProgress value) => Last = value;
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
