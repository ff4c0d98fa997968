using System;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Text;

/// <summary>
/// Splits a text into tokens as the models that count terms do (bindings: modelfields.py, parse_terms): the shortest runs between
/// word boundaries or underscores that hold no white space. Punctuation between two word characters is a token, beside a space it is none.
/// </summary>
internal ref struct Tokenizer
{
    private const char Backspace = '\b';

    private readonly ReadOnlySpan<char> _text;
    private int _next;

    internal Tokenizer(ReadOnlySpan<char> text)
    {
        _text = text;
        _next = 0;
        Current = default;
    }

    /// <summary>The token found last.</summary>
    internal ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Finds the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    internal bool MoveNext()
    {
        int place = _next;
        while (place < _text.Length)
        {
            if (IsBoundary(place) && TryToken(place))
                return true;
            if (_text[place] == '_' && TryToken(place + 1))
                return true;
            place += CodePoints.Length(CodePoints.At(_text, place));
        }
        _next = place;
        return false;
    }

    /// <summary>The shortest token that begins at a place, if one does; an underscore behind it belongs to the match.</summary>
    private bool TryToken(int start)
    {
        int end = start;
        while (end < _text.Length)
        {
            int character = CodePoints.At(_text, end);
            if (character is '_' or Backspace || PythonText.IsSpace(character))
                return false;
            end += CodePoints.Length(character);
            bool underscore = end < _text.Length && _text[end] == '_';
            if (!underscore && !IsBoundary(end))
                continue;
            Current = _text.Slice(start, end - start);
            _next = underscore && !IsBoundary(end) ? end + 1 : end;
            return true;
        }
        return false;
    }

    /// <summary>Python's <c>\b</c>: a word character on one side only.</summary>
    private readonly bool IsBoundary(int place)
    {
        bool before = place > 0 && PythonText.IsWordCharacter(CodePoints.Before(_text, place));
        bool after = place < _text.Length && PythonText.IsWordCharacter(CodePoints.At(_text, place));
        return before != after;
    }
}
