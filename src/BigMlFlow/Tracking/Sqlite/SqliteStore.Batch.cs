using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>What is logged to runs: metrics, parameters, tags.</summary>
internal sealed partial class SqliteStore
{
    private const string ModelRecordsTag = "mlflow.log-model.history";

    /// <summary>All of the batch or nothing: a parameter that is refused takes the rest back.</summary>
    public Task LogBatchAsync(string runId, LogBatch batch, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        IReadOnlyList<LogBatch> parts = Limits.Split(batch);
        return WriteAsync(
            session =>
            {
                long experiment = CheckRunIsActive(session, runId);
                foreach (LogBatch part in parts)
                {
                    foreach (KeyValuePair<string, string> parameter in part.Parameters)
                        PutParameter(session, runId, parameter.Key, parameter.Value);
                    foreach (Metric metric in part.Metrics)
                        PutMetric(session, runId, experiment, metric);
                    foreach (KeyValuePair<string, string> tag in part.Tags)
                        PutRunTag(session, runId, tag.Key, tag.Value);
                }
            },
            cancellation);
    }

    public Task<IReadOnlyList<Metric>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        return _database.ReadAsync<IReadOnlyList<Metric>>(
            session =>
            {
                CheckRunIsThere(session.Integer("SELECT 1 FROM runs WHERE run_uuid = $1", runId) is null ? 0 : 1, runId);
                return session.Query(
                    row => ReadMetric(row),
                    "SELECT run_uuid, key, value, is_nan, timestamp, step FROM metrics WHERE run_uuid = $1 AND key = $2 ORDER BY timestamp, step, value", runId, key);
            },
            cancellation);
    }

    public Task LogModelRecordAsync(string runId, string modelJson, CancellationToken cancellation)
    {
        Limits.CheckRunId(runId);
        CheckJson(modelJson, JsonValueKind.Object, "What is noted of a model");
        return WriteAsync(
            session =>
            {
                CheckRunIsActive(session, runId);
                string records = session.Text("SELECT value FROM tags WHERE run_uuid = $1 AND key = $2", runId, ModelRecordsTag)?.Trim() ?? "[]";
                CheckJson(records, JsonValueKind.Array, $"The tag {ModelRecordsTag} of the run {runId}");
                string before = records.Substring(0, records.Length - 1).TrimEnd();
                string value = before + (before == "[" ? string.Empty : ", ") + modelJson + "]";
                Limits.CheckRunTag(ModelRecordsTag, value);
                PutRunTag(session, runId, ModelRecordsTag, value);
            },
            cancellation);
    }

    private static void CheckJson(string text, JsonValueKind kind, string what)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == kind)
                return;
        }
        catch (JsonException)
        {
            // said below
        }
        throw Invalid($"{what} is no JSON {(kind == JsonValueKind.Object ? "object" : "list")}.");
    }

    private static void PutParameter(Session session, string runId, string key, string value)
    {
        if (session.Execute("INSERT INTO params (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key, value, runId) > 0)
            return;
        string? logged = session.Text("SELECT value FROM params WHERE key = $1 AND run_uuid = $2", key, runId);
        if (logged != value)
            throw Invalid($"The parameter '{key}' of the run {runId} was logged as '{logged}' before, and cannot become '{value}': parameters do not change.");
    }

    private static void PutMetric(Session session, string runId, long experiment, Metric metric)
    {
        bool isNaN = double.IsNaN(metric.Value);
        double value = Stored(metric.Value);
        long time = Milliseconds.Of(metric.Timestamp);
        if (metric.ModelId is not null)
            PutModelMetric(session, runId, experiment, metric.ModelId, metric.Key, value, time, metric.Step);
        session.Execute(
            "INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", metric.Key, value, time, metric.Step, isNaN, runId);
        // The latest is that of the highest step, then time, then stored value; a NaN, stored as 0, counts as that.
        session.Execute(
            "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ($1, $2, $3, $4, $5, $6) "
                + "ON CONFLICT DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan "
                + "WHERE (excluded.step, excluded.timestamp, excluded.value) > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)",
            metric.Key, value, time, metric.Step, isNaN, runId);
    }

    /// <summary>A value as MLflow stores it: there is no NaN in SQLite, and MLflow keeps infinities as the greatest numbers.</summary>
    private static double Stored(double value)
        => double.IsNaN(value) ? 0 : double.IsPositiveInfinity(value) ? double.MaxValue : double.IsNegativeInfinity(value) ? double.MinValue : value;

    /// <summary>A metric of the columns run, key, value, is_nan, timestamp and step.</summary>
    private static Metric ReadMetric(SqliteDataReader row)
        => new(row.StringAt(1), row.GetBoolean(3) ? double.NaN : row.GetDouble(2), Milliseconds.TimeOrEpoch(row.IntegerAt(4) ?? 0), row.GetInt64(5)) { RunId = row.TextAt(0) };
}
