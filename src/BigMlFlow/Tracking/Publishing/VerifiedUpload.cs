using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Tracking.Artifacts;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>
/// Uploads a model directory and looks at what arrived. The MLmodel file goes last: until it is there, what is there of the
/// rest is no model to anyone.
/// </summary>
/// <param name="store">Where it goes.</param>
/// <param name="compareContentsUpTo">Files up to this size are read back.</param>
internal sealed class VerifiedUpload(IArtifactStore store, long compareContentsUpTo)
{
    private const int Tries = 3;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Uploads a directory.</summary>
    /// <param name="folder">The directory.</param>
    /// <param name="path">Where it goes in the store; empty for the root.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What is there.</returns>
    /// <exception cref="TrackingException">It did not arrive as it is.</exception>
    internal async Task<IReadOnlyList<ArtifactFile>> UploadAsync(string folder, string path, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        string modelFile = ArtifactPath.Join(path, ModelDirectory.FileName);
        IReadOnlyList<KeyValuePair<string, FileInfo>> files = ArtifactTransfer.FilesOf(folder, path);
        KeyValuePair<string, FileInfo>[] others = [.. files.Where(file => file.Key != modelFile)];
        if (others.Length == files.Count)
            throw new TrackingException(TrackingError.InvalidValue, $"'{folder}' is no model directory: it has no MLmodel file.");
        _known.UnionWith((await ArtifactTransfer.ListTreeAsync(store, path, cancellation).ConfigureAwait(false)).Select(file => file.ArtifactPath));
        _known.UnionWith(files.Select(file => file.Key));
        await PartAsync(others, path, progress, cancellation).ConfigureAwait(false);
        await PartAsync([.. files.Where(file => file.Key == modelFile)], path, progress, cancellation).ConfigureAwait(false);
        return [.. files.Select(file => new ArtifactFile(file.Key, false, file.Value.Length))];
    }

    private async Task PartAsync(
        IReadOnlyList<KeyValuePair<string, FileInfo>> files, string path, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<KeyValuePair<string, FileInfo>> wrong = files;
        for (int left = Tries; wrong.Count > 0; left--)
        {
            if (left == 0)
                throw new TrackingException(TrackingError.Other, $"'{wrong[0].Key}' does not arrive at {store.Uri} as it is, although the upload was answered with success each time: something on the way cuts or changes it.");
            await ArtifactTransfer.UploadAsync(store, wrong, progress, cancellation).ConfigureAwait(false);
            wrong = await WrongAsync(wrong, path, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Those that are not there as they are here.</summary>
    private async Task<IReadOnlyList<KeyValuePair<string, FileInfo>>> WrongAsync(
        IReadOnlyList<KeyValuePair<string, FileInfo>> files, string path, CancellationToken cancellation)
    {
        var lengths = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (ArtifactFile there in await ArtifactTransfer.ListTreeAsync(store, path, cancellation).ConfigureAwait(false))
        {
            lengths[there.ArtifactPath] = there.Length;
            // A file by a name that was changed on the way: nobody else writes here.
            if (!_known.Contains(there.ArtifactPath))
                await store.DeleteAsync(there.ArtifactPath, cancellation).ConfigureAwait(false);
        }
        var wrong = new List<KeyValuePair<string, FileInfo>>();
        foreach (KeyValuePair<string, FileInfo> file in files)
        {
            bool isRight = lengths.TryGetValue(file.Key, out long? length) && (length ?? file.Value.Length) == file.Value.Length
                && (file.Value.Length > compareContentsUpTo || await IsSameAsync(file.Key, file.Value, cancellation).ConfigureAwait(false));
            if (!isRight)
                wrong.Add(file);
        }
        return wrong;
    }

    private async Task<bool> IsSameAsync(string path, FileInfo local, CancellationToken cancellation)
    {
        for (int left = Tries - 1; ; left--)
        {
            try
            {
                return await IsSameOnceAsync(path, local, cancellation).ConfigureAwait(false);
            }
            catch (TrackingException error) when (error.Error == TrackingError.Unreachable && left > 0)
            {
                // The connection broke while it was read.
            }
        }
    }

    private async Task<bool> IsSameOnceAsync(string path, FileInfo local, CancellationToken cancellation)
    {
        using Stream there = await store.OpenReadAsync(path, cancellation).ConfigureAwait(false);
        using FileStream here = local.OpenRead();
        byte[] one = new byte[1 << 16];
        byte[] other = new byte[1 << 16];
        while (true)
        {
            int count = await FillAsync(there, one, cancellation).ConfigureAwait(false);
            if (await FillAsync(here, other, cancellation).ConfigureAwait(false) != count || !one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, count)))
                return false;
            if (count < one.Length)
                return true;
        }
    }

    private static async Task<int> FillAsync(Stream stream, byte[] buffer, CancellationToken cancellation)
    {
        int filled = 0;
        for (int count; filled < buffer.Length && (count = await stream.ReadAsync(buffer, filled, buffer.Length - filled, cancellation).ConfigureAwait(false)) > 0;)
            filled += count;
        return filled;
    }
}
