using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BigMlFlow.ExampleTrainer.Data;

/// <summary>A column of a table: numbers, or categories held as indexes into <see cref="Categories"/>.</summary>
internal sealed class Field
{
    private Field(string name, int column, double[] values, string[]? categories) =>
        (Name, Column, Values, Categories) = (name, column, values, categories);

    public string Name { get; }

    public int Column { get; }

    /// <summary>BigML's identifier: the column's number in six hexadecimal digits.</summary>
    public string Id => Column.ToString("x6", CultureInfo.InvariantCulture);

    /// <summary>One entry a row: the number, or the category's index.</summary>
    public double[] Values { get; }

    /// <summary>The categories in the order of the field's summary: most frequent first, then as they appear. Null if numeric.</summary>
    public string[]? Categories { get; }

    public bool IsNumeric => Categories is null;

    public string OpType => IsNumeric ? "numeric" : "categorical";

    public string DataType => IsNumeric ? "double" : "string";

    public static Field Numeric(string name, int column, IEnumerable<double> values) =>
        new(name, column, [.. values], null);

    public static Field Categorical(string name, int column, IReadOnlyList<string> labels)
    {
        string[] categories = [.. labels.GroupBy(label => label).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        return new(name, column, [.. labels.Select(label => (double)Array.IndexOf(categories, label))], categories);
    }

    /// <summary>The category of a row.</summary>
    public string Label(int row) => Categories![(int)Values[row]];

    /// <summary>A row's value as a CSV file shows it.</summary>
    public string Text(int row) => IsNumeric ? Values[row].ToString("R", CultureInfo.InvariantCulture) : Label(row);
}
