using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.PowerShell.Rows;

/// <summary>Adds what was predicted to a row: a new object with the row's columns first.</summary>
internal sealed class RowExtender
{
    private readonly string _prefix;
    private Type? _type;
    private KeyValuePair<string, PropertyInfo>[] _added = [];

    internal RowExtender(string prefix) => _prefix = prefix;

    /// <summary>Makes the extended row.</summary>
    /// <param name="columns">The row's columns.</param>
    /// <param name="values">Their values.</param>
    /// <param name="prediction">What is added.</param>
    /// <param name="taken">The column that the row has already, where there is one.</param>
    /// <returns>The row; null where a column is taken.</returns>
    internal PSObject? Extend(IReadOnlyList<string> columns, IReadOnlyList<object?> values, Prediction prediction, out string? taken)
    {
        if (prediction.GetType() != _type)
            Learn(prediction.GetType());
        var row = new PSObject();
        for (int column = 0; column < columns.Count; column++)
            row.Properties.Add(new PSNoteProperty(columns[column], values[column]));
        foreach (KeyValuePair<string, PropertyInfo> added in _added)
        {
            if (row.Properties[added.Key] is not null)
            {
                taken = added.Key;
                return null;
            }
            row.Properties.Add(new PSNoteProperty(added.Key, added.Value.GetValue(prediction)));
        }
        taken = null;
        return row;
    }

    private void Learn(Type type)
    {
        _type = type;
        _added =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new KeyValuePair<string, PropertyInfo>(_prefix + property.Name, property)),
        ];
    }
}
