using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace BigMlFlow.PowerShell.Rows;

/// <summary>
/// Values of a row without PowerShell's wrappers, however deep: time series take dictionaries with lists in them, and objects as
/// ConvertFrom-Json makes them count as dictionaries.
/// </summary>
internal static class PlainValue
{
    /// <summary>The value itself; a copy where something within is wrapped, or may be.</summary>
    internal static object? Of(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } custom => custom.Properties.ToDictionary(property => property.Name, property => Of(property.Value)),
        PSObject wrapped => Of(wrapped.BaseObject),
        IDictionary dictionary => Entries(dictionary),
        object?[] items => items.Select(Of).ToArray(),
        _ => value,
    };

    private static Hashtable Entries(IDictionary dictionary)
    {
        var plain = new Hashtable();
        foreach (DictionaryEntry entry in dictionary)
            plain[entry.Key is PSObject key ? key.BaseObject : entry.Key] = Of(entry.Value);
        return plain;
    }
}
