using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BigMlFlow.Flavor;

/// <summary>The folder <c>code/</c> of a model directory, which Python puts on its path before it loads the model.</summary>
internal static class CodeFiles
{
    internal const string Folder = "code";

    private const string Compiled = "__pycache__";

    /// <summary>Copies files and folders, each under its own name.</summary>
    /// <exception cref="FlavorException">One is not there, or two have the same name.</exception>
    internal static void Copy(IReadOnlyList<string> paths, string directory)
    {
        string target = Path.Combine(directory, Folder);
        foreach (string path in paths)
        {
            string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            string copy = Path.Combine(target, Path.GetFileName(full));
            if (File.Exists(copy) || Directory.Exists(copy))
                throw Refuse(path, $"has the name of another one, '{Path.GetFileName(full)}'");
            if (directory.StartsWith(full + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw Refuse(path, "holds the directory that is being saved");
            Directory.CreateDirectory(target);
            if (File.Exists(full))
                File.Copy(full, copy);
            else if (Directory.Exists(full))
                CopyFolder(new DirectoryInfo(full), copy);
            else
                throw Refuse(path, "does not exist");
        }
    }

    private static void CopyFolder(DirectoryInfo folder, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (FileInfo file in folder.EnumerateFiles())
            file.CopyTo(Path.Combine(copy, file.Name));
        // a link to a folder could lead around in a circle
        foreach (DirectoryInfo inner in folder.EnumerateDirectories().Where(each => each.Name != Compiled && !LinkTarget.IsLink(each, out _)))
            CopyFolder(inner, Path.Combine(copy, inner.Name));
    }

    private static FlavorException Refuse(string path, string why) => new(FlavorError.InvalidOption, $"The code path '{path}' {why}.");
}
