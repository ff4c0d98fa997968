using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Logged models, which databases have from MLflow 3 on.</summary>
internal sealed partial class SqliteStore
{
    public Task<LoggedModel?> TryCreateLoggedModelAsync(LoggedModelCreation creation, CancellationToken cancellation)
    {
        if (creation.Name is not null)
            Limits.CheckLoggedModelName(creation.Name);
        var tags = new TagSet(creation.Tags);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckLoggedModelTag(tag.Key, tag.Value);
        var parameters = new TagSet(creation.Parameters);
        string id = "m-" + NewId();
        return _database.WriteAsync<LoggedModel?>(
            session =>
            {
                if (!session.Schema.HasLoggedModels)
                    return null;
                Experiment experiment = FindActiveExperiment(session, creation.ExperimentId);
                session.Execute(
                    "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id) "
                        + "VALUES ($1, $2, $3, $4, $5, $5, $6, 'active', $7, $8)",
                    id, Key(experiment), creation.Name ?? RandomName.New(), ArtifactLocation.Under(experiment.ArtifactLocation, "models", id, "artifacts"), Milliseconds.Now,
                    (int)LoggedModelStatus.Pending, creation.ModelType, creation.SourceRunId);
                foreach (KeyValuePair<string, string> parameter in parameters)
                    session.Execute("INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value) VALUES ($1, $2, $3, $4)", id, Key(experiment), parameter.Key, parameter.Value);
                foreach (KeyValuePair<string, string> tag in tags)
                    PutModelTag(session, id, Key(experiment), tag.Key, tag.Value);
                return FindLoggedModel(session, id);
            },
            cancellation);
    }

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        return _database.ReadAsync(session => FindLoggedModel(session, modelId), cancellation);
    }

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        if (status is not (LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed))
            throw new ArgumentOutOfRangeException(nameof(status), status, "A logged model ends ready or failed.");
        return _database.WriteAsync(
            session =>
            {
                FindLoggedModel(session, modelId);
                session.Execute("UPDATE logged_models SET status = $2, last_updated_timestamp_ms = $3 WHERE model_id = $1", modelId, (int)status, Milliseconds.Now);
                return FindLoggedModel(session, modelId);
            },
            cancellation);
    }

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckLoggedModelTag(tag.Key, tag.Value);
        return WriteAsync(
            session =>
            {
                long experiment = Keys([FindLoggedModel(session, modelId).ExperimentId]).Single();
                foreach (KeyValuePair<string, string> tag in tags)
                    PutModelTag(session, modelId, experiment, tag.Key, tag.Value);
            },
            cancellation);
    }

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        return WriteAsync(
            session =>
            {
                FindLoggedModel(session, modelId);
                if (session.Execute("DELETE FROM logged_model_tags WHERE model_id = $1 AND tag_key = $2", modelId, key) == 0)
                    throw NotFound($"The logged model {modelId} has no tag '{key}'.");
            },
            cancellation);
    }

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellation)
    {
        Limits.CheckModelId(modelId);
        return WriteAsync(
            session =>
            {
                FindLoggedModel(session, modelId);
                session.Execute("UPDATE logged_models SET lifecycle_stage = 'deleted', last_updated_timestamp_ms = $2 WHERE model_id = $1", modelId, Milliseconds.Now);
            },
            cancellation);
    }

    public Task LogModelOutputsAsync(string runId, IReadOnlyCollection<KeyValuePair<string, long>> modelSteps, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        foreach (KeyValuePair<string, long> model in modelSteps)
            Limits.CheckModelId(model.Key);
        return WriteAsync(
            session =>
            {
                CheckRunIsActive(session, runId);
                foreach (KeyValuePair<string, long> model in modelSteps)
                {
                    FindLoggedModel(session, model.Key);
                    if (session.Execute(
                        "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step) VALUES ($1, 'RUN_OUTPUT', $2, 'MODEL_OUTPUT', $3, $4) ON CONFLICT DO NOTHING",
                        NewId(), runId, model.Key, model.Value) == 0)
                    {
                        throw Invalid($"The logged model {model.Key} is noted as an output of the run {runId} already.");
                    }
                }
            },
            cancellation);
    }

    private static void PutModelTag(Session session, string modelId, long experiment, string key, string value)
        => session.Execute(
            "INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET tag_value = excluded.tag_value", modelId, experiment, key, value);

    /// <summary>A metric of a model, which has one value at a step and time; a NaN is a zero here.</summary>
    private static void PutModelMetric(Session session, string runId, long experiment, string modelId, string key, double value, long time, long step)
    {
        FindLoggedModel(session, modelId);
        if (session.Execute(
            "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, experiment_id, run_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            modelId, key, time, step, value, experiment, runId) > 0)
        {
            return;
        }
        double? logged = session.First<double?>(
            row => row.GetDouble(0),
            "SELECT metric_value FROM logged_model_metrics WHERE model_id = $1 AND metric_name = $2 AND metric_timestamp_ms = $3 AND metric_step = $4 AND run_id = $5", modelId, key, time, step, runId);
        if (logged != value)
            throw Invalid($"The metric '{key}' of the logged model {modelId} has another value at step {step} and that time already: log it at another step or time.");
    }

    private static LoggedModel FindLoggedModel(Session session, string modelId)
    {
        if (!session.Schema.HasLoggedModels)
        {
            throw new TrackingException(
                TrackingError.NotSupported, $"The database has no logged models, and so not '{modelId}': they came with MLflow 3, and this database has the schema of MLflow 2.");
        }
        return ReadLoggedModels(session, [modelId]).SingleOrDefault(model => session.Text("SELECT lifecycle_stage FROM logged_models WHERE model_id = $1", model.ModelId) != LifecycleStages.Deleted)
            ?? throw NotFound($"There is no logged model with the id '{modelId}'.");
    }

    /// <summary>Logged models in the order of the ids given, deleted ones too; those that are not there are left out.</summary>
    private static List<LoggedModel> ReadLoggedModels(Session session, IReadOnlyCollection<string> ids)
    {
        string keys = Session.List(ids);
        ILookup<string, KeyValuePair<string, string>> Pairs(string columns, string table) => session
            .Query(row => (Id: row.StringAt(0), Pair: Pair(row)), $"SELECT model_id, {columns} FROM {table} WHERE model_id IN (SELECT value FROM json_each($1)) ORDER BY rowid", keys)
            .ToLookup(pair => pair.Id, pair => pair.Pair);
        ILookup<string, KeyValuePair<string, string>> tags = Pairs("tag_key, tag_value", "logged_model_tags"), parameters = Pairs("param_key, param_value", "logged_model_params");
        ILookup<string?, Metric> metrics = session
            .Query(
                row => new Metric(row.StringAt(2), row.IsDBNull(3) ? double.NaN : row.GetDouble(3), Milliseconds.TimeOrEpoch(row.GetInt64(4)), row.GetInt64(5)) { ModelId = row.TextAt(0), RunId = row.TextAt(1) },
                "SELECT model_id, run_id, metric_name, metric_value, metric_timestamp_ms, metric_step FROM logged_model_metrics WHERE model_id IN (SELECT value FROM json_each($1)) ORDER BY rowid",
                keys)
            .ToLookup(metric => metric.ModelId);
        return session.Query(
            row =>
            {
                string id = row.StringAt(0);
                return new LoggedModel
                {
                    ModelId = id,
                    ExperimentId = row.StringAt(1),
                    Name = row.StringAt(2),
                    ArtifactLocation = row.StringAt(3),
                    CreationTime = row.TimeAt(4),
                    LastUpdatedTime = row.TimeAt(5),
                    Status = row.IntegerAt(6) is >= 0 and <= (long)LoggedModelStatus.UploadFailed and { } status ? (LoggedModelStatus)status : LoggedModelStatus.Unspecified,
                    ModelType = row.TextAt(7),
                    SourceRunId = row.TextAt(8),
                    Tags = new TagSet(tags[id]),
                    Parameters = new TagSet(parameters[id]),
                    Metrics = [.. metrics[id]],
                };
            },
            "SELECT model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status, model_type, source_run_id "
                + "FROM logged_models JOIN json_each($1) ids ON model_id = ids.value ORDER BY ids.key",
            keys);
    }
}
