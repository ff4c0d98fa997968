using System;
using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>
/// Paths below an artifact root. Servers refuse or misread some (mlflow/utils/uri.validate_path_is_safe decodes <c>%</c> again
/// and again), and a server's list could name files outside of the folder they are downloaded to: neither happens here.
/// </summary>
internal static class ArtifactPath
{
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { "COM" + i, "LPT" + i })], StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a path that is asked for or written.</summary>
    /// <param name="path">Forward slashes, relative to the root; empty is the root itself.</param>
    /// <returns>The path.</returns>
    /// <exception cref="TrackingException">It is not a path that every server takes.</exception>
    internal static string Check(string path)
    {
        if (path.Length == 0)
            return path;
        string? why =
            path.IndexOf('\\') >= 0 ? "it has a backslash: folders are separated by /" :
            path[0] == '/' || (path.Length > 1 && path[1] == ':' && char.IsLetter(path[0])) ? "it is absolute" :
            path.IndexOf('#') >= 0 ? "it has a #, which MLflow's servers refuse" :
            IsEscaped(path) ? "it has a % before two hexadecimal digits, which MLflow's servers take for an escape" :
            path.Any(char.IsControl) ? "it has a control character" :
            path.Split('/').Any(part => part is "" or "." or "..") ? "it has an empty part, a . or a .." :
            null;
        return why is null ? path : throw new TrackingException(TrackingError.InvalidValue, $"'{path}' cannot be the path of an artifact: {why}.");
    }

    /// <summary>Checks the path of a file: not empty.</summary>
    internal static string CheckFile(string path)
        => path.Length > 0 ? Check(path) : throw new TrackingException(TrackingError.InvalidValue, "The path of an artifact must not be empty.");

    /// <summary>A name that a store's list gives for an entry of a folder.</summary>
    /// <exception cref="TrackingException">It would lead elsewhere.</exception>
    internal static string CheckListed(string name, string store)
        => name is not ("" or "." or "..") && name.IndexOfAny(['/', '\\', '\0']) < 0 ? name
            : throw new TrackingException(TrackingError.NotMLflow, $"{store} lists '{name}', which is no name of a file: nothing is read there.");

    internal static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : folder + "/" + name;

    /// <summary>The folder of a path; empty for the root.</summary>
    internal static string Parent(string path) => path.LastIndexOf('/') is >= 0 and int slash ? path.Substring(0, slash) : string.Empty;

    /// <summary>The last part of a path.</summary>
    internal static string Name(string path) => path.Substring(path.LastIndexOf('/') + 1);

    /// <summary>A path in an address, every part escaped.</summary>
    internal static string Escape(string path) => string.Join("/", path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>What a file or folder is called on this machine: Windows does not have all names.</summary>
    /// <param name="name">One part of a path.</param>
    /// <param name="isWindows">Whether this is Windows.</param>
    internal static string LocalName(string name, bool isWindows)
    {
        if (!isWindows)
            return name;
        string local = new([.. name.Select(letter => letter < ' ' || "<>:\"|?*\\".IndexOf(letter) >= 0 ? '_' : letter)]);
        if (local.EndsWith(".", StringComparison.Ordinal) || local.EndsWith(" ", StringComparison.Ordinal))
            local = local.Substring(0, local.Length - 1) + "_";
        int dot = local.IndexOf('.');
        return Devices.Contains(dot < 0 ? local : local.Substring(0, dot)) ? "_" + local : local;
    }

    private static bool IsEscaped(string path)
    {
        for (int i = path.IndexOf('%'); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 < path.Length && Uri.IsHexDigit(path[i + 1]) && Uri.IsHexDigit(path[i + 2]))
                return true;
        }
        return false;
    }
}
