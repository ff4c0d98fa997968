using System;
using System.Text.RegularExpressions;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>Local folders as MLflow names them: plain paths, and <c>file:</c> URIs with drive letters, shares and escapes.</summary>
internal static class LocalUri
{
    // One letter before a colon is a drive.
    private static readonly Regex Scheme = new(@"^([A-Za-z][A-Za-z0-9+.\-]+):", RegexOptions.CultureInvariant);

    /// <summary>The scheme of a URI in lower case; null for a plain path.</summary>
    internal static string? SchemeOf(string uri) => Scheme.Match(uri) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;

    /// <summary>The path that a plain path or a <c>file:</c> URI names, as this system writes it; it may be relative.</summary>
    /// <param name="uri">The path or URI.</param>
    /// <param name="isWindows">Whether this is Windows.</param>
    /// <returns>The path; null if the URI has another scheme.</returns>
    /// <exception cref="TrackingException">The URI names another machine, which only Windows can reach so.</exception>
    internal static string? ToPath(string uri, bool isWindows)
    {
        string? scheme = SchemeOf(uri);
        if (scheme is null)
            return uri;
        if (scheme != "file")
            return null;
        string rest = uri.Substring("file:".Length);
        string host = string.Empty;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int slash = rest.IndexOf('/', 2);
            host = slash < 0 ? rest.Substring(2) : rest.Substring(2, slash - 2);
            rest = slash < 0 ? string.Empty : rest.Substring(slash);
        }
        string path = Uri.UnescapeDataString(rest);
        // Some clients write file://C:/x, which makes a host of the drive.
        if (isWindows && host.Length == 2 && host[1] == ':')
            (host, path) = (string.Empty, host + path);
        if (isWindows)
        {
            if (path.Length > 2 && path[0] == '/' && char.IsLetter(path[1]) && path[2] == ':')
                path = path.Substring(1);
            path = path.Replace('/', '\\');
            return IsHere(host) ? path : @"\\" + host + path;
        }
        return IsHere(host)
            ? path
            : throw new TrackingException(TrackingError.InvalidValue, $"'{uri}' names the machine '{host}', which is reached by a mounted folder here: give its path.");
    }

    private static bool IsHere(string host) => host.Length == 0 || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
}
