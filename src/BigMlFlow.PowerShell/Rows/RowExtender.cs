using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.PowerShell.Rows;

/// <summary>
/// Adds what was predicted to a row: a new object with the row's columns first. What can be known of the columns and of the
/// kind of prediction is found out once, for all rows that have the same.
/// </summary>
internal sealed class RowExtender
{
    private readonly string _prefix;
    private IReadOnlyList<string>? _columns;
    private Type? _type;
    private Added[] _added = [];
    private string? _taken;

    /// <param name="prefix">What the names of the columns that are added begin with.</param>
    internal RowExtender(string prefix) => _prefix = prefix;

    /// <summary>Makes the extended row.</summary>
    /// <param name="columns">The row's columns: the same list for all rows that have the same.</param>
    /// <param name="values">Their values.</param>
    /// <param name="prediction">What is added.</param>
    /// <param name="taken">The name that two columns would have, where there is one.</param>
    /// <returns>The row; null where a name is taken.</returns>
    internal PSObject? Extend(IReadOnlyList<string> columns, IReadOnlyList<object?> values, Prediction prediction, out string? taken)
    {
        Type type = prediction.GetType();
        if (!ReferenceEquals(columns, _columns) || type != _type)
            Learn(columns, type);
        taken = _taken;
        if (taken is not null)
            return null;
        var row = new PSObject();
        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        for (int column = 0; column < columns.Count; column++)
            properties.Add(new PSNoteProperty(columns[column], values[column]), preValidated: true);
        foreach (Added added in _added)
            properties.Add(new PSNoteProperty(added.Name, added.Get(prediction)), preValidated: true);
        return row;
    }

    private void Learn(IReadOnlyList<string> columns, Type type)
    {
        if (type != _type)
        {
            _added =
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetIndexParameters().Length == 0)
                    .Select(property => Added.From(_prefix + property.Name, property)),
            ];
        }
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        _taken = columns.Concat(_added.Select(added => added.Name)).FirstOrDefault(name => !names.Add(name));
        _columns = columns;
        _type = type;
    }

    /// <summary>A column that is added, and how it is got from a prediction.</summary>
    private sealed record Added(string Name, Func<Prediction, object?> Get)
    {
        internal static Added From(string name, PropertyInfo property)
            => new(name, (Func<Prediction, object?>)typeof(Added)
                .GetMethod(nameof(Getter), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(property.DeclaringType!, property.PropertyType)
                .Invoke(null, [property])!);

        private static Func<Prediction, object?> Getter<TPrediction, TValue>(PropertyInfo property)
            where TPrediction : Prediction
        {
            var get = (Func<TPrediction, TValue>)property.GetGetMethod()!.CreateDelegate(typeof(Func<TPrediction, TValue>));
            return prediction => get((TPrediction)prediction);
        }
    }
}
