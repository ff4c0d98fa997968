using System.Collections;
using System.Collections.Generic;

namespace BigMlFlow.Models.Predictions;

/// <summary>A list of names that prints as the names, so that tables and CSV files show what it holds.</summary>
public sealed class NameList : IReadOnlyList<string>
{
    private readonly IReadOnlyList<string> _names;

    internal NameList(IReadOnlyList<string> names) => _names = names;

    internal static NameList Empty { get; } = new([]);

    /// <summary>How many names there are.</summary>
    public int Count => _names.Count;

    /// <summary>A name.</summary>
    /// <param name="index">Its place.</param>
    public string this[int index] => _names[index];

    /// <summary>The names.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names, with commas between them.</summary>
    public override string ToString() => string.Join(", ", _names);
}
