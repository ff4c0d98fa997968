using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>
/// Experiments, runs, logged models and the registry in an SQLite file, as Python's MLflow keeps them there with no server: the same file
/// is read and written by both, also at the same time.
/// </summary>
/// <remarks>
/// A new database has the schema of MLflow 2.22, which every later MLflow takes over; an existing one stays at its revision. Rows are those
/// that MLflow writes (mlflow/store/tracking/sqlalchemy_store.py and mlflow/store/model_registry/sqlalchemy_store.py).
/// </remarks>
internal sealed partial class SqliteStore : ITrackingStore, IModelRegistry
{
    private readonly Database _database;

    /// <param name="path">The file, as an absolute path. It is made, with its folder, by the first use.</param>
    /// <param name="artifactRoot">Below which experiments without a location of their own have their artifacts: an absolute path, or a URI.</param>
    internal SqliteStore(string path, string artifactRoot)
    {
        if (!Path.IsPathRooted(path))
            throw new ArgumentException($"'{path}' is no absolute path.", nameof(path));
        _database = new Database(path, artifactRoot);
        _artifactRoot = artifactRoot;
        Uri = "sqlite:///" + path.Replace('\\', Path.DirectorySeparatorChar == '\\' ? '/' : '\\');
    }

    private readonly string _artifactRoot;

    /// <summary>The file as MLflow writes it: <c>sqlite:////folder/mlflow.db</c>, <c>sqlite:///C:/folder/mlflow.db</c>.</summary>
    public string Uri { get; }

    /// <summary>Nothing is held between calls.</summary>
    public void Dispose()
    {
    }

    private Task WriteAsync(Action<Session> work, CancellationToken cancellation)
        => _database.WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellation);

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static TrackingException NotFound(string message) => new(TrackingError.NotFound, message);

    private static TrackingException Invalid(string message) => new(TrackingError.InvalidValue, message);
}
