using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using BigMlFlow.Models;
using Sylvan.Data.Csv;

namespace BigMlFlow.Tabular;

/// <summary>
/// Delimited text as Excel and databases write it (RFC 4180): a header, quoted fields with delimiters and line breaks in
/// them, a byte order mark or none. Blank lines are no rows. A blank field is missing where numbers are expected, and else the empty text.
/// </summary>
internal sealed class CsvReader : RowReader
{
    private const int BufferLength = 1 << 16;

    /// <summary>No single row is longer, in characters: a quote that is never closed must not fill the memory.</summary>
    private const int LongestRow = 1 << 26;

    /// <summary>There are no comments in such text; this code point is no character, so it begins no line.</summary>
    private const char NoComment = '\uFFFF';

    private readonly CsvDataReader _reader;
    private readonly string[] _columns;
    private readonly char _delimiter;
    private long _nextLine = 1;

    internal CsvReader(Stream stream, string source, char delimiter, Encoding encoding)
        : base(source, stream)
    {
        _delimiter = delimiter;
        var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, BufferLength);
        try
        {
            _reader = CsvDataReader.Create(text, new CsvDataReaderOptions
            {
                HasHeaders = false, // the first row is read as any other, to know its line and to check its names
                Delimiter = delimiter,
                Comment = NoComment,
                BufferSize = BufferLength,
                MaxBufferSize = LongestRow,
            });
        }
        catch (Exception error) when (error is CsvFormatException or DecoderFallbackException or IOException)
        {
            throw Malformed(error);
        }
        _columns = Next() ? Header() : throw new TableException($"'{source}' is empty: expected a header with the names of the columns.");
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool Read()
    {
        if (!Next())
            return false;
        RowNumber++;
        if (_reader.RowFieldCount == _columns.Length)
            return true;
        throw new TableException(
            $"'{Source}', line {LineNumber}: the row has {_reader.RowFieldCount} {(_reader.RowFieldCount == 1 ? "field" : "fields")}, the header {_columns.Length}. "
            + "Look for a delimiter or a line break in a value without quotes around it.",
            LineNumber);
    }

    public override object? Value(int column) => Field(column).ToString();

    public override void Fill(Predictor predictor)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            ReadOnlySpan<char> field = Field(column);
            if (!field.IsEmpty || !predictor.IsNumeric(column))
                predictor.Set(column, field);
        }
    }

    internal override void Copy(CsvCells cells)
    {
        if (cells.Delimiter == _delimiter)
        {
            cells.AddRaw(Record().TrimEnd("\r\n".AsSpan()));
            return;
        }
        for (int column = 0; column < _columns.Length; column++)
            cells.Add(Field(column));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Goes to the next line that is not blank.</summary>
    private bool Next()
    {
        while (true)
        {
            LineNumber = _nextLine;
            try
            {
                if (!_reader.Read())
                    return false;
            }
            catch (Exception error) when (error is CsvFormatException or DecoderFallbackException or IOException)
            {
                throw Malformed(error);
            }
            ReadOnlySpan<char> record = Record();
            _nextLine += CountLines(record);
            if (record.Length > 2 || record.TrimEnd("\r\n".AsSpan()).Length > 0)
                return true;
        }
    }

    private string[] Header()
    {
        var names = new string[_reader.RowFieldCount];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int column = 0; column < names.Length; column++)
        {
            string name = names[column] = Field(column).ToString();
            if (name.Length == 0)
                continue; // a column without a name, such as the row numbers that statistics programs write
            if (places.TryGetValue(name, out int first))
                throw new TableException($"'{Source}', line {LineNumber}: the header names '{name}' twice, in columns {first + 1} and {column + 1}. Give each column a name of its own.", LineNumber);
            places.Add(name, column);
        }
        return names;
    }

    /// <summary>How many lines a record takes: nearly always one.</summary>
    private static int CountLines(ReadOnlySpan<char> record)
    {
        int lines = 0;
        while (record.Length > 0)
        {
            int end = record.IndexOfAny('\r', '\n');
            if (end < 0)
                return lines + 1;
            bool isPair = record[end] == '\r' && end + 1 < record.Length && record[end + 1] == '\n';
            record = record.Slice(end + (isPair ? 2 : 1));
            lines++;
        }
        return lines;
    }

#if NET
    private ReadOnlySpan<char> Field(int column) => _reader.GetFieldSpan(column);

    private ReadOnlySpan<char> Record() => _reader.GetRawRecordSpan();
#else
    // The package gives spans of its buffer on .NET only; elsewhere the characters are copied into one of ours.
    private char[] _copy = new char[256];

    private ReadOnlySpan<char> Field(int column)
    {
        // The length that is told beforehand is that with quotes; what is copied is without them.
        int room = (int)_reader.GetChars(column, 0, null!, 0, 0);
        Reserve(room);
        int length = (int)_reader.GetChars(column, 0, _copy, 0, room);
        return _copy.AsSpan(0, length);
    }

    private ReadOnlySpan<char> Record()
    {
        int length = _reader.GetRawRecord(null, 0);
        Reserve(length);
        _reader.GetRawRecord(_copy, 0);
        return _copy.AsSpan(0, length);
    }

    private void Reserve(int length)
    {
        if (_copy.Length < length)
            _copy = new char[Math.Max(length, 2 * _copy.Length)];
    }
#endif

    private TableException Malformed(Exception error)
    {
        string what = error switch
        {
            DecoderFallbackException => $"near line {LineNumber}: the text is not in the expected encoding. Name the encoding that it is in, such as windows-1252 for what Excel saves as CSV",
            CsvRecordTooLargeException => $"line {LineNumber}: a row of more than {LongestRow >> 20} million characters begins here. Look for a quote that is not closed, or for another delimiter",
            CsvInvalidCharacterException => $"line {LineNumber}: a quoted field does not end as it should. A quote inside quotes has to be doubled, and what follows the closing quote is the delimiter or the end of the line",
            _ => $"line {LineNumber}: {error.Message.TrimEnd('.')}",
        };
        return new TableException($"'{Source}', {what}.", LineNumber, error);
    }
}
