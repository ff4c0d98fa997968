using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Models.Rows;

/// <summary>Lists and objects in a row, whether they came as JSON or as .NET values such as hashtables.</summary>
internal static class Structure
{
    /// <summary>The members of an object or dictionary by name; null where the value is none.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>>? Members(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } element => element.EnumerateObject().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value)),
        IDictionary dictionary => Entries(dictionary),
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
        _ => null,
    };

    /// <summary>The items of a list; null where the value is none. A text is no list.</summary>
    internal static IEnumerable<object?>? Items(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } element => element.EnumerateArray().Select(item => (object?)item),
        JsonElement or string or IDictionary => null,
        IEnumerable list => list.Cast<object?>(),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, entry.Value);
    }
}
