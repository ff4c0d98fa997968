using System;
using System.IO;

namespace BigMlFlow.Tabular;

/// <summary>The forms in which tables of rows and predictions come.</summary>
public enum TableFormat
{
    /// <summary>Delimited text with a header (RFC 4180).</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    JsonLines,
}

/// <summary>Finds the form of a table by the name of its file.</summary>
public static class TableFormats
{
    /// <summary>The form of a file: <c>.jsonl</c> and <c>.ndjson</c> are JSON lines, anything else is delimited text.</summary>
    /// <param name="path">The name of the file.</param>
    /// <returns>The form.</returns>
    public static TableFormat FromPath(string path)
        => Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson" ? TableFormat.JsonLines : TableFormat.Csv;

    /// <summary>The form of a name that a user gave: <c>csv</c> or <c>jsonl</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The form.</returns>
    /// <exception cref="TableException">There is no such form.</exception>
    public static TableFormat FromName(string name) => name.ToLowerInvariant() switch
    {
        "csv" => TableFormat.Csv,
        "jsonl" or "ndjson" => TableFormat.JsonLines,
        _ => throw new TableException($"There is no format '{name}': it is csv or jsonl."),
    };

    /// <summary>The delimiter that a user named: one character, <c>tab</c> or <c>\t</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The delimiter.</returns>
    /// <exception cref="TableException">It is none.</exception>
    public static char Delimiter(string text)
    {
        char delimiter = text.Length == 1 ? text[0]
            : text == "\\t" || text.Equals("tab", StringComparison.OrdinalIgnoreCase) ? '\t'
            : throw new TableException($"'{text}' is no delimiter: it is one character, such as ';', or tab.");
        return delimiter is '"' or '\r' or '\n'
            ? throw new TableException("A quote or a line break cannot be the delimiter.")
            : delimiter;
    }
}
