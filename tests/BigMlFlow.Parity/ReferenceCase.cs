using System;
using System.Text.Json;

namespace BigMlFlow.Parity;

/// <summary>One call of a method of the bindings, and what came of it: a line of <c>cases.jsonl</c>.</summary>
internal sealed class ReferenceCase
{
    internal ReferenceCase(JsonElement line)
    {
        Row = line.GetProperty("row").GetInt32();
        Method = line.GetProperty("method").GetString() ?? throw new FormatException("A case without a method.");
        Options = line.TryGetProperty("options", out JsonElement options) ? options : JsonSerializer.SerializeToElement(new { });
        IsQuirk = line.TryGetProperty("quirk", out JsonElement quirk) && quirk.ValueKind == JsonValueKind.True;
        IsRefused = line.TryGetProperty("error", out JsonElement error);
        if (IsRefused)
        {
            ErrorType = error.GetProperty("type").GetString();
            ErrorMessage = error.GetProperty("message").GetString();
        }
        else
        {
            Expected = line.GetProperty("expected");
        }
    }

    /// <summary>The place of the row in <c>input.jsonl</c>.</summary>
    internal int Row { get; }

    /// <summary>The bindings' method: predict, predict_probability, centroid …</summary>
    internal string Method { get; }

    /// <summary>Its keyword arguments.</summary>
    internal JsonElement Options { get; }

    /// <summary>What it returned.</summary>
    internal JsonElement Expected { get; }

    /// <summary>Whether it raised an exception.</summary>
    internal bool IsRefused { get; }

    internal string? ErrorType { get; }

    internal string? ErrorMessage { get; }

    /// <summary>Whether the outcome is an accident of the bindings, which nobody should imitate.</summary>
    internal bool IsQuirk { get; }

    /// <summary>Whether a full answer was asked for.</summary>
    internal bool IsFull => Options.TryGetProperty("full", out JsonElement full) && full.ValueKind == JsonValueKind.True;

    internal bool IsCompact => Options.TryGetProperty("compact", out JsonElement compact) && compact.ValueKind == JsonValueKind.True;

    internal bool Has(string option) => Options.TryGetProperty(option, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    internal int? Code(string option)
        => Options.TryGetProperty(option, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
