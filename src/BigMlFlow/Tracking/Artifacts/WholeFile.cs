using System;
using System.IO;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>Files that appear whole or not at all: written beside their place, and moved there in the end.</summary>
internal static class WholeFile
{
    private const string Prefix = ".bigmlflow-";
    private const string Suffix = ".part";

    /// <summary>Whether a name is that of a file which is being written.</summary>
    internal static bool IsUnfinished(string name)
        => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Writes a file, in place of one that may be there.</summary>
    /// <param name="path">Where it shall be; its folder is made.</param>
    /// <param name="write">Writes it.</param>
    internal static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string part = Path.Combine(folder, Prefix + Guid.NewGuid().ToString("N").Substring(0, 12) + Suffix);
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
                await write(stream).ConfigureAwait(false);
            Move(part, path);
        }
        catch
        {
            TryDelete(part);
            throw;
        }
    }

    private static void Move(string part, string path)
    {
#if NET
        File.Move(part, path, overwrite: true);
#else
        if (File.Exists(path))
            File.Replace(part, path, null);
        else
            File.Move(part, path);
#endif
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its name says that it is unfinished.
        }
    }
}
