using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking;

/// <summary>A file or folder among artifacts.</summary>
/// <param name="ArtifactPath">Its path below the root of the store, with forward slashes.</param>
/// <param name="IsDirectory">Whether it is a folder.</param>
/// <param name="Length">Its size in bytes; null for folders, and where the store does not tell.</param>
public sealed record ArtifactFile(string ArtifactPath, bool IsDirectory, long? Length)
{
    /// <summary>The path.</summary>
    public override string ToString() => ArtifactPath;
}

/// <summary>The files under one artifact URI, one implementation a scheme. Errors as in <see cref="ITrackingStore"/>.</summary>
public interface IArtifactStore : IDisposable
{
    /// <summary>The root, without any secret.</summary>
    string Uri { get; }

    /// <summary>What a folder holds; empty where there is none.</summary>
    /// <param name="path">The folder below the root; empty for the root itself.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<ArtifactFile>> ListAsync(string path, CancellationToken cancellation);

    /// <summary>Opens a file for reading.</summary>
    Task<Stream> OpenReadAsync(string path, CancellationToken cancellation);

    /// <summary>Uploads a file; the store shows it whole or not at all, where the scheme allows that.</summary>
    /// <param name="path">Where it goes, below the root.</param>
    /// <param name="localFile">The file.</param>
    /// <param name="sent">Told the number of bytes of the file that were sent so far, which starts anew with a new try; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    Task UploadAsync(string path, string localFile, IProgress<long>? sent, CancellationToken cancellation);

    /// <summary>Deletes a file or folder; not an error where there is none.</summary>
    Task DeleteAsync(string path, CancellationToken cancellation);
}
