using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>How far a transfer of files is.</summary>
/// <param name="ArtifactPath">The file that is being sent or received.</param>
/// <param name="Bytes">How many bytes of all files have been so far.</param>
/// <param name="TotalBytes">How many there are altogether, as far as sizes are known.</param>
public sealed record TransferProgress(string ArtifactPath, long Bytes, long TotalBytes);

/// <summary>Files and folders between an artifact store and this machine. Errors as in <see cref="ITrackingStore"/>.</summary>
public static class ArtifactTransfer
{
    private const int Tries = 3;
    private const int DeepestFolder = 64;
    private const int MostFiles = 100_000;

    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    /// <summary>All files below a folder of a store, in order of their paths.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The folder; empty for the root.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The files; none where there is no such folder, or where it is a file.</returns>
    public static async Task<IReadOnlyList<ArtifactFile>> ListTreeAsync(IArtifactStore store, string path, CancellationToken cancellation)
    {
        var files = new List<ArtifactFile>();
        await AddAsync(path, 0).ConfigureAwait(false);
        return files;

        async Task AddAsync(string folder, int depth)
        {
            if (depth > DeepestFolder)
                throw new TrackingException(TrackingError.Other, $"The folders of {store.Uri} are nested more than {DeepestFolder} deep.");
            foreach (ArtifactFile entry in await store.ListAsync(folder, cancellation).ConfigureAwait(false))
            {
                if (entry.IsDirectory)
                    await AddAsync(entry.ArtifactPath, depth + 1).ConfigureAwait(false);
                else if (files.Count < MostFiles)
                    files.Add(entry);
                else
                    throw new TrackingException(TrackingError.Other, $"'{path}' in {store.Uri} holds more than {MostFiles} files.");
            }
        }
    }

    /// <summary>Finds a file: its size and that it is one.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The file; null if there is none.</returns>
    public static async Task<ArtifactFile?> FindFileAsync(IArtifactStore store, string path, CancellationToken cancellation)
    {
        // Asking for the file itself is no question: some stores answer with an error of theirs, or with nothing at all.
        IReadOnlyList<ArtifactFile> siblings = await store.ListAsync(ArtifactPath.Parent(ArtifactPath.CheckFile(path)), cancellation).ConfigureAwait(false);
        return siblings.FirstOrDefault(entry => !entry.IsDirectory && entry.ArtifactPath == path);
    }

    /// <summary>Downloads a folder. It appears whole or not at all.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The folder in it; empty for the root.</param>
    /// <param name="folder">Where it goes: a folder that is not there, or empty.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FlavorException">The folder is there and not empty, or cannot be written.</exception>
    public static async Task DownloadFolderAsync(IArtifactStore store, string path, string folder, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        using var staged = new StagedDirectory(folder, force: false);
        if (!await CopyFolderAsync(store, path, staged.Path, progress, cancellation).ConfigureAwait(false))
            throw new TrackingException(TrackingError.NotFound, $"There is no folder '{path}' with files in {store.Uri}.");
        staged.Commit();
    }

    /// <summary>Downloads a file. It appears whole or not at all, in place of one that may be there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The file in it.</param>
    /// <param name="file">Where it goes.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task DownloadFileAsync(IArtifactStore store, string path, string file, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        ArtifactFile found = await FindFileAsync(store, path, cancellation).ConfigureAwait(false)
            ?? throw new TrackingException(TrackingError.NotFound, $"There is no file '{path}' in {store.Uri}.");
        await CopyFileAsync(store, found, Path.GetFullPath(file), new Meter(progress, [found.Length ?? 0]), cancellation).ConfigureAwait(false);
    }

    /// <summary>Uploads files.</summary>
    /// <param name="store">The store.</param>
    /// <param name="files">The local files with the paths that they get.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task UploadAsync(
        IArtifactStore store, IReadOnlyList<KeyValuePair<string, FileInfo>> files, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        foreach (KeyValuePair<string, FileInfo> file in files)
            ArtifactPath.CheckFile(file.Key);
        var meter = new Meter(progress, files.Select(file => file.Value.Length));
        foreach (KeyValuePair<string, FileInfo> file in files)
        {
            await store.UploadAsync(file.Key, file.Value.FullName, meter.For(file.Key), cancellation).ConfigureAwait(false);
            meter.Add(file.Value.Length);
        }
    }

    /// <summary>The files of a local folder with the paths that they get below a folder of a store, in order.</summary>
    /// <param name="folder">The local folder.</param>
    /// <param name="path">The folder in the store; empty for the root.</param>
    public static IReadOnlyList<KeyValuePair<string, FileInfo>> FilesOf(string folder, string path)
    {
        string full = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return
        [
            .. new DirectoryInfo(full).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => new KeyValuePair<string, FileInfo>(
                    ArtifactPath.Join(path, file.FullName.Substring(full.Length).Replace(Path.DirectorySeparatorChar, '/')), file))
                .OrderBy(file => file.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Copies a folder of a store into a local one that nobody sees yet.</summary>
    /// <returns>False if there is nothing.</returns>
    internal static async Task<bool> CopyFolderAsync(IArtifactStore store, string path, string folder, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<ArtifactFile> files = await ListTreeAsync(store, path, cancellation).ConfigureAwait(false);
        var meter = new Meter(progress, files.Select(file => file.Length ?? 0));
        var names = new Dictionary<string, string>(IsWindows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (ArtifactFile file in files)
        {
            string relative = path.Length == 0 ? file.ArtifactPath : file.ArtifactPath.Substring(path.Length + 1);
            string local = Path.Combine([.. relative.Split('/').Select(part => ArtifactPath.LocalName(part, IsWindows))]);
            if (names.TryGetValue(local, out string? other))
                throw new TrackingException(TrackingError.Other, $"'{file.ArtifactPath}' and '{other}' of {store.Uri} would be one file on this machine.");
            names[local] = file.ArtifactPath;
            await CopyFileAsync(store, file, Path.Combine(folder, local), meter, cancellation).ConfigureAwait(false);
        }
        return files.Count > 0;
    }

    private static async Task CopyFileAsync(IArtifactStore store, ArtifactFile file, string target, Meter meter, CancellationToken cancellation)
    {
        for (int left = Tries - 1; ; left--)
        {
            try
            {
                await CopyOnceAsync(store, file, target, meter, cancellation).ConfigureAwait(false);
                return;
            }
            catch (TrackingException error) when (error.Error == TrackingError.Unreachable && left > 0)
            {
                // The connection broke in the middle: whether the server is there at all was tried when it was opened.
            }
        }
    }

    private static async Task CopyOnceAsync(IArtifactStore store, ArtifactFile file, string target, Meter meter, CancellationToken cancellation)
    {
        using Stream source = await store.OpenReadAsync(file.ArtifactPath, cancellation).ConfigureAwait(false);
        try
        {
            await WholeFile.WriteAsync(target, async stream =>
            {
                long count = await Copying.CopyAsync(source, stream, meter.For(file.ArtifactPath), cancellation).ConfigureAwait(false);
                if (file.Length is { } length && length != count)
                    throw new TrackingException(TrackingError.Unreachable, $"'{file.ArtifactPath}' of {store.Uri} came with {count} bytes in place of {length}.");
                meter.Add(count);
            }).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrackingException(
                error is UnauthorizedAccessException ? TrackingError.PermissionDenied : TrackingError.Other,
                $"'{file.ArtifactPath}' cannot be written to '{target}': {error.Message}",
                error);
        }
    }

    /// <summary>Adds up what was transferred of several files.</summary>
    private sealed class Meter(IProgress<TransferProgress>? progress, IEnumerable<long> lengths)
    {
        private readonly long _total = lengths.Sum();
        private long _done;

        public IProgress<long>? For(string path) => progress is null ? null : new Part(path, this, progress);

        public void Add(long length) => _done += length;

        private sealed class Part(string path, Meter meter, IProgress<TransferProgress> progress) : IProgress<long>
        {
            public void Report(long value) => progress.Report(new TransferProgress(path, meter._done + value, meter._total));
        }
    }
}
