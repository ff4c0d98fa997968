using System.Collections.Generic;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>A parameter that a caller may give with the rows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the value, or of the values of a list.</param>
/// <param name="Default">The value where the caller gives none.</param>
/// <param name="IsList">Whether it is a list.</param>
public sealed record ParameterSpec(string Name, DataType Type, object? Default, bool IsList = false)
{
    /// <summary>The properties of an object.</summary>
    public IReadOnlyList<ColumnSpec> Properties { get; init; } = [];

    /// <summary>MLflow's text for the parameter.</summary>
    public override string ToString() => $"'{Name}': {SignatureJson.NameOf(Type)} (default: {PythonJson.Write(Default)})";
}
