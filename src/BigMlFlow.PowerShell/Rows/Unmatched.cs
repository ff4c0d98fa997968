using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.PowerShell.Rows;

/// <summary>What to say when no column of the input is a field of the model.</summary>
internal static class Unmatched
{
    private const int MostNamed = 8;

    internal static string Message(FieldSet fields, IReadOnlyList<string> columns)
        => $"None of the columns ({Names(columns)}) is a field that the model uses, so every value counts as missing. "
            + $"Expected are {Names(fields.Inputs.Where(fields.IsUsed).Select(field => field.Name).ToList())}. "
            + "If one column holds whole lines, the delimiter is another.";

    private static string Names(IReadOnlyList<string> names)
        => names.Count == 0
            ? "none"
            : string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Count > MostNamed ? ", …" : string.Empty);
}
