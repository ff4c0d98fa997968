using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>Schemas in the JSON that MLmodel holds (MLflow: types/schema.py).</summary>
internal static class SignatureJson
{
    private static readonly IReadOnlyDictionary<string, DataType> Types = new Dictionary<string, DataType>
    {
        ["boolean"] = DataType.Boolean,
        ["integer"] = DataType.Integer,
        ["long"] = DataType.Long,
        ["float"] = DataType.Float,
        ["double"] = DataType.Double,
        ["string"] = DataType.String,
        ["binary"] = DataType.Binary,
        ["datetime"] = DataType.DateTime,
        ["any"] = DataType.Any,
        ["array"] = DataType.Array,
        ["object"] = DataType.Object,
        ["map"] = DataType.Map,
        ["tensor"] = DataType.Tensor,
        ["sparkml_vector"] = DataType.SparkVector,
    };

    private static readonly IReadOnlyDictionary<DataType, string> Names = Types.ToDictionary(type => type.Value, type => type.Key);

    /// <summary>MLflow's name of a type.</summary>
    internal static string NameOf(DataType type) => Names[type];

    /// <summary>The columns of a schema.</summary>
    /// <exception cref="FlavorException">The JSON is not that of a schema.</exception>
    internal static IReadOnlyList<ColumnSpec> ReadColumns(string json, string what)
    {
        ColumnSpec[] columns = Parse(json, what, item => ReadColumn(item, what));
        int named = columns.Count(column => column.Name is not null);
        if (columns.Length == 0 || (named > 0 && named < columns.Length))
            throw Malformed(what, "needs columns that all have names, or none of which has one");
        int tensors = columns.Count(column => column.Type == DataType.Tensor);
        if (tensors > 0 && tensors < columns.Length)
            throw Malformed(what, "mixes tensors with columns");
        return columns;
    }

    /// <summary>The parameters of a signature.</summary>
    /// <exception cref="FlavorException">The JSON is not that of parameters.</exception>
    internal static IReadOnlyList<ParameterSpec> ReadParameters(string json) => Parse(json, "params", item =>
    {
        string name = Text(item, "name") ?? throw Malformed("params", "has a parameter without a name");
        string type = Text(item, "type") ?? Text(item, "dtype") ?? throw Malformed("params", $"has no type for '{name}'");
        bool isList = item.TryGetProperty("shape", out JsonElement shape) && shape.ValueKind == JsonValueKind.Array;
        return new ParameterSpec(name, TypeOf(type, "params"), item.TryGetProperty("default", out JsonElement value) ? PythonJson.Plain(value) : null, isList)
        {
            Properties = type == "object" ? ReadProperties(item, "params") : [],
        };
    });

    /// <summary>A column as MLflow writes it.</summary>
    internal static object Write(ColumnSpec column)
    {
        Dictionary<string, object?> type = WriteType(column);
        var written = new Dictionary<string, object?>();
        if (column.Type == DataType.Tensor && column.Name is not null) // a tensor's name comes first, and it is never optional
            written["name"] = column.Name;
        foreach (KeyValuePair<string, object?> member in type)
            written[member.Key] = member.Value;
        if (column.Type == DataType.Tensor)
            return written;
        if (column.Name is not null)
            written["name"] = column.Name;
        written["required"] = column.Required;
        return written;
    }

    /// <summary>A parameter as MLflow writes it.</summary>
    internal static object Write(ParameterSpec parameter)
    {
        var written = new Dictionary<string, object?> { ["name"] = parameter.Name, ["default"] = parameter.Default, ["shape"] = parameter.IsList ? new List<object?> { -1L } : null };
        foreach (KeyValuePair<string, object?> member in WriteType(new ColumnSpec(parameter.Type) { Properties = parameter.Properties }))
            written[member.Key] = member.Value;
        return written;
    }

    private static Dictionary<string, object?> WriteType(ColumnSpec column)
    {
        var written = new Dictionary<string, object?> { ["type"] = NameOf(column.Type) };
        switch (column.Type)
        {
            case DataType.Array:
                written["items"] = WriteType(column.Items!);
                break;
            case DataType.Map:
                written["values"] = WriteType(column.Items!);
                break;
            case DataType.Object:
                written["properties"] = column.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).ToDictionary(property => property.Name!, property =>
                {
                    Dictionary<string, object?> type = WriteType(property);
                    type["required"] = property.Required;
                    return (object?)type;
                });
                break;
            case DataType.Tensor:
                written["tensor-spec"] = new Dictionary<string, object?> { ["dtype"] = column.TensorType, ["shape"] = column.Shape.Cast<object?>().ToList() };
                break;
        }
        return written;
    }

    private static ColumnSpec ReadColumn(JsonElement item, string what)
    {
        string type = Text(item, "type") ?? throw Malformed(what, "has a column without a type");
        var column = new ColumnSpec(TypeOf(type, what), Text(item, "name"), !item.TryGetProperty("required", out JsonElement required) || required.ValueKind != JsonValueKind.False);
        return column.Type switch
        {
            DataType.Array => column with { Items = ReadColumn(Member(item, "items", what), what) },
            DataType.Map => column with { Items = ReadColumn(Member(item, "values", what), what) },
            DataType.Object => column with { Properties = ReadProperties(item, what) },
            DataType.Tensor => ReadTensor(column, Member(item, "tensor-spec", what), what),
            _ => column,
        };
    }

    private static IReadOnlyList<ColumnSpec> ReadProperties(JsonElement item, string what)
        => [.. Member(item, "properties", what).EnumerateObject().Select(property => ReadColumn(property.Value, what) with { Name = property.Name })];

    private static ColumnSpec ReadTensor(ColumnSpec column, JsonElement tensor, string what)
    {
        if (!tensor.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array)
            throw Malformed(what, "has a tensor without a shape");
        return column with { TensorType = Text(tensor, "dtype"), Shape = [.. shape.EnumerateArray().Select(size => size.GetInt64())] };
    }

    private static T[] Parse<T>(string json, string what, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
                throw Malformed(what, "is no list of objects");
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw Malformed(what, $"is not the JSON of a schema: {error.Message}", error);
        }
    }

    private static JsonElement Member(JsonElement item, string name, string what)
        => item.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Object ? member : throw Malformed(what, $"has a type without its '{name}'");

    private static string? Text(JsonElement item, string name)
        => item.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static DataType TypeOf(string name, string what)
        => Types.TryGetValue(name, out DataType type) ? type : throw Malformed(what, $"has the unknown type '{name}'");

    private static FlavorException Malformed(string what, string why, Exception? cause = null)
        => new(FlavorError.Malformed, $"The signature's {what} {why}.", cause);
}
