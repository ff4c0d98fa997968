using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using BigMlFlow.Models;

namespace BigMlFlow.Tabular;

/// <summary>Reads rows one after the other from a text. Whatever is wrong with the text is a <see cref="TableException"/>.</summary>
public abstract class RowReader : IDisposable
{
    private readonly Stream? _stream;

    private protected RowReader(string source, Stream? stream)
    {
        Source = source;
        _stream = stream;
    }

    /// <summary>The name of the text, for messages.</summary>
    public string Source { get; }

    /// <summary>The names of the columns of the current row; before the first row, those of the header if there is one.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The place of the current row among the rows, from 1; blank lines are none.</summary>
    public long RowNumber { get; private protected set; }

    /// <summary>The line on which the current row begins, from 1.</summary>
    public long LineNumber { get; private protected set; }

    /// <summary>How much of the text has been read, 0 to 1; null where its length is unknown.</summary>
    public double? Progress => _stream is { CanSeek: true, Length: > 0 } ? (double)_stream.Position / _stream.Length : null;

    /// <summary>How often <see cref="Columns"/> has changed: who binds columns, binds them anew when this does.</summary>
    internal int Shape { get; private protected set; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="format">Its form; null to go by its name.</param>
    /// <param name="delimiter">The delimiter of delimited text.</param>
    /// <param name="encoding">The encoding of delimited text that has no byte order mark; null for UTF-8.</param>
    /// <returns>The reader, before the first row.</returns>
    /// <exception cref="TableException">The file cannot be read, or it has no proper header.</exception>
    public static RowReader Open(string path, TableFormat? format = null, char delimiter = ',', Encoding? encoding = null)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException($"There is no file '{path}'.", null, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"'{path}' cannot be read: {error.Message}", null, error);
        }
        try
        {
            return Create(stream, path, format ?? TableFormats.FromPath(path), delimiter, encoding);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream, which is disposed with the reader.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="format">Its form.</param>
    /// <param name="delimiter">The delimiter of delimited text.</param>
    /// <param name="encoding">The encoding of delimited text that has no byte order mark; null for UTF-8.</param>
    /// <returns>The reader, before the first row.</returns>
    /// <exception cref="TableException">The text has no proper header.</exception>
    public static RowReader Create(Stream stream, string source, TableFormat format, char delimiter = ',', Encoding? encoding = null)
        => format == TableFormat.JsonLines
            ? new JsonLinesReader(stream, source)
            : new CsvReader(stream, source, delimiter, encoding ?? TextEncodings.Utf8);

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="TableException">The row does not fit the table; reading cannot go on.</exception>
    /// <exception cref="RowException">This row is none, but reading may go on.</exception>
    public abstract bool Read();

    /// <summary>The value of a column in the current row: a text from delimited text, and from JSON what the JSON value is.</summary>
    /// <param name="column">The place of the column.</param>
    /// <returns>The value; null where it is missing.</returns>
    public abstract object? Value(int column);

    /// <summary>Gives a predictor the current row. Its columns have been bound, and its row cleared.</summary>
    /// <param name="predictor">The predictor.</param>
    public abstract void Fill(Predictor predictor);

    /// <summary>Writes the current row's values, without ending the row.</summary>
    internal abstract void Copy(CsvCells cells);

    /// <summary>Closes the text.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the text.</summary>
    /// <param name="disposing">Whether it is disposed, not finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stream?.Dispose();
    }
}
