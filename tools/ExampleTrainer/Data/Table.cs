using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BigMlFlow.ExampleTrainer.Data;

/// <summary>Training data: fields of equal length, without missing values.</summary>
internal sealed class Table(Field[] fields)
{
    public Field[] Fields { get; } = fields;

    public int RowCount => Fields[0].Values.Length;

    /// <summary>The field of that name.</summary>
    public Field this[string name] => Fields.Single(field => field.Name == name);

    /// <summary>The fields of those names.</summary>
    public Field[] Select(params string[] names) => [.. names.Select(name => this[name])];

    /// <summary>The numeric fields.</summary>
    public Field[] Numeric() => [.. Fields.Where(field => field.IsNumeric)];

    /// <summary>A CSV text of some rows and fields; a cell for which <paramref name="isBlank"/> holds is left empty.</summary>
    public static string Csv(IReadOnlyList<Field> fields, IEnumerable<int> rows, Func<int, Field, bool>? isBlank = null)
    {
        var text = new StringBuilder().AppendJoin(',', fields.Select(field => field.Name)).Append('\n');
        foreach (int row in rows)
            text.AppendJoin(',', fields.Select(field => isBlank?.Invoke(row, field) == true ? "" : field.Text(row))).Append('\n');
        return text.ToString();
    }
}
