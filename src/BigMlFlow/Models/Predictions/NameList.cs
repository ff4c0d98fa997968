using System.Collections.Generic;

namespace BigMlFlow.Models.Predictions;

/// <summary>A list of names that prints as the names, so that tables and CSV files show what it holds.</summary>
public sealed class NameList : PrintedList<string>
{
    private readonly IReadOnlyList<string> _names;

    internal NameList(IReadOnlyList<string> names) => _names = names;

    private protected override IReadOnlyList<string> Items => _names;

    internal static NameList Empty { get; } = new([]);
}
