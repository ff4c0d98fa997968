using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace BigMlFlow.Numbers;

/// <summary>JSON values in the words of Python, which the rule paths and the casts of the reference use.</summary>
internal static class PythonRepr
{
    /// <summary><c>repr(json.loads(…))</c>: <c>True</c>, <c>None</c>, <c>3</c>, <c>3.0</c>, <c>1e-05</c>, <c>'text'</c>, <c>['a', None]</c>, <c>{'a': 1}</c>.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary><c>str(json.loads(…))</c>: the same, but a text on its own stands as it is.</summary>
    public static string Str(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Of(value);

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(PythonText.Repr(value.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            case JsonValueKind.Array:
                AppendList(text, value);
                break;
            case JsonValueKind.Object:
                AppendDictionary(text, value);
                break;
            default:
                text.Append("None");
                break;
        }
    }

    /// <summary>A number with a point or an exponent is a float; any other an integer of any length.</summary>
    private static string Number(string json)
    {
        if (json.IndexOfAny(['.', 'e', 'E']) < 0) return json == "-0" ? "0" : json;
        NumberParser.TryParse(json.AsSpan(), out double value);
        return NumberFormatter.PythonRepr(value);
    }

    private static void AppendList(StringBuilder text, JsonElement list)
    {
        text.Append('[');
        string separator = "";
        foreach (JsonElement item in list.EnumerateArray())
        {
            text.Append(separator);
            Append(text, item);
            separator = ", ";
        }
        text.Append(']');
    }

    private static void AppendDictionary(StringBuilder text, JsonElement dictionary)
    {
        // Of a repeated key Python keeps the first place and the last value.
        var keys = new List<string>();
        var values = new Dictionary<string, JsonElement>();
        foreach (JsonProperty property in dictionary.EnumerateObject())
        {
            if (!values.ContainsKey(property.Name)) keys.Add(property.Name);
            values[property.Name] = property.Value;
        }
        text.Append('{');
        string separator = "";
        foreach (string key in keys)
        {
            text.Append(separator).Append(PythonText.Repr(key)).Append(": ");
            Append(text, values[key]);
            separator = ", ";
        }
        text.Append('}');
    }
}
