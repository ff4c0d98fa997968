using System;
using System.IO;
using BigMlFlow.Tracking.Artifacts;
using BigMlFlow.Tracking.Rest;
using BigMlFlow.Tracking.Sqlite;

namespace BigMlFlow.Tracking;

/// <summary>
/// MLflow as a user reaches it: the tracking store, the registry, and the artifacts that both name. Nothing is opened before it
/// is used. Errors as in <see cref="ITrackingStore"/>.
/// </summary>
public sealed class TrackingConnection : IDisposable
{
    private readonly StoreAddress _trackingAddress;
    private readonly StoreAddress _registryAddress;
    private readonly RestClient? _server;
    private readonly RestClient? _registryServer;
    private readonly Lazy<ITrackingStore> _tracking;
    private readonly Lazy<IModelRegistry> _registry;

    /// <summary>Makes a connection.</summary>
    /// <param name="settings">Where to, and how.</param>
    /// <exception cref="TrackingException">A URI is not supported, or not safe to use.</exception>
    public TrackingConnection(ConnectionSettings settings)
    {
        Settings = settings;
        BaseFolder = Path.GetFullPath(settings.BaseFolder ?? Directory.GetCurrentDirectory());
        _trackingAddress = StoreAddress.Parse(settings.TrackingUri, BaseFolder);
        _registryAddress = string.IsNullOrWhiteSpace(settings.RegistryUri) ? _trackingAddress : StoreAddress.Parse(settings.RegistryUri, BaseFolder);
        _server = _trackingAddress.Kind == StoreKind.Server ? Client(_trackingAddress, settings) : null;
        _registryServer = _registryAddress == _trackingAddress ? _server
            : _registryAddress.Kind == StoreKind.Server ? Client(_registryAddress, settings) : null;
        TrackingUri = _server?.ToString() ?? Shown(_trackingAddress);
        RegistryUri = _registryServer?.ToString() ?? Shown(_registryAddress);
        var database = new Lazy<SqliteStore>(() => Database(_trackingAddress));
        _tracking = new Lazy<ITrackingStore>(() => _server is null ? database.Value : new RestTrackingStore(_server));
        _registry = new Lazy<IModelRegistry>(() => _registryServer is not null ? new RestModelRegistry(_registryServer)
            : _registryAddress == _trackingAddress ? database.Value : Database(_registryAddress));
    }

    /// <summary>Where to, and how.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>The tracking URI, without any secret.</summary>
    public string TrackingUri { get; }

    /// <summary>The registry URI, without any secret.</summary>
    public string RegistryUri { get; }

    /// <summary>Experiments, runs and logged models.</summary>
    public ITrackingStore Tracking => _tracking.Value;

    /// <summary>Registered models and their versions.</summary>
    public IModelRegistry Registry => _registry.Value;

    /// <summary>The folder that relative paths are meant from.</summary>
    internal string BaseFolder { get; }

    /// <summary>The tracking server; null where the store is a file.</summary>
    internal RestClient? Server => _server;

    /// <summary>A connection as the environment says: what Python's MLflow would use (<see cref="ConnectionSettings.FromEnvironment(string)"/>).</summary>
    /// <param name="baseFolder">The folder that relative paths are meant from; null is the process's.</param>
    /// <exception cref="TrackingException">A variable is malformed, or asks for what is not supported.</exception>
    public static TrackingConnection FromEnvironment(string? baseFolder = null) => new(ConnectionSettings.FromEnvironment(baseFolder));

    /// <summary>Opens the files below an artifact URI.</summary>
    /// <param name="artifactUri">The URI, as a run, a logged model or a version names it.</param>
    /// <returns>The store; dispose it.</returns>
    /// <exception cref="TrackingException">The scheme is not supported, or the files are out of reach.</exception>
    public IArtifactStore OpenArtifacts(string artifactUri) => ArtifactStores.Open(artifactUri, this);

    /// <summary>Closes what was opened.</summary>
    public void Dispose()
    {
        if (_tracking.IsValueCreated)
            _tracking.Value.Dispose();
        if (_registry.IsValueCreated)
            _registry.Value.Dispose();
        _server?.Dispose();
        if (!ReferenceEquals(_registryServer, _server))
            _registryServer?.Dispose();
    }

    /// <summary>The tracking URI, without any secret.</summary>
    public override string ToString() => TrackingUri;

    private static RestClient Client(StoreAddress address, ConnectionSettings settings)
        => Uri.TryCreate(address.Uri, UriKind.Absolute, out Uri? uri)
            ? new RestClient(uri, settings)
            : throw new TrackingException(TrackingError.InvalidValue, "The tracking URI is not a valid address of a server: expected http(s)://host[:port][/prefix].");

    private SqliteStore Database(StoreAddress address) => address.Kind == StoreKind.Sqlite
        ? new SqliteStore(address.SqlitePath(BaseFolder), ArtifactRoot())
        : throw new TrackingException(
            TrackingError.NotSupported,
            $"'{address.Uri}' is a store of files, MLflow's default before 3.7, which is not supported. Move it to a database (mlflow migrate-filestore), or say where else to look (-TrackingUri or MLFLOW_TRACKING_URI), such as {StoreAddress.Default}.");

    /// <summary>As Python writes it: a plain path, and a URI on Windows.</summary>
    private string ArtifactRoot()
    {
        if (Settings.ArtifactRoot is { } root)
            return root;
        string folder = Path.Combine(BaseFolder, "mlruns");
        return Path.DirectorySeparatorChar == '\\' ? new Uri(folder).AbsoluteUri : folder;
    }

    private string Shown(StoreAddress address) => address.Kind != StoreKind.Sqlite
        ? StoreAddress.Shown(address.Uri)
        : "sqlite:///" + address.SqlitePath(BaseFolder).Replace(Path.DirectorySeparatorChar, '/');
}
