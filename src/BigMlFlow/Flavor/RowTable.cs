using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor;

/// <summary>
/// Rows as a table: columns in the order in which they first appear, null where a cell is missing. Rows that come of a CSV file are
/// texts: a column all of whose texts are numbers is one of numbers.
/// </summary>
internal sealed class RowTable
{
    private RowTable(IReadOnlyList<string> names, IReadOnlyList<object?[]> rows)
    {
        Names = names;
        Rows = rows;
    }

    internal IReadOnlyList<string> Names { get; }

    /// <summary>The rows, a cell a column.</summary>
    internal IReadOnlyList<object?[]> Rows { get; }

    internal static RowTable Read(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> rows)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        var sparse = new List<List<(int Place, object? Value)>>();
        foreach (IEnumerable<KeyValuePair<string, object?>> row in rows)
        {
            var cells = new List<(int, object?)>();
            foreach (KeyValuePair<string, object?> cell in row)
            {
                if (!places.TryGetValue(cell.Key, out int place))
                {
                    places.Add(cell.Key, place = names.Count);
                    names.Add(cell.Key);
                }
                cells.Add((place, Known(cell.Value)));
            }
            sparse.Add(cells);
        }
        object?[][] table = [.. sparse.Select(cells => Fill(cells, names.Count))];
        for (int place = 0; place < names.Count; place++)
            ParseNumbers(table, place);
        return new RowTable(names, table);
    }

    /// <summary>The cells of a column.</summary>
    internal IEnumerable<object?> Column(int place) => Rows.Select(row => row[place]);

    private static object?[] Fill(List<(int Place, object? Value)> cells, int width)
    {
        var row = new object?[width];
        foreach ((int place, object? value) in cells)
            row[place] = value;
        return row;
    }

    private static void ParseNumbers(object?[][] table, int place)
    {
        if (!table.All(row => row[place] is null || (row[place] is string text && PythonFloat.TryParse(text.AsSpan(), out _))))
            return;
        foreach (object?[] row in table)
        {
            if (row[place] is string text && PythonFloat.TryParse(text.AsSpan(), out double number))
                row[place] = number;
        }
    }

    /// <summary>A value, or null where it is missing: a blank text, a number that is none.</summary>
    private static object? Known(object? value) => value switch
    {
        DBNull or "" or double.NaN or float.NaN => null,
        JsonElement element => PythonJson.Plain(element) is { } plain and not "" ? plain : null,
        _ => value,
    };
}
