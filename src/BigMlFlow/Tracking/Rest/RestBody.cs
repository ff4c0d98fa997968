using System;
using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Tracking.Rest;

/// <summary>What requests are made of. Servers take a bare NaN for a zero and unknown words for nothing, so all is written exactly.</summary>
internal static class RestBody
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Milliseconds since 1970.</summary>
    internal static long Milliseconds(DateTime time)
        => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Subtract(Epoch).Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>A text, left out where there is none.</summary>
    internal static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    internal static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>A list of <c>{key, value}</c>, left out where it is empty.</summary>
    internal static void WritePairs(this Utf8JsonWriter writer, string name, IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("key", pair.Key);
            writer.WriteString("value", pair.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    internal static void WriteMetrics(this Utf8JsonWriter writer, IReadOnlyCollection<Metric> metrics)
    {
        if (metrics.Count == 0)
            return;
        writer.WriteStartArray("metrics");
        foreach (Metric metric in metrics)
        {
            writer.WriteStartObject();
            writer.WriteString("key", metric.Key);
            writer.WriteNumberOrName("value", metric.Value);
            writer.WriteNumber("timestamp", Milliseconds(metric.Timestamp));
            writer.WriteNumber("step", metric.Step);
            writer.WriteText("model_id", metric.ModelId);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The filter, page and order that all searches share.</summary>
    internal static void WriteSearch(this Utf8JsonWriter writer, SearchRequest request)
    {
        writer.WriteText("filter", request.Filter);
        if (request.MaxResults is { } count)
            writer.WriteNumber("max_results", count);
        writer.WriteText("page_token", request.PageToken);
    }

    /// <summary>The order of the searches that take it as texts.</summary>
    internal static void WriteOrder(this Utf8JsonWriter writer, SearchRequest request)
    {
        if (request.OrderBy.Count > 0)
            writer.WriteTexts("order_by", request.OrderBy);
    }

    internal static string Name(ViewType view) => view switch
    {
        ViewType.DeletedOnly => "DELETED_ONLY",
        ViewType.All => "ALL",
        _ => "ACTIVE_ONLY",
    };

    internal static string Name(RunStatus status) => status switch
    {
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        RunStatus.Killed => "KILLED",
        _ => "RUNNING",
    };

    private static void WriteNumberOrName(this Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsNaN(value))
        {
            writer.WriteString(name, "NaN");
        }
        else if (double.IsInfinity(value))
        {
            writer.WriteString(name, value > 0 ? "Infinity" : "-Infinity");
        }
        else
        {
            writer.WritePropertyName(name);
            NumberFormatter.WriteJson(writer, value);
        }
    }
}
