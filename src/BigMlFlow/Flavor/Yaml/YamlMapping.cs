using System.Collections.Generic;

namespace BigMlFlow.Flavor.Yaml;

/// <summary>
/// A YAML mapping, in the order of the file. Keys are texts nearly always, but keep their type where they are not.
/// Values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
/// <see cref="YamlLiteral"/>, a <see cref="List{T}"/> of values, or another mapping.
/// </summary>
internal sealed class YamlMapping : Dictionary<object, object?>
{
    /// <summary>The value of a key; null where it is absent or null.</summary>
    internal object? Value(string key) => TryGetValue(key, out object? value) ? value : null;

    /// <summary>The text of a key; null where it is absent or no text.</summary>
    internal string? Text(string key) => Value(key) as string;

    /// <summary>The mapping of a key; null where it is absent or no mapping.</summary>
    internal YamlMapping? Mapping(string key) => Value(key) as YamlMapping;

    /// <summary>The list of a key; null where it is absent or no list.</summary>
    internal List<object?>? List(string key) => Value(key) as List<object?>;

    /// <summary>A copy as dictionaries and lists that know nothing of YAML, for callers of the library.</summary>
    internal Dictionary<string, object?> ToDictionary()
    {
        var copy = new Dictionary<string, object?>(Count);
        foreach (KeyValuePair<object, object?> entry in this)
            copy[entry.Key.ToString()!] = Plain(entry.Value);
        return copy;
    }

    private static object? Plain(object? value) => value switch
    {
        YamlMapping mapping => mapping.ToDictionary(),
        List<object?> list => list.ConvertAll(Plain),
        YamlLiteral literal => literal.Text,
        _ => value,
    };
}

/// <summary>
/// A scalar of a type that has no counterpart here, such as a date or a number of any length: kept as it is written, so that
/// it is the same when it is written again.
/// </summary>
/// <param name="Text">The scalar as it stands in the file.</param>
/// <param name="Tag">The tag that it has there; null where YAML 1.1 finds the type by the text.</param>
internal sealed record YamlLiteral(string Text, string? Tag = null);
