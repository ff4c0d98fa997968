using System;
using System.IO;

namespace BigMlFlow.Tabular;

/// <summary>
/// A file that appears whole or not at all: it is written under a temporary name in the same folder, and takes the place of
/// the old one when it is complete. Devices, such as <c>/dev/null</c>, are written to as they are.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    
    // Whether there is nothing to put in its place: it is there already, or it is a device.
    private bool _isPlaced;

    /// <exception cref="TableException">The folder is not there, or cannot be written to.</exception>
    internal AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(_path) ?? throw new TableException($"'{path}' is no file.");
        if (Directory.Exists(_path))
            throw new TableException($"'{path}' is a folder: name a file to write.");
        _isPlaced = _path.StartsWith("/dev/", StringComparison.Ordinal);
        _temporary = _isPlaced ? _path : Path.Combine(folder, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Stream = new FileStream(_temporary, _isPlaced ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, _isPlaced ? FileShare.ReadWrite : FileShare.None, 1 << 16);
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
        if (_isPlaced)
            return;
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
            _isPlaced = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"'{_path}' cannot be written: {error.Message}", null, error);
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isPlaced)
            File.Delete(_temporary);
    }
}
