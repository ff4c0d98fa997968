using System;

namespace BigMlFlow.Numbers;

/// <summary>Reads texts as Python's <c>float(str)</c> does.</summary>
/// <remarks>
/// White space around the number, a sign, <c>_</c> between digits, <c>.5</c>, <c>5.</c>, exponents, <c>nan</c>, <c>inf</c> and <c>infinity</c> in any case, decimal digits of any script. No hexadecimal, no group
/// separators. The white space is Python's, without U+001C to U+001F, which <c>str.strip</c> removes and <c>float</c> refuses. What is too great gives infinity.
/// </remarks>
internal static class PythonFloat
{
    private const int OnStack = 128;

    /// <summary>Reads a text.</summary>
    /// <returns>False where Python raises ValueError, and for null.</returns>
    public static bool TryParse(string? text, out double value) => TryParse(text.AsSpan(), out value);

    /// <summary>Reads a text.</summary>
    /// <returns>False where Python raises ValueError.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = Trim(text);
        return NumberParser.TryParse(text, out value) || TryWord(text, out value) || TryUnusualDigits(text, out value);
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text.Slice(start, end - start);
    }

    private static bool IsSpace(char character) => PythonText.IsSpace(character) && character is not (>= '\u001C' and <= '\u001F');

    private static bool TryWord(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+')) text = text.Slice(1);
        if (Is(text, "nan")) value = double.NaN;
        else if (Is(text, "inf") || Is(text, "infinity")) value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        else return false;
        return true;
    }

    private static bool Is(ReadOnlySpan<char> text, string word)
    {
        if (text.Length != word.Length) return false;
        for (int i = 0; i < word.Length; i++)
        {
            // Setting the bit of lower case makes a letter of no character but that letter's own capital.
            if ((text[i] | 0x20) != word[i]) return false;
        }
        return true;
    }

    /// <summary>Digits of other scripts become ASCII ones, and underscores between digits fall away.</summary>
    private static bool TryUnusualDigits(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        Span<char> plain = text.Length <= OnStack ? stackalloc char[OnStack] : new char[text.Length];
        int length = 0;
        bool afterDigit = false, afterUnderscore = false;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            i += CodePoints.Length(codePoint);
            if (codePoint == '_')
            {
                if (!afterDigit) return false;
                afterDigit = false;
                afterUnderscore = true;
                continue;
            }
            int digit = CodePoints.DecimalDigit(codePoint);
            if ((digit < 0 && afterUnderscore) || (digit < 0 && codePoint > 0x7F)) return false;
            afterDigit = digit >= 0;
            afterUnderscore = false;
            plain[length++] = (char)(digit < 0 ? codePoint : '0' + digit);
        }
        return !afterUnderscore && NumberParser.TryParse(plain.Slice(0, length), out value);
    }
}
