using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Runs: how they begin, go on and end.</summary>
internal sealed partial class SqliteStore
{
    private const string RunNameTag = "mlflow.runName";
    private const string UserTag = "mlflow.user";

    public Task<Run> CreateRunAsync(RunCreation creation, CancellationToken cancellation)
    {
        var tags = new TagSet(creation.Tags);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckRunTag(tag.Key, tag.Value);
        tags.TryGetValue(RunNameTag, out string? tagged);
        if (creation.RunName is { Length: > 0 } given && tagged is { Length: > 0 } && given != tagged)
            throw Invalid($"The run has two names, '{given}' and, as the tag {RunNameTag}, '{tagged}': give one.");
        string name = creation.RunName is { Length: > 0 } ? creation.RunName : tagged is { Length: > 0 } ? tagged : RandomName.New();
        Limits.CheckRunTag(RunNameTag, name);
        string user = creation.UserId ?? (tags.TryGetValue(UserTag, out string? other) ? other : "unknown");
        string id = NewId();
        return _database.WriteAsync(
            session =>
            {
                Experiment experiment = FindActiveExperiment(session, creation.ExperimentId);
                session.Execute(
                    "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version, lifecycle_stage, artifact_uri, experiment_id) "
                        + "VALUES ($1, $2, 'UNKNOWN', '', '', $3, 'RUNNING', $4, '', 'active', $5, $6)",
                    id, name, user, Milliseconds.Of(creation.StartTime), ArtifactLocation.Under(experiment.ArtifactLocation, id, "artifacts"), Key(experiment));
                foreach (KeyValuePair<string, string> tag in tags.Where(tag => tag.Key != RunNameTag))
                    PutRunTag(session, id, tag.Key, tag.Value);
                PutRunTag(session, id, RunNameTag, name);
                return FindRun(session, id);
            },
            cancellation);
    }

    public Task<Run> GetRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return _database.ReadAsync(session => FindRun(session, runId), cancellation);
    }

    public Task UpdateRunAsync(string runId, RunStatus? status, DateTime? endTime, string? name, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        if (name is { Length: > 0 })
            Limits.CheckRunTag(RunNameTag, name);
        return WriteAsync(
            session =>
            {
                CheckRunIsActive(session, runId);
                session.Execute(
                    "UPDATE runs SET status = COALESCE($2, status), end_time = COALESCE($3, end_time) WHERE run_uuid = $1",
                    runId, status is { } value ? Spelled(value) : null, endTime is { } time ? Milliseconds.Of(time) : null);
                if (name is { Length: > 0 })
                    PutRunTag(session, runId, RunNameTag, name);
            },
            cancellation);
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return WriteAsync(
            session => CheckRunIsThere(session.Execute("UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = $2 WHERE run_uuid = $1", runId, Milliseconds.Now), runId), cancellation);
    }

    public Task RestoreRunAsync(string runId, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return WriteAsync(
            session => CheckRunIsThere(session.Execute("UPDATE runs SET lifecycle_stage = 'active', deleted_time = NULL WHERE run_uuid = $1", runId), runId), cancellation);
    }

    public Task DeleteRunTagAsync(string runId, string key, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return WriteAsync(
            session =>
            {
                CheckRunIsActive(session, runId);
                if (session.Execute("DELETE FROM tags WHERE run_uuid = $1 AND key = $2", runId, key) == 0)
                    throw NotFound($"The run {runId} has no tag '{key}'.");
            },
            cancellation);
    }

    /// <summary>Sets a tag; that of the name names the run too.</summary>
    private static void PutRunTag(Session session, string runId, string key, string value)
    {
        session.Execute("INSERT INTO tags (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value", key, value, runId);
        if (key == RunNameTag)
            session.Execute("UPDATE runs SET name = $2 WHERE run_uuid = $1", runId, value);
    }

    private static string Spelled(RunStatus status) => status.ToString().ToUpperInvariant();

    private static void CheckRunIsThere(int found, string runId)
    {
        if (found == 0)
            throw NotFound($"There is no run with the id '{runId}'.");
    }

    /// <summary>Deleted runs are not written to.</summary>
    /// <returns>The experiment of the run.</returns>
    private static long CheckRunIsActive(Session session, string runId)
    {
        (long Experiment, LifecycleStage Stage)? run = session.First<(long, LifecycleStage)?>(
            row => (row.GetInt64(0), row.StageAt(1)), "SELECT experiment_id, lifecycle_stage FROM runs WHERE run_uuid = $1", runId);
        CheckRunIsThere(run is null ? 0 : 1, runId);
        return run!.Value.Stage == LifecycleStage.Active ? run.Value.Experiment : throw Invalid($"The run {runId} is deleted: restore it first.");
    }

    private static Run FindRun(Session session, string runId)
        => ReadRuns(session, [runId]).SingleOrDefault() ?? throw NotFound($"There is no run with the id '{runId}'.");

    /// <summary>Runs in the order of the ids given; those that are not there are left out.</summary>
    private static List<Run> ReadRuns(Session session, IReadOnlyCollection<string> ids)
    {
        string keys = Session.List(ids);
        ILookup<string, KeyValuePair<string, string>> Pairs(string table) => session
            .Query(row => (Id: row.StringAt(0), Pair: Pair(row)), $"SELECT run_uuid, key, value FROM {table} WHERE run_uuid IN (SELECT value FROM json_each($1)) ORDER BY rowid", keys)
            .ToLookup(pair => pair.Id, pair => pair.Pair);
        ILookup<string, KeyValuePair<string, string>> tags = Pairs("tags"), parameters = Pairs("params");
        ILookup<string?, Metric> metrics = session
            .Query(row => ReadMetric(row), "SELECT run_uuid, key, value, is_nan, timestamp, step FROM latest_metrics WHERE run_uuid IN (SELECT value FROM json_each($1)) ORDER BY rowid", keys)
            .ToLookup(metric => metric.RunId);
        ILookup<string, string> models = session
            .Query(
                row => (Run: row.StringAt(0), Model: row.StringAt(1)),
                "SELECT source_id, destination_id FROM inputs WHERE source_type = 'RUN_OUTPUT' AND source_id IN (SELECT value FROM json_each($1)) AND destination_type = 'MODEL_OUTPUT' ORDER BY rowid",
                keys)
            .ToLookup(output => output.Run, output => output.Model);
        return session.Query(
            row =>
            {
                string id = row.StringAt(0);
                return new Run
                {
                    RunId = id,
                    RunName = row.TextAt(1) is { Length: > 0 } name ? name : tags[id].FirstOrDefault(tag => tag.Key == RunNameTag).Value,
                    ExperimentId = row.StringAt(2),
                    UserId = row.TextAt(3) is { Length: > 0 } user ? user : null,
                    Status = Enum.TryParse(row.TextAt(4), ignoreCase: true, out RunStatus status) ? status : RunStatus.Running,
                    StartTime = row.TimeAt(5),
                    EndTime = row.TimeAt(6),
                    ArtifactUri = row.StringAt(7),
                    LifecycleStage = row.StageAt(8),
                    Metrics = [.. metrics[id]],
                    Parameters = new TagSet(parameters[id]),
                    Tags = new TagSet(tags[id]),
                    ModelOutputs = [.. models[id]],
                };
            },
            "SELECT run_uuid, name, experiment_id, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage FROM runs JOIN json_each($1) ids ON run_uuid = ids.value ORDER BY ids.key",
            keys);
    }
}
