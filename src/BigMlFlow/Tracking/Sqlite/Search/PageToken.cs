using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>Where a page begins, as MLflow writes it: JSON in Base64, so that a search begun by one is gone on with by the other.</summary>
internal static class PageToken
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The token of a place in a list.</summary>
    internal static string Write(long offset) => Encode($"{{\"offset\": {offset.ToString(CultureInfo.InvariantCulture)}}}");

    /// <summary>The place that a token stands for; 0 if there is none.</summary>
    internal static long Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return 0;
        using JsonDocument json = Decode(token!);
        return Offset(json.RootElement, token!);
    }

    /// <summary>The token of a place among logged models, which says what was searched for.</summary>
    internal static string Write(long offset, IReadOnlyCollection<string> experimentIds, string? filter, IReadOnlyList<Ordering> order)
        => Encode($"{{{Search(experimentIds, filter, order)}, \"offset\": {offset.ToString(CultureInfo.InvariantCulture)}}}");

    /// <summary>The place among logged models that a token stands for.</summary>
    /// <exception cref="TrackingException">It is no token, or one of another search.</exception>
    internal static long Read(string? token, IReadOnlyCollection<string> experimentIds, string? filter, IReadOnlyList<Ordering> order)
    {
        if (string.IsNullOrEmpty(token))
            return 0;
        using JsonDocument json = Decode(token!);
        using JsonDocument search = JsonDocument.Parse($"{{{Search(experimentIds, filter, order)}}}");
        foreach (JsonProperty property in search.RootElement.EnumerateObject())
        {
            if (!json.RootElement.TryGetProperty(property.Name, out JsonElement other) || !AreEqual(property.Value, other))
                throw Invalid(token!, $"it is one of a search with another {property.Name}");
        }
        return Offset(json.RootElement, token!);
    }

    private static string Search(IReadOnlyCollection<string> experimentIds, string? filter, IReadOnlyList<Ordering> order)
    {
        string keys = string.Join(", ", order.Select(key => $"{{\"field_name\": {Text(FieldName(key.Field))}, \"ascending\": {(key.Descending ? "false" : "true")}}}"));
        return $"\"experiment_ids\": [{string.Join(", ", experimentIds.Select(Text))}], "
            + $"\"filter_string\": {(string.IsNullOrEmpty(filter) ? "null" : Text(filter!))}, \"order_by\": {(order.Count == 0 ? "null" : $"[{keys}]")}";
    }

    private static string FieldName(Field field) => field.Kind == FieldKind.Attribute ? field.Key : $"{field.Kind.ToString().ToLowerInvariant()}s.{field.Key}";

    private static string Text(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private static JsonDocument Decode(string token)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(Convert.FromBase64String(token));
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // said below
        }
        throw Invalid(token, "it is none that a search gave");
    }

    private static long Offset(JsonElement json, string token)
        => json.TryGetProperty("offset", out JsonElement element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long offset) && offset > 0
            ? offset
            : throw Invalid(token, "it is none that a search gave");

    private static bool AreEqual(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind)
            return false;
        return one.ValueKind switch
        {
            JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray(), AreEqual).All(equal => equal),
            JsonValueKind.Object => one.EnumerateObject().All(property => other.TryGetProperty(property.Name, out JsonElement value) && AreEqual(property.Value, value)),
            JsonValueKind.String => one.GetString() == other.GetString(),
            _ => true,
        };
    }

    private static TrackingException Invalid(string token, string why) => new(TrackingError.InvalidValue, $"'{token}' is no page token: {why}.");
}
