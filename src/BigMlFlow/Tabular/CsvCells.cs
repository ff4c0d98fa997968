using System;
using System.IO;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Tabular;

/// <summary>
/// Writes delimited text cell by cell (RFC 4180): quotes where they are needed, numbers in their shortest form whatever the
/// culture, nothing for a number that is none. Allocates nothing per cell.
/// </summary>
/// <param name="writer">What to write to; <see cref="Flush"/> before using it for anything else.</param>
/// <param name="delimiter">The delimiter.</param>
internal sealed class CsvCells(TextWriter writer, char delimiter)
{
    private const int FlushAt = 1 << 15;

    /// <summary>Longer than any number.</summary>
    private const int LongestNumber = 32;

    private readonly char[] _special = [delimiter, '"', '\r', '\n'];
    private readonly string _lineBreak = writer.NewLine;
    private char[] _buffer = new char[FlushAt * 2];
    private int _filled;
    private int _rowStart;
    private bool _isFirst = true;

    internal char Delimiter { get; } = delimiter;

    /// <summary>Adds a cell.</summary>
    internal void Add(ReadOnlySpan<char> text)
    {
        Separate(text.Length + 2);
        if (text.IndexOfAny(_special) < 0)
        {
            Put(text);
            return;
        }
        Reserve(2 * text.Length + 2);
        _buffer[_filled++] = '"';
        foreach (char letter in text)
        {
            if (letter == '"')
                _buffer[_filled++] = '"';
            _buffer[_filled++] = letter;
        }
        _buffer[_filled++] = '"';
    }

    /// <summary>Adds a cell with a number.</summary>
    internal void Add(double number)
    {
        Separate(LongestNumber);
        if (!Finite.Is(number))
            return;
        NumberFormatter.TryFormat(number, _buffer.AsSpan(_filled), out int length);
        _filled += length;
    }

    /// <summary>Adds cells that are delimited and quoted already.</summary>
    internal void AddRaw(ReadOnlySpan<char> cells)
    {
        Separate(cells.Length);
        Put(cells);
    }

    /// <summary>Ends the row. A row of one empty cell gets quotes: it would be a blank line, which is no row.</summary>
    internal void EndRow()
    {
        Reserve(2 + _lineBreak.Length);
        if (_filled == _rowStart)
        {
            _buffer[_filled++] = '"';
            _buffer[_filled++] = '"';
        }
        Put(_lineBreak.AsSpan());
        _isFirst = true;
        if (_filled >= FlushAt)
            Flush();
        _rowStart = _filled;
    }

    /// <summary>Takes back what has been added to the row.</summary>
    internal void RestartRow()
    {
        _filled = _rowStart;
        _isFirst = true;
    }

    /// <summary>Hands what has been added to the writer.</summary>
    internal void Flush()
    {
        writer.Write(_buffer, 0, _filled);
        _filled = 0;
        _rowStart = 0;
    }

    private void Separate(int length)
    {
        Reserve(length + 1);
        if (!_isFirst)
            _buffer[_filled++] = Delimiter;
        _isFirst = false;
    }

    private void Put(ReadOnlySpan<char> text)
    {
        text.CopyTo(_buffer.AsSpan(_filled));
        _filled += text.Length;
    }

    private void Reserve(int length)
    {
        if (_filled + length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _filled + length));
    }
}
