using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>The schema of rows (MLflow: types/utils.py, _infer_schema), with numbers as double.</summary>
internal static class SignatureInference
{
    internal static IReadOnlyList<ColumnSpec> Infer(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> rows, string what)
    {
        var table = RowTable.Read(rows);
        if (table.Names.Count == 0)
            throw new FlavorException(FlavorError.InvalidOption, $"There are no rows with values to infer the signature's {what} from.");
        return [.. table.Names.Select((name, place) =>
        {
            List<object> known = [.. table.Column(place).OfType<object>()];
            return Common(known, name) with { Name = name, Required = known.Count == table.Rows.Count };
        })];
    }

    /// <summary>The one type of several values; any where there are none.</summary>
    private static ColumnSpec Common(IEnumerable<object> values, string name)
    {
        var common = new ColumnSpec(DataType.Any);
        foreach (object value in values)
        {
            ColumnSpec type = TypeOf(value, name);
            common = Merge(common, type)
                ?? throw new FlavorException(FlavorError.InvalidOption, $"The column '{name}' holds values of the types {SignatureJson.NameOf(common.Type)} and {SignatureJson.NameOf(type.Type)}, or objects that differ: a signature has one type a column.");
        }
        return common;
    }

    private static ColumnSpec? Merge(ColumnSpec one, ColumnSpec other)
    {
        if (one.Type == DataType.Any)
            return other;
        if (other.Type == DataType.Any || one.IsSameType(other))
            return one;
        if (one.Type != other.Type)
            return null;
        return one.Type switch
        {
            DataType.Array => Merge(one.Items!, other.Items!) is { } items ? one with { Items = items } : null,
            DataType.Object => MergeProperties(one, other),
            _ => one,
        };
    }

    /// <summary>A property that is not in every object is optional.</summary>
    private static ColumnSpec? MergeProperties(ColumnSpec one, ColumnSpec other)
    {
        var properties = new List<ColumnSpec>();
        foreach (string? name in one.Properties.Concat(other.Properties).Select(property => property.Name).Distinct())
        {
            ColumnSpec? first = one.Properties.FirstOrDefault(property => property.Name == name), second = other.Properties.FirstOrDefault(property => property.Name == name);
            if (first is null || second is null)
                properties.Add((first ?? second)! with { Required = false });
            else if (Merge(first, second) is { } merged)
                properties.Add(merged with { Name = name, Required = first.Required && second.Required });
            else
                return null;
        }
        return one with { Properties = properties };
    }

    private static ColumnSpec TypeOf(object value, string name) => value switch
    {
        string or char or Guid or Uri => new ColumnSpec(DataType.String),
        bool => new ColumnSpec(DataType.Boolean),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => new ColumnSpec(DataType.Double),
        DateTime or DateTimeOffset => new ColumnSpec(DataType.DateTime),
        byte[] => new ColumnSpec(DataType.Binary),
        IDictionary { Count: 0 } => new ColumnSpec(DataType.Any),
        IDictionary members => new ColumnSpec(DataType.Object) { Properties = [.. Properties(members, name)] },
        IEnumerable items => Items([.. items.Cast<object?>()], name),
        _ => throw new FlavorException(FlavorError.InvalidOption, $"The column '{name}' holds a value of type {value.GetType().Name}, which no schema of MLflow has."),
    };

    private static IEnumerable<ColumnSpec> Properties(IDictionary members, string name)
    {
        foreach (DictionaryEntry member in members)
        {
            ColumnSpec type = member.Value is { } value ? TypeOf(value, name) : new ColumnSpec(DataType.Any);
            yield return type with { Name = Convert.ToString(member.Key, CultureInfo.InvariantCulture), Required = type.Type != DataType.Any };
        }
    }

    private static ColumnSpec Items(object?[] items, string name)
        => items.Length == 0 ? new ColumnSpec(DataType.Any) : new ColumnSpec(DataType.Array) { Items = Common(items.OfType<object>(), name) };
}
