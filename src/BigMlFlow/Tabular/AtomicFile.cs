using System;
using System.IO;

namespace BigMlFlow.Tabular;

/// <summary>
/// A file that appears whole or not at all: it is written under a temporary name in the same folder, and takes the place of
/// the old one when it is complete.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    /// <exception cref="TableException">The folder is not there, or cannot be written to.</exception>
    internal AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(_path) ?? throw new TableException($"'{path}' is no file.");
        if (Directory.Exists(_path))
            throw new TableException($"'{path}' is a folder: name a file to write.");
        _temporary = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"'{path}' cannot be written: {error.Message}", null, error);
        }
    }

    internal Stream Stream { get; }

    /// <summary>Puts the file, which is complete, in its place.</summary>
    /// <exception cref="TableException">The old one cannot be replaced.</exception>
    internal void Commit()
    {
        Stream.Dispose();
        try
        {
#if NET
            File.Move(_temporary, _path, overwrite: true);
#else
            if (File.Exists(_path))
                File.Replace(_temporary, _path, null);
            else
                File.Move(_temporary, _path);
#endif
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"'{_path}' cannot be written: {error.Message}", null, error);
        }
        _committed = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_committed)
            File.Delete(_temporary);
    }
}
