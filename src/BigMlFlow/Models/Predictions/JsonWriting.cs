using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>Numbers in JSON: shortest and round-trip on every framework, and never NaN or infinite.</summary>
internal static class JsonWriting
{
    internal static void WriteNumberText(this Utf8JsonWriter writer, double number)
    {
        if (Finite.Is(number))
            NumberFormatter.WriteJson(writer, number);
        else
            writer.WriteNullValue();
    }

    internal static void WriteNumberText(this Utf8JsonWriter writer, string name, double number)
    {
        writer.WritePropertyName(name);
        writer.WriteNumberText(number);
    }

    /// <summary>Writes a member unless it is null, as the bindings leave null members out.</summary>
    internal static void WriteOptional(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value && Finite.Is(value))
            writer.WriteNumberText(name, value);
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
            return;
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
