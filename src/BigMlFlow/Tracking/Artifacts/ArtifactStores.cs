using System;
using System.IO;
using BigMlFlow.Tracking.Rest;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>Which store an artifact URI means.</summary>
internal static class ArtifactStores
{
    private const string Service = "api/2.0/mlflow-artifacts/artifacts";

    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    /// <summary>Opens the store of an artifact URI.</summary>
    /// <param name="uri">The URI, as MLflow's entities name it, or a path.</param>
    /// <param name="connection">The connection it came by.</param>
    internal static IArtifactStore Open(string uri, TrackingConnection connection)
    {
        switch (LocalUri.SchemeOf(uri))
        {
            case null or "file":
                return Local(uri, connection);
            case "mlflow-artifacts":
                return Proxied(uri, connection);
            case "http" or "https":
                return Addressed(uri, connection);
            case "s3" or "s3a" or "r2" or "b2" or "gs" or "wasb" or "wasbs" or "abfs" or "abfss" or "dbfs" or "hdfs" or "viewfs" or "ftp" or "sftp":
                throw new TrackingException(
                    TrackingError.NotSupported,
                    $"The artifacts at {Shown(uri)} are in a storage that is not supported yet. Let the MLflow server hand them on: it has to be started with --serve-artifacts and --artifacts-destination, which applies to experiments that are created afterwards.");
            case string scheme:
                throw new TrackingException(TrackingError.NotSupported, $"The artifacts at {Shown(uri)} cannot be reached: '{scheme}' is no kind of artifact store that is known here.");
        }
    }

    private static LocalArtifactStore Local(string uri, TrackingConnection connection)
    {
        string path = LocalUri.ToPath(uri, IsWindows)!;
        string full = Path.GetFullPath(Path.Combine(connection.BaseFolder, path));
        // A server that does not hand artifacts on names its own folders; only on its machine, or with the same folder mounted, are they ours.
        if (connection.Server is { BaseUri.IsLoopback: false } server && (!Path.IsPathRooted(path) || !IsThere(full)))
        {
            throw new TrackingException(
                TrackingError.NotSupported,
                $"The server {server} keeps artifacts in its own folder '{path}', which is not on this machine. It has to be started with --serve-artifacts, which applies to experiments that are created afterwards.");
        }
        return new LocalArtifactStore(uri, full);
    }

    /// <summary>Whether a folder, or one of those above it that a new experiment and run would add, is there.</summary>
    private static bool IsThere(string path)
    {
        string? folder = path;
        for (int above = 0; above < 5 && folder is not null && Path.GetDirectoryName(folder) is not null; above++, folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder))
                return true;
        }
        return false;
    }

    private static ProxiedArtifactStore Proxied(string uri, TrackingConnection connection)
    {
        RestClient server = connection.Server ?? throw new TrackingException(
            TrackingError.InvalidValue,
            $"'{Shown(uri)}' is kept by an MLflow server, and the tracking URI {connection} is none. Set it to that server's address.");
        string rest = uri.Substring("mlflow-artifacts:".Length);
        if (!rest.StartsWith("//", StringComparison.Ordinal) || rest.StartsWith("///", StringComparison.Ordinal))
            return new ProxiedArtifactStore(uri, server, ownsClient: false, Uri.UnescapeDataString(rest));
        int slash = rest.IndexOf('/', 2);
        string host = slash < 0 ? rest.Substring(2) : rest.Substring(2, slash - 2);
        string root = slash < 0 ? string.Empty : Uri.UnescapeDataString(rest.Substring(slash));
        if (host.IndexOf('@') >= 0 || !Uri.TryCreate($"{server.BaseUri.Scheme}://{host}/", UriKind.Absolute, out Uri? address))
            throw new TrackingException(TrackingError.InvalidValue, $"'{Shown(uri)}' names no host that could be reached.");
        return Store(uri, address, root, server);
    }

    /// <summary>The address of an MLflow server's artifacts. Nothing else on the web has lists.</summary>
    private static ProxiedArtifactStore Addressed(string uri, TrackingConnection connection)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? address))
            throw new TrackingException(TrackingError.InvalidValue, $"'{Shown(uri)}' is not an address.");
        string path = address.AbsolutePath;
        int service = path.IndexOf("/" + Service, StringComparison.Ordinal);
        if (service < 0 || (path.Length > service + Service.Length + 1 && path[service + Service.Length + 1] != '/'))
            throw new TrackingException(TrackingError.NotSupported, $"{Shown(uri)} is not the address of artifacts of an MLflow server (…/{Service}/…): other addresses do not tell what files there are. Download the files, and give the folder's path.");
        var server = new Uri($"{address.GetLeftPart(UriPartial.Authority)}{path.Substring(0, service)}/");
        return Store(uri, server, Uri.UnescapeDataString(path.Substring(service + Service.Length + 1)), connection.Server);
    }

    /// <summary>A store on the connection's server with its login, or on another without.</summary>
    private static ProxiedArtifactStore Store(string uri, Uri address, string root, RestClient? own)
    {
        string shown = Shown(uri);
        if (own is not null && Uri.Compare(own.BaseUri, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && (address.AbsolutePath == "/" || address.AbsolutePath == own.BaseUri.AbsolutePath))
        {
            return new ProxiedArtifactStore(shown, own, ownsClient: false, root);
        }
        ConnectionSettings settings = (own?.Settings ?? new ConnectionSettings()) with { Credential = null, Token = null, Workspace = null };
        return new ProxiedArtifactStore(shown, new RestClient(address, settings), ownsClient: true, root);
    }

    private static string Shown(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out Uri? address) && address.Host.Length > 0 ? RestAddress.Shown(address) : uri;
}
