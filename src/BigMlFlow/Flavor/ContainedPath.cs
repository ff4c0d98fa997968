using System;
using System.IO;

namespace BigMlFlow.Flavor;

/// <summary>
/// Paths that a model directory names from inside itself. None may lead out of it: not by <c>..</c>, not by being absolute,
/// and not by a link on the way.
/// </summary>
internal static class ContainedPath
{
    /// <summary>The full path of a file or folder inside a directory.</summary>
    /// <param name="directory">The full path of the directory.</param>
    /// <param name="relative">The path as the directory's own files name it, with slashes.</param>
    /// <param name="what">What it is the path of, for messages: "flavors.bigml.resource".</param>
    /// <returns>The full path; whether anything is there has not been looked at.</returns>
    /// <exception cref="FlavorException">It leads out of the directory.</exception>
    internal static string Resolve(string directory, string relative, string what)
    {
        string[] parts = relative.Split('/', '\\');
        if (relative.Length == 0 || relative.IndexOf('\0') >= 0 || Path.IsPathRooted(relative) || parts[0].IndexOf(':') >= 0 || Array.IndexOf(parts, "..") >= 0)
            throw Outside(directory, what, relative);
        string path = directory;
        foreach (string part in parts)
        {
            if (part is "" or ".")
                continue;
            path = Path.Combine(path, part);
            CheckLink(directory, path, what);
        }
        return path;
    }

    /// <summary>Refuses an entry of a directory that is a link to somewhere outside.</summary>
    /// <exception cref="FlavorException">It is one.</exception>
    internal static void CheckLink(string directory, string path, string what)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if ((entry.Attributes & FileAttributes.ReparsePoint) == 0 || (int)entry.Attributes == -1)
            return;
        if (LinkTarget.IsLink(entry, out string? target) && (target is null || !IsInside(directory, target)))
            throw Outside(directory, what, path);
    }

    private static bool IsInside(string directory, string path)
        => path.StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static FlavorException Outside(string directory, string what, string path)
        => new(FlavorError.OutsideDirectory, $"{what} in the model directory '{directory}' is '{path}', which leads out of the directory: it is not followed.");
}
