using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Experiments.</summary>
internal sealed partial class SqliteStore
{
    public Task<Experiment?> FindExperimentAsync(string name, CancellationToken cancellation)
    {
        Limits.CheckExperimentName(name);
        return _database.ReadAsync(
            session => session.Integer($"SELECT experiment_id FROM experiments WHERE name = $1{session.Schema.InWorkspace}", name) is { } id ? ReadExperiments(session, [id]).Single() : null,
            cancellation);
    }

    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellation)
        => _database.ReadAsync(session => FindExperiment(session, experimentId), cancellation);

    public Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckExperimentName(name);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckExperimentTag(tag.Key, tag.Value);
        return _database.WriteAsync(
            session =>
            {
                CheckNameIsFree(session, name);
                session.Execute("INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time) VALUES ($1, 'active', $2, $2)", name, Milliseconds.Now);
                long id = session.Integer("SELECT last_insert_rowid()")!.Value;
                string text = id.ToString(CultureInfo.InvariantCulture);
                foreach (KeyValuePair<string, string> tag in tags)
                    PutExperimentTag(session, id, tag.Key, tag.Value);
                session.Execute("UPDATE experiments SET artifact_location = $2 WHERE experiment_id = $1", id, artifactLocation ?? ArtifactLocation.Under(_artifactRoot, text));
                return text;
            },
            cancellation);
    }

    public Task RenameExperimentAsync(string experimentId, string name, CancellationToken cancellation)
    {
        Limits.CheckExperimentName(name);
        return WriteAsync(
            session =>
            {
                Experiment experiment = FindActiveExperiment(session, experimentId);
                if (experiment.Name != name)
                    CheckNameIsFree(session, name);
                session.Execute("UPDATE experiments SET name = $2, last_update_time = $3 WHERE experiment_id = $1", Key(experiment), name, Milliseconds.Now);
            },
            cancellation);
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellation)
        => WriteAsync(
            session =>
            {
                long id = Key(FindActiveExperiment(session, experimentId));
                long now = Milliseconds.Now;
                session.Execute("UPDATE experiments SET lifecycle_stage = 'deleted', last_update_time = $2 WHERE experiment_id = $1", id, now);
                session.Execute("UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = $2 WHERE experiment_id = $1", id, now);
            },
            cancellation);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellation)
        => WriteAsync(
            session =>
            {
                Experiment experiment = FindExperiment(session, experimentId);
                if (experiment.LifecycleStage != LifecycleStage.Deleted)
                    throw NotFound($"The experiment {experimentId} is not deleted, so there is nothing to restore.");
                session.Execute("UPDATE experiments SET lifecycle_stage = 'active', last_update_time = $2 WHERE experiment_id = $1", Key(experiment), Milliseconds.Now);
                // As MLflow does: also the runs that were deleted before.
                session.Execute("UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE experiment_id = $1", Key(experiment));
            },
            cancellation);

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellation)
    {
        Limits.CheckExperimentTag(key, value);
        return WriteAsync(session => PutExperimentTag(session, Key(FindActiveExperiment(session, experimentId)), key, value), cancellation);
    }

    private static void PutExperimentTag(Session session, long id, string key, string value)
        => session.Execute("INSERT INTO experiment_tags (key, value, experiment_id) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value", key, value, id);

    private static void CheckNameIsFree(Session session, string name)
    {
        if (session.Text($"SELECT lifecycle_stage FROM experiments WHERE name = $1{session.Schema.InWorkspace}", name) is not { } stage)
            return;
        throw new TrackingException(
            TrackingError.AlreadyExists,
            stage == LifecycleStages.Deleted
                ? $"The name '{name}' belongs to a deleted experiment: restore that, or use another name."
                : $"There is an experiment '{name}' already.");
    }

    private static long Key(Experiment experiment) => long.Parse(experiment.ExperimentId, CultureInfo.InvariantCulture);

    /// <summary>The ids of experiments as the database has them; what is no number is no id there.</summary>
    private static IEnumerable<long> Keys(IEnumerable<string> experimentIds)
    {
        foreach (string id in experimentIds)
        {
            if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long key))
                yield return key;
        }
    }

    private static Experiment FindExperiment(Session session, string experimentId)
        => ReadExperiments(session, [.. Keys([experimentId])]).SingleOrDefault() ?? throw NotFound($"There is no experiment with the id '{experimentId}'.");

    private static Experiment FindActiveExperiment(Session session, string experimentId)
    {
        Experiment experiment = FindExperiment(session, experimentId);
        return experiment.LifecycleStage == LifecycleStage.Active
            ? experiment
            : throw Invalid($"The experiment '{experiment.Name}' ({experimentId}) is deleted: restore it first.");
    }

    /// <summary>Experiments in the order of their ids given; those that are not there are left out.</summary>
    private static List<Experiment> ReadExperiments(Session session, IReadOnlyCollection<long> ids)
    {
        string keys = Session.List(ids);
        ILookup<long, KeyValuePair<string, string>> tags = session
            .Query(row => (Id: row.GetInt64(0), Pair: Pair(row)), "SELECT experiment_id, key, value FROM experiment_tags WHERE experiment_id IN (SELECT value FROM json_each($1)) ORDER BY rowid", keys)
            .ToLookup(tag => tag.Id, tag => tag.Pair);
        return session.Query(
            row => new Experiment
            {
                ExperimentId = row.StringAt(0),
                Name = row.StringAt(1),
                ArtifactLocation = row.StringAt(2),
                LifecycleStage = row.StageAt(3),
                CreationTime = row.TimeAt(4),
                LastUpdateTime = row.TimeAt(5),
                Tags = new TagSet(tags[row.GetInt64(0)]),
            },
            "SELECT experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time FROM experiments "
                + $"JOIN json_each($1) ids ON experiment_id = ids.value WHERE 1 = 1{session.Schema.InWorkspace} ORDER BY ids.key",
            keys);
    }

    /// <summary>A key and its text, after the column of whose they are.</summary>
    private static KeyValuePair<string, string> Pair(SqliteDataReader row) => new(row.StringAt(1), row.StringAt(2));
}
