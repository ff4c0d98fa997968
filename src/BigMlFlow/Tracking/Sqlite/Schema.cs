using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>
/// Which of MLflow's tables and columns a database has. What is done with it goes by that, not by its revision: databases of later
/// versions than any known one are read and written in the columns that are known.
/// </summary>
internal sealed class Schema
{
    /// <summary>What the oldest database that is used as it is has (MLflow 2.9) and older ones lack, and what tells a database from a broken one.</summary>
    private static readonly string[] Needed =
    [
        "experiments.last_update_time", "experiment_tags.value", "runs.deleted_time", "tags.value", "params.value", "metrics.is_nan", "latest_metrics.is_nan",
        "datasets.digest", "inputs.destination_id", "input_tags.value", "registered_models.description", "registered_model_tags.value",
        "registered_model_aliases.version", "model_versions.storage_location", "model_version_tags.value",
    ];

    private static readonly string[] OfLoggedModels =
    [
        "logged_models.source_run_id", "logged_model_metrics.dataset_digest", "logged_model_params.param_value", "logged_model_tags.tag_value", "inputs.step",
    ];

    private readonly HashSet<string> _columns;

    private Schema(long version, HashSet<string> columns)
    {
        Version = version;
        _columns = columns;
        HasLoggedModels = OfLoggedModels.All(columns.Contains);
        InWorkspace = columns.Contains("experiments.workspace") ? " AND workspace = 'default'" : string.Empty;
    }

    /// <summary>That of a database without any table.</summary>
    internal static Schema Empty { get; } = new(0, []);

    /// <summary>SQLite's count of changes of the schema.</summary>
    internal long Version { get; }

    /// <summary>Whether the database has logged models, which came with MLflow 3.</summary>
    internal bool HasLoggedModels { get; }

    /// <summary>A condition on experiments and the registry's tables: that of MLflow, where the database knows workspaces (3.10).</summary>
    internal string InWorkspace { get; }

    /// <summary>Whether there is nothing of MLflow's in the database.</summary>
    internal bool HasNothing => !_columns.Contains("experiments.experiment_id") && !_columns.Contains("alembic_version.version_num") && !_columns.Contains("runs.run_uuid");

    /// <summary>Reads the schema.</summary>
    /// <param name="session">The database.</param>
    /// <param name="known">What was read before: still good if the database says that it did not change.</param>
    internal static Schema Read(Session session, Schema? known)
    {
        long version = session.Integer("PRAGMA schema_version") ?? 0;
        if (known is not null && known.Version == version)
            return known;
        List<string> columns = session.Query(
            row => row.GetString(0) + "." + row.GetString(1),
            "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'");
        return new Schema(version, new HashSet<string>(columns, StringComparer.Ordinal));
    }

    /// <summary>Makes the tables of a new database, and experiment 0.</summary>
    internal static void Create(Session session, string artifactRoot)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("BigMlFlow.Tracking.Sqlite.Schema.sql")!;
        using var reader = new StreamReader(stream);
        session.ExecuteScript(reader.ReadToEnd());
        CreateDefaultExperiment(session, artifactRoot);
    }

    /// <summary>Makes experiment 0, which the first who opens a database gives the artifact location.</summary>
    internal static void CreateDefaultExperiment(Session session, string artifactRoot)
        => session.Execute(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time) VALUES (0, 'Default', $1, 'active', $2, $2)",
            ArtifactLocation.Under(artifactRoot, "0"), Milliseconds.Now);

    /// <summary>Refuses a database that lacks what is needed.</summary>
    /// <exception cref="TrackingException">It was made by an MLflow before 2.9, or is broken.</exception>
    internal void Check(Session session, string path)
    {
        if (Needed.FirstOrDefault(column => !_columns.Contains(column)) is not { } missing)
            return;
        string? revision = _columns.Contains("alembic_version.version_num") ? session.Text("SELECT version_num FROM alembic_version") : null;
        throw new TrackingException(
            TrackingError.NotSupported,
            $"'{path}' is a tracking database of MLflow before 2.9, or of none: it has no {missing} (revision {revision ?? "none"}). "
                + $"Take a backup of it, then let MLflow 2.9 or later upgrade it: mlflow db upgrade \"sqlite:///{path}\".");
    }
}
