using System;

namespace BigMlFlow.Numbers;

/// <summary>
/// Reads decimal numbers, correctly rounded and the same on every framework and in every culture: .NET Framework's own parser is neither exact nor the one of .NET.
/// </summary>
/// <remarks>
/// The grammar is that of JSON, widened to what CSV files hold: <c>[+-] (digits [. digits] | . digits) [e [+-] digits]</c>, <c>1.</c> and leading zeros included; no white space, no
/// separators, no words. Nothing is allocated, but for halfway cases. A number beyond the greatest double gives infinity; the caller decides what that means.
/// </remarks>
internal static class NumberParser
{
    private const int OnStack = 128;

    /// <summary>Reads a text that is a number and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (DecimalText.TryRead(text, out DecimalText number))
        {
            value = DecimalRounding.Round(number);
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Reads a UTF-8 text that is a number and nothing else.</summary>
    public static bool TryParseUtf8(ReadOnlySpan<byte> utf8, out double value)
    {
        // A number is ASCII: every byte is a character, and bytes above are no part of any.
        Span<char> text = utf8.Length <= OnStack ? stackalloc char[OnStack] : new char[utf8.Length];
        for (int i = 0; i < utf8.Length; i++) text[i] = (char)utf8[i];
        return TryParse(text.Slice(0, utf8.Length), out value);
    }
}
