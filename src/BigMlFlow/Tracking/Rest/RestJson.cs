using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Tracking.Rest;

/// <summary>
/// MLflow's entities from JSON, as any version and any server writes them: what is unknown is passed over, what is absent has
/// its default (servers omit empty lists and zeros), whole numbers may be texts, and NaN and the infinities are.
/// </summary>
internal static class RestJson
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal static Experiment Experiment(JsonElement json) => new()
    {
        ExperimentId = Required(json, "experiment_id"),
        Name = Text(json, "name") ?? string.Empty,
        ArtifactLocation = Text(json, "artifact_location") ?? string.Empty,
        LifecycleStage = Stage(json),
        CreationTime = Time(json, "creation_time"),
        LastUpdateTime = Time(json, "last_update_time"),
        Tags = Pairs(json, "tags"),
    };

    internal static Run Run(JsonElement json)
    {
        JsonElement info = Member(json, "info");
        JsonElement data = Member(json, "data");
        string runId = Text(info, "run_id") ?? Required(info, "run_uuid");
        TagSet tags = Pairs(data, "tags");
        return new Run
        {
            RunId = runId,
            RunName = Text(info, "run_name") is { Length: > 0 } name ? name : tags.TryGetValue("mlflow.runName", out string tag) ? tag : null,
            ExperimentId = Text(info, "experiment_id") ?? string.Empty,
            UserId = Text(info, "user_id") is { Length: > 0 } user ? user : null,
            Status = Status(info),
            StartTime = Time(info, "start_time"),
            EndTime = Time(info, "end_time"),
            ArtifactUri = Text(info, "artifact_uri") ?? string.Empty,
            LifecycleStage = Stage(info),
            Metrics = [.. Items(data, "metrics").Select(metric => Metric(metric, runId))],
            Parameters = Pairs(data, "params"),
            Tags = tags,
            ModelOutputs = [.. Items(Member(json, "outputs"), "model_outputs").Select(output => Text(output, "model_id")).OfType<string>()],
        };
    }

    internal static Metric Metric(JsonElement json, string? runId) =>
        new(Required(json, "key"), Number(json, "value"), Time(json, "timestamp") ?? Epoch, Integer(json, "step") ?? 0)
        {
            RunId = Text(json, "run_id") ?? runId,
            ModelId = Text(json, "model_id") is { Length: > 0 } model ? model : null,
        };

    internal static LoggedModel LoggedModel(JsonElement json)
    {
        JsonElement info = Member(json, "info");
        JsonElement data = Member(json, "data");
        return new LoggedModel
        {
            ModelId = Required(info, "model_id"),
            ExperimentId = Text(info, "experiment_id") ?? string.Empty,
            Name = Text(info, "name") ?? string.Empty,
            ArtifactLocation = Text(info, "artifact_uri") ?? string.Empty,
            Status = ModelStatus(info),
            SourceRunId = Text(info, "source_run_id") is { Length: > 0 } run ? run : null,
            ModelType = Text(info, "model_type") is { Length: > 0 } type ? type : null,
            CreationTime = Time(info, "creation_timestamp_ms"),
            LastUpdatedTime = Time(info, "last_updated_timestamp_ms"),
            Tags = Pairs(info, "tags"),
            Parameters = Pairs(data, "params"),
            Metrics = [.. Items(data, "metrics").Select(metric => Metric(metric, null))],
        };
    }

    internal static RegisteredModel RegisteredModel(JsonElement json) => new()
    {
        Name = Required(json, "name"),
        Description = Text(json, "description") is { Length: > 0 } description ? description : null,
        CreationTime = Time(json, "creation_timestamp"),
        LastUpdatedTime = Time(json, "last_updated_timestamp"),
        Tags = Pairs(json, "tags"),
        Aliases = Pairs(json, "aliases", "alias", "version"),
        LatestVersions = [.. Items(json, "latest_versions").Select(ModelVersion)],
    };

    internal static ModelVersion ModelVersion(JsonElement json)
    {
        string? source = Text(json, "source");
        return new ModelVersion
        {
            Name = Required(json, "name"),
            Version = Integer(json, "version") is >= 0 and <= int.MaxValue and long number ? (int)number : throw Malformed("version"),
            Source = source,
            RunId = Text(json, "run_id") is { Length: > 0 } run ? run : null,
            // Servers on a database keep no model id with a version: its source names the model.
            ModelId = Text(json, "model_id") is { Length: > 0 } model ? model : IdOf(source),
            Status = Text(json, "status") ?? "READY",
            StatusMessage = Text(json, "status_message") is { Length: > 0 } message ? message : null,
            Stage = Text(json, "current_stage") is { Length: > 0 } stage ? stage : "None",
            Description = Text(json, "description") is { Length: > 0 } description ? description : null,
            CreationTime = Time(json, "creation_timestamp"),
            LastUpdatedTime = Time(json, "last_updated_timestamp"),
            Tags = Pairs(json, "tags"),
            Aliases = [.. Items(json, "aliases").Where(alias => alias.ValueKind == JsonValueKind.String).Select(alias => Unescaped(alias, "aliases")).OfType<string>()],
        };
    }

    /// <summary>A page of a search.</summary>
    internal static Page<T> Page<T>(JsonElement json, string items, Func<JsonElement, T> item)
        => new([.. Items(json, items).Select(item)], Text(json, "next_page_token") is { Length: > 0 } token ? token : null);

    /// <summary>The items of a list; none where it is absent.</summary>
    internal static IEnumerable<JsonElement> Items(JsonElement json, string name)
    {
        JsonElement list = Member(json, name);
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
    }

    /// <summary>A member; undefined where it is absent.</summary>
    internal static JsonElement Member(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>A text, or a number as one; null where it is absent.</summary>
    internal static string? Text(JsonElement json, string name)
    {
        JsonElement value = Member(json, name);
        return value.ValueKind switch
        {
            JsonValueKind.String => Unescaped(value, name),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>A truth value; false where it is absent.</summary>
    internal static bool Flag(JsonElement json, string name) => Member(json, name).ValueKind == JsonValueKind.True;

    /// <summary>A whole number, which may be a text; null where it is absent.</summary>
    internal static long? Integer(JsonElement json, string name)
        => Text(json, name) is { } text
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Malformed(name)
            : null;

    /// <summary>JSON allows half a surrogate pair as an escape, which is no text.</summary>
    private static string? Unescaped(JsonElement value, string name)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Malformed(name);
        }
    }

    private static double Number(JsonElement json, string name) => Text(json, name) switch
    {
        null => 0,
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        string text => NumberParser.TryParse(text, out double value) ? value : throw Malformed(name),
    };

    private static string Required(JsonElement json, string name) => Text(json, name) ?? throw Malformed(name);

    /// <summary>Milliseconds since 1970 as a time; a zero is a default that was written out.</summary>
    private static DateTime? Time(JsonElement json, string name)
    {
        if (Integer(json, name) is not { } milliseconds || milliseconds == 0)
            return null;
        // A clock that is wrong by thousands of years must not make a run unreadable.
        double most = (DateTime.MaxValue - Epoch).TotalMilliseconds - 1;
        double least = (DateTime.MinValue - Epoch).TotalMilliseconds + 1;
        return milliseconds > most || milliseconds < least ? null : Epoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);
    }

    private static TagSet Pairs(JsonElement json, string name, string key = "key", string value = "value")
    {
        List<KeyValuePair<string, string>> pairs = [.. Items(json, name).Select(pair => new KeyValuePair<string, string>(Required(pair, key), Text(pair, value) ?? string.Empty))];
        return pairs.Count == 0 ? TagSet.Empty : new TagSet(pairs);
    }

    private static LifecycleStage Stage(JsonElement json)
        => Text(json, "lifecycle_stage") == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active;

    private static RunStatus Status(JsonElement json) => Text(json, "status") switch
    {
        "SCHEDULED" or "2" => RunStatus.Scheduled,
        "FINISHED" or "3" => RunStatus.Finished,
        "FAILED" or "4" => RunStatus.Failed,
        "KILLED" or "5" => RunStatus.Killed,
        _ => RunStatus.Running,
    };

    private static LoggedModelStatus ModelStatus(JsonElement json) => Text(json, "status") switch
    {
        "LOGGED_MODEL_PENDING" or "1" => LoggedModelStatus.Pending,
        "LOGGED_MODEL_READY" or "2" => LoggedModelStatus.Ready,
        "LOGGED_MODEL_UPLOAD_FAILED" or "3" => LoggedModelStatus.UploadFailed,
        _ => LoggedModelStatus.Unspecified,
    };

    private static string? IdOf(string? source)
        => source is not null && source.StartsWith("models:/m-", StringComparison.Ordinal) && source.IndexOf('/', 8) < 0 ? source.Substring(8) : null;

    private static TrackingException Malformed(string name)
        => new(TrackingError.NotMLflow, $"The server's answer lacks '{name}', or has it in a form that is not MLflow's.");
}
