using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Tabular;

/// <summary>
/// A JSON object a line, in UTF-8: keys are field names or ids, values are taken as what they are. Blank lines are no rows.
/// A line that is no JSON object is a bad row; reading goes on with the next.
/// </summary>
internal sealed class JsonLinesReader : RowReader
{
    private const int ChunkLength = 1 << 16;

    /// <summary>No single line is longer, in bytes.</summary>
    private const int LongestLine = 1 << 28;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[ChunkLength];
    private int _begin;
    private int _end;
    private bool _ended;
    private long _line;
    private JsonDocument? _document;
    private readonly List<string> _columns = [];
    private readonly List<JsonElement> _values = [];

    internal JsonLinesReader(Stream stream, string source)
        : base(source, stream)
    {
        _stream = stream;
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool Read()
    {
        while (NextLine(out ReadOnlyMemory<byte> line))
        {
            LineNumber = ++_line;
            if (IsBlank(line.Span))
                continue;
            RowNumber++;
            Parse(line);
            return true;
        }
        return false;
    }

    public override object? Value(int column) => _values[column].ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => _values[column].GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => _values[column].Clone(),
    };

    public override void Fill(Predictor predictor)
    {
        for (int column = 0; column < _values.Count; column++)
            predictor.Set(column, Cell.From(_values[column]));
    }

    internal override void Copy(CsvCells cells)
    {
        for (int column = 0; column < _columns.Count; column++)
        {
            JsonElement value = column < _values.Count ? _values[column] : default; // a line that is no row has none
            string text = value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => string.Empty,
                JsonValueKind.String => value.GetString()!,
                _ => value.GetRawText(),
            };
            cells.Add(text.AsSpan());
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _document?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Takes a line apart; where its keys are those of the line before, the columns stay as they are.</summary>
    private void Parse(ReadOnlyMemory<byte> line)
    {
        _document?.Dispose();
        _document = null;
        _values.Clear();
        try
        {
            _document = JsonDocument.Parse(line);
            JsonElement row = _document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw Bad("it is no JSON object");
            bool same = true;
            foreach (JsonProperty cell in row.EnumerateObject())
            {
                same = same && _values.Count < _columns.Count && cell.NameEquals(_columns[_values.Count]);
                _values.Add(cell.Value);
            }
            if (same && _values.Count == _columns.Count)
                return;
            _columns.Clear();
            _columns.AddRange(row.EnumerateObject().Select(cell => cell.Name));
            Shape++;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // no JSON, or no valid text in it
        {
            throw Bad("it is no JSON object: " + error.Message);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte letter in line)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                return false;
        }
        return true;
    }

    /// <summary>A line that is no row. The first one tells that this is a file of another kind.</summary>
    private BigMLException Bad(string why)
    {
        _values.Clear();
        string message = $"'{Source}', line {LineNumber}: expected a row, {why}";
        return RowNumber == 1 ? new TableException(message, LineNumber) : new RowException(message);
    }

    /// <summary>The next line, without its line feed. It is valid until the next call.</summary>
    private bool NextLine(out ReadOnlyMemory<byte> line)
    {
        int searched = _begin;
        while (true)
        {
            int feed = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsMemory(_begin, searched + feed - _begin);
                _begin = searched + feed + 1;
                return true;
            }
            if (_ended)
            {
                line = _buffer.AsMemory(_begin, _end - _begin);
                bool isLast = _end > _begin;
                _begin = _end;
                return isLast;
            }
            int pending = _end - _begin;
            Fill();
            searched = _begin + pending;
        }
    }

    private void Fill()
    {
        bool isStart = _end == 0;
        if (_begin > 0)
        {
            Buffer.BlockCopy(_buffer, _begin, _buffer, 0, _end - _begin);
            _end -= _begin;
            _begin = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
                throw new TableException($"'{Source}', line {_line + 1} is longer than {LongestLine >> 20} MiB: expected a JSON object a line.", _line + 1);
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        do
        {
            int read = ReadStream();
            _ended = read == 0;
            _end += read;
        }
        while (isStart && _end < 3 && !_ended);
        if (isStart && _buffer.AsSpan(0, _end).StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            _begin = 3;
    }

    private int ReadStream()
    {
        try
        {
            return _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (IOException error)
        {
            throw new TableException($"'{Source}' cannot be read: {error.Message}", _line + 1, error);
        }
    }
}
