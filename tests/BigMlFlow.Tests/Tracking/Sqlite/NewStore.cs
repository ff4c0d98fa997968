using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Sqlite;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>A store in a folder of its own: a new one of the schema of MLflow 2, or an empty one of another MLflow's schema.</summary>
internal sealed class NewStore : IDisposable
{
    internal static readonly DateTime Time = new(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    /// <param name="schema">The MLflow whose schema it has; null for that of a new one.</param>
    internal NewStore(string? schema = null)
    {
        Path = _folder["mlflow.db"];
        Artifacts = _folder["mlruns"];
        if (schema is not null)
        {
            Xunit.Assert.SkipWhen(SharedFiles.Stores is null, "The schemas of Python's MLflow are not here.");
            string folder = SharedFiles.Stores;
            Execute(System.IO.File.ReadAllText(System.IO.Path.Combine(folder, $"schema-{schema}.sql")));
        }
        Store = new SqliteStore(Path, Artifacts);
    }

    internal string Path { get; }

    internal string Artifacts { get; }

    internal string Folder => _folder.Path;

    internal SqliteStore Store { get; }

    internal Task<Run> CreateRun(string experiment = "0", string? name = null, params KeyValuePair<string, string>[] tags)
        => Store.CreateRunAsync(new RunCreation(experiment) { StartTime = Time, RunName = name, Tags = tags }, CancellationToken.None);

    internal Task Log(string run, params Metric[] metrics) => Store.LogBatchAsync(run, new LogBatch { Metrics = metrics }, CancellationToken.None);

    /// <summary>Runs SQL past the store.</summary>
    internal void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Asks SQL past the store: the values of the first row.</summary>
    internal object[] Row(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        Xunit.Assert.True(reader.Read(), "No row: " + sql);
        object[] values = new object[reader.FieldCount];
        reader.GetValues(values);
        return values;
    }

    /// <summary>Opens the file as another program does.</summary>
    internal SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => _folder.Dispose();
}
