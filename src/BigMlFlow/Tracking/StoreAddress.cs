using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Tracking.Artifacts;

namespace BigMlFlow.Tracking;

/// <summary>What kind of store a tracking or registry URI means.</summary>
internal enum StoreKind
{
    /// <summary>An MLflow server.</summary>
    Server,

    /// <summary>A SQLite database on this machine, MLflow's default.</summary>
    Sqlite,

    /// <summary>A folder of text files, MLflow's default before 3.7.</summary>
    Files,
}

/// <summary>A tracking or registry URI that was understood.</summary>
/// <param name="Kind">What kind of store it means.</param>
/// <param name="Uri">The URI as it was given.</param>
internal sealed record StoreAddress(StoreKind Kind, string Uri)
{
    /// <summary>What MLflow uses where nothing is said.</summary>
    internal const string Default = "sqlite:///mlflow.db";

    private const string SqliteScheme = "sqlite:///";

    /// <summary>Understands a tracking or registry URI.</summary>
    /// <param name="uri">The URI; null or blank is MLflow's default.</param>
    /// <param name="baseFolder">The folder that relative paths are meant from.</param>
    /// <exception cref="TrackingException">It is for something that is not supported; the message says what to do instead.</exception>
    internal static StoreAddress Parse(string? uri, string baseFolder)
    {
        if (string.IsNullOrWhiteSpace(uri))
            return HasFileStore(baseFolder) ? new StoreAddress(StoreKind.Files, "./mlruns") : new StoreAddress(StoreKind.Sqlite, Default);
        string text = uri!.Trim();
        string name = LocalUri.SchemeOf(text) ?? (Path.IsPathRooted(text) ? string.Empty : text.ToLowerInvariant());
        switch (name)
        {
            case "http" or "https":
                return new StoreAddress(StoreKind.Server, text);
            case "sqlite":
                return new StoreAddress(StoreKind.Sqlite, text);
            case "databricks" or "databricks-uc" or "uc":
                throw Refused(text, "Databricks has a login, a registry and an artifact store of its own. Save the model to a folder (Save-BigMLModel) and log that folder with Databricks' own client, or use an MLflow server.");
            case "azureml":
                throw Refused(text, "Azure Machine Learning serves that scheme by its own plugin for Python. Save the model to a folder (Save-BigMLModel) and register that folder with its own tools (az ml model create --type mlflow_model), or use an MLflow server.");
            case "postgresql" or "postgres" or "mysql" or "mssql" or "oracle":
            case string when name.IndexOf('+') > 0:
                throw Refused("the database's address", $"A database of that kind ({name}) is behind an MLflow server: start one with it (mlflow server --backend-store-uri …) and give that server's address.");
            case "file":
                return new StoreAddress(StoreKind.Files, text);
        }
        if (LocalUri.SchemeOf(text) is { } scheme)
            throw Refused(scheme + ":…", $"'{scheme}' is no kind of store that is known here. Use http(s)://server, or sqlite:///file.db.");
        return new StoreAddress(StoreKind.Files, text);
    }

    /// <summary>The full path of a SQLite database. MLflow does not unescape it.</summary>
    /// <param name="baseFolder">The folder that a relative path is meant from.</param>
    internal string SqlitePath(string baseFolder)
    {
        string path = Uri.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase) ? Uri.Substring(SqliteScheme.Length) : string.Empty;
        int query = path.IndexOf('?');
        path = query < 0 ? path : path.Substring(0, query);
        if (path.Length == 0 || path == ":memory:")
            throw new TrackingException(TrackingError.NotSupported, $"'{Uri}' names no file: a database in memory is gone with the process. Use sqlite:///file.db, or sqlite:////folder/file.db for a full path.");
        return Path.GetFullPath(Path.Combine(baseFolder, path));
    }

    /// <summary>Whether MLflow takes ./mlruns for its store of files: it has a folder of an experiment.</summary>
    private static bool HasFileStore(string baseFolder)
    {
        string runs = Path.Combine(baseFolder, "mlruns");
        return Directory.Exists(runs)
            && Directory.EnumerateDirectories(runs).Any(folder => Path.GetFileName(folder).All(letter => letter is >= '0' and <= '9') && File.Exists(Path.Combine(folder, "meta.yaml")));
    }

    /// <summary>A URI without the user and password that it may hold.</summary>
    internal static string Shown(string uri) => Regex.Replace(uri, "//[^/@]*@", "//");

    private static TrackingException Refused(string uri, string instead)
        => new(TrackingError.NotSupported, $"The tracking URI '{Shown(uri)}' is not supported. {instead}");
}
