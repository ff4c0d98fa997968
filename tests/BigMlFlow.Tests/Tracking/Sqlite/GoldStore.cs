using System.IO;
using System.Text.Json;
using BigMlFlow.Tracking.Sqlite;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>A copy of a database that Python's MLflow wrote, opened, with what that MLflow reads from it.</summary>
internal sealed class GoldStore : System.IDisposable
{
    /// <summary>Where the artifacts of the stores were when they were written.</summary>
    internal const string Root = "/srv/store/mlruns";

    private readonly TemporaryFolder _folder = new();

    internal GoldStore(string version)
    {
        Assert.SkipWhen(SharedFiles.Stores is null, "The stores that Python's MLflow wrote are not here.");
        Expected = Expectations(version);
        Path = _folder["mlflow.db"];
        File.WriteAllBytes(Path, File.ReadAllBytes(System.IO.Path.Combine(SharedFiles.Stores, $"mlflow-{version}-sqlite", "mlflow.db")));
        Store = new SqliteStore(Path, Root);
    }

    internal string Path { get; }

    internal JsonElement Expected { get; }

    internal SqliteStore Store { get; }

    /// <summary>What an MLflow read from its own store.</summary>
    internal static JsonElement Expectations(string version)
        => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(System.IO.Path.Combine(SharedFiles.Stores!, $"mlflow-{version}-sqlite", "expected.json")));

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
