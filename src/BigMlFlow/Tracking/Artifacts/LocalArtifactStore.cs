using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>Artifacts in a folder of this machine, or one that it reaches as its own.</summary>
internal sealed class LocalArtifactStore : IArtifactStore
{
    private readonly string _root;

    /// <param name="uri">What the store is known by.</param>
    /// <param name="root">The full path of the root; it is made with the first file.</param>
    internal LocalArtifactStore(string uri, string root) => (Uri, _root) = (uri, Path.GetFullPath(root));

    public string Uri { get; }

    public void Dispose()
    {
    }

    public Task<IReadOnlyList<ArtifactFile>> ListAsync(string path, CancellationToken cancellation) => Doing(path, "listed", full =>
    {
        if (!Directory.Exists(full))
            return Task.FromResult<IReadOnlyList<ArtifactFile>>([]);
        IEnumerable<ArtifactFile> entries =
            from entry in new DirectoryInfo(full).EnumerateFileSystemInfos()
            where !WholeFile.IsUnfinished(entry.Name)
            orderby entry.Name
            select new ArtifactFile(ArtifactPath.Join(path, entry.Name), entry is DirectoryInfo, (entry as FileInfo)?.Length);
        return Task.FromResult<IReadOnlyList<ArtifactFile>>([.. entries.OrderBy(entry => entry.ArtifactPath, StringComparer.Ordinal)]);
    });

    public Task<Stream> OpenReadAsync(string path, CancellationToken cancellation) => Doing(ArtifactPath.CheckFile(path), "read", full =>
        File.Exists(full)
            ? Task.FromResult<Stream>(new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous))
            : throw new TrackingException(TrackingError.NotFound, $"There is no artifact '{path}' in {Uri}."));

    public Task UploadAsync(string path, string localFile, IProgress<long>? sent, CancellationToken cancellation) => Doing(ArtifactPath.CheckFile(path), "written", async full =>
    {
        using var source = new FileStream(localFile, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        await WholeFile.WriteAsync(full, target => Copying.CopyAsync(source, target, sent, cancellation)).ConfigureAwait(false);
        return true;
    });

    public Task DeleteAsync(string path, CancellationToken cancellation) => Doing(path, "deleted", full =>
    {
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
        return Task.FromResult(true);
    });

    /// <summary>Does something with the full path of an artifact, which lies inside the root, whatever links are there.</summary>
    private async Task<T> Doing<T>(string path, string done, Func<string, Task<T>> action)
    {
        ArtifactPath.Check(path);
        try
        {
            return await action(path.Length == 0 ? _root : ContainedPath.Resolve(_root, path, "an artifact")).ConfigureAwait(false);
        }
        catch (FlavorException error) when (error.Error == FlavorError.OutsideDirectory)
        {
            throw new TrackingException(TrackingError.PermissionDenied, $"The artifact '{path}' of {Uri} is a link that leads out of it: it is not followed.", error);
        }
        catch (DirectoryNotFoundException) when (done == "deleted")
        {
            return default!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TrackingException(
                error is UnauthorizedAccessException ? TrackingError.PermissionDenied : TrackingError.Other,
                $"The artifact '{path}' of {Uri} cannot be {done}: {error.Message}",
                error);
        }
    }
}
