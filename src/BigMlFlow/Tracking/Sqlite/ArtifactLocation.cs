using System.Linq;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Where artifacts go below a location: a plain path, or a URI, whose query stays at its end.</summary>
internal static class ArtifactLocation
{
    internal static string Under(string location, params string[] names)
    {
        int query = location.Contains("://") ? location.IndexOf('?') : -1;
        string path = query < 0 ? location : location.Substring(0, query);
        return string.Join("/", new[] { path.TrimEnd('/') }.Concat(names)) + (query < 0 ? string.Empty : location.Substring(query));
    }
}
