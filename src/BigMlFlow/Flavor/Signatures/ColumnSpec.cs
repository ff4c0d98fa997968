using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>A column of a schema: its type, its name, and whether it has to be there.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name; null in a schema without names, and for the items of a list.</param>
/// <param name="Required">Whether it has to be there.</param>
public sealed record ColumnSpec(DataType Type, string? Name = null, bool Required = true)
{
    /// <summary>The type of a list's items or a map's values.</summary>
    public ColumnSpec? Items { get; init; }

    /// <summary>The properties of an object.</summary>
    public IReadOnlyList<ColumnSpec> Properties { get; init; } = [];

    /// <summary>NumPy's name for the type of a tensor's elements.</summary>
    public string? TensorType { get; init; }

    /// <summary>The shape of a tensor; -1 where it varies.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>The same type, whatever the name: as MLflow compares types.</summary>
    internal bool IsSameType(ColumnSpec other)
        => Type == other.Type
            && TensorType == other.TensorType
            && Shape.SequenceEqual(other.Shape)
            && (Items is null ? other.Items is null : other.Items is not null && Items.IsSameType(other.Items))
            && Properties.Count == other.Properties.Count
            && Properties.All(property => other.Properties.Any(its => its.Name == property.Name && its.Required == property.Required && its.IsSameType(property)));

    /// <summary>MLflow's text for the column: <c>'age': double (optional)</c>.</summary>
    public override string ToString()
        => $"{(Name is null ? string.Empty : $"'{Name}': ")}{TypeText} ({(Required ? "required" : "optional")})";

    private string TypeText => Type switch
    {
        DataType.Array => $"Array({Items?.TypeText})",
        DataType.Map => $"Map(str -> {Items?.TypeText})",
        DataType.Object => "{" + string.Join(", ", Properties.Select(property => property.ToString())) + "}",
        DataType.Tensor => $"Tensor('{TensorType}', ({string.Join(", ", Shape)}))",
        _ => SignatureJson.NameOf(Type),
    };
}
