using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor;

/// <summary>JSON as Python's <c>json.dumps</c> writes it, ASCII alone, so that files are the same whoever wrote them; and plain values of JSON.</summary>
internal static class PythonJson
{
    /// <summary>The text of a value: dictionaries in their order, lists, texts, numbers, truth values and null. A number that is none becomes null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">How far each level is set in; 0 for one line.</param>
    internal static string Write(object? value, int indent = 0)
    {
        var text = new StringBuilder();
        Write(text, value, indent, 0);
        return text.ToString();
    }

    /// <summary>A JSON value as dictionaries, lists, texts, numbers, truth values and null.</summary>
    internal static object? Plain(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>();
                foreach (JsonProperty property in element.EnumerateObject())
                    members[property.Name] = Plain(property.Value);
                return members;
            case JsonValueKind.Array:
                var items = new List<object?>();
                foreach (JsonElement item in element.EnumerateArray())
                    items.Add(Plain(item));
                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetRawText().IndexOfAny(['.', 'e', 'E']) < 0 && element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.ValueKind == JsonValueKind.True;
            default:
                return null;
        }
    }

    private static void Write(StringBuilder text, object? value, int indent, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string letters:
                Quote(text, letters);
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case float or double or decimal:
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                text.Append(double.IsNaN(number) || double.IsInfinity(number) ? "null" : NumberFormatter.PythonRepr(number));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case DateTime moment:
                Quote(text, moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
                break;
            case IDictionary members:
                WriteMembers(text, members, indent, depth);
                break;
            case IEnumerable items:
                WriteItems(text, items, indent, depth);
                break;
            default:
                throw new FlavorException(FlavorError.InvalidOption, $"A value of type {value.GetType().Name} cannot be written as JSON: give texts, numbers, dates, lists and dictionaries.");
        }
    }

    private static void WriteMembers(StringBuilder text, IDictionary members, int indent, int depth)
    {
        text.Append('{');
        bool isFirst = true;
        foreach (DictionaryEntry member in members)
        {
            Separate(text, ref isFirst, indent, depth + 1);
            Quote(text, Convert.ToString(member.Key, CultureInfo.InvariantCulture)!);
            text.Append(": ");
            Write(text, member.Value, indent, depth + 1);
        }
        End(text, '}', isFirst, indent, depth);
    }

    private static void WriteItems(StringBuilder text, IEnumerable items, int indent, int depth)
    {
        text.Append('[');
        bool isFirst = true;
        foreach (object? item in items)
        {
            Separate(text, ref isFirst, indent, depth + 1);
            Write(text, item, indent, depth + 1);
        }
        End(text, ']', isFirst, indent, depth);
    }

    private static void Separate(StringBuilder text, ref bool isFirst, int indent, int depth)
    {
        if (!isFirst)
            text.Append(indent > 0 ? "," : ", ");
        isFirst = false;
        if (indent > 0)
            text.Append('\n').Append(' ', indent * depth);
    }

    private static void End(StringBuilder text, char bracket, bool isEmpty, int indent, int depth)
    {
        if (indent > 0 && !isEmpty)
            text.Append('\n').Append(' ', indent * depth);
        text.Append(bracket);
    }

    private static void Quote(StringBuilder text, string letters)
    {
        text.Append('"');
        foreach (char letter in letters)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case >= ' ' and <= '~': text.Append(letter); break;
                default: text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)); break;
            }
        }
        text.Append('"');
    }
}
