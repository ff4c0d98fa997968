using System;
using System.Globalization;
using System.Text;

namespace BigMlFlow.Numbers;

/// <summary>
/// Code points in UTF-16 texts, as Python counts characters; .NET Framework has no Rune. A surrogate without its partner is a code point of its own, as in Python.
/// </summary>
/// <remarks>Categories are those of the framework: .NET Framework's follow an older Unicode than .NET 8's, and Python 3.11's (14.0) lie between; they differ in characters added since.</remarks>
internal static class CodePoints
{
    /// <summary>The first code point that takes two UTF-16 units.</summary>
    public const int FirstInPair = 0x10000;

    /// <summary>The code point that begins at <paramref name="index"/>.</summary>
    public static int At(ReadOnlySpan<char> text, int index)
    {
        char unit = text[index];
        return char.IsHighSurrogate(unit) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(unit, text[index + 1])
            : unit;
    }

    /// <summary>The code point that ends just before <paramref name="index"/>.</summary>
    public static int Before(ReadOnlySpan<char> text, int index)
    {
        char unit = text[index - 1];
        return char.IsLowSurrogate(unit) && index > 1 && char.IsHighSurrogate(text[index - 2])
            ? char.ConvertToUtf32(text[index - 2], unit)
            : unit;
    }

    /// <summary>How many UTF-16 units a code point takes: 1 or 2.</summary>
    public static int Length(int codePoint) => codePoint < FirstInPair ? 1 : 2;

    /// <summary>Adds a code point to a text.</summary>
    public static void AppendTo(StringBuilder text, int codePoint)
    {
        if (codePoint < FirstInPair)
        {
            text.Append((char)codePoint);
            return;
        }
        int offset = codePoint - FirstInPair;
        text.Append((char)(0xD800 + (offset >> 10))).Append((char)(0xDC00 + (offset & 0x3FF)));
    }

    /// <summary>The general category.</summary>
    public static UnicodeCategory Category(int codePoint)
    {
#if NET
        return CharUnicodeInfo.GetUnicodeCategory(codePoint);
#else
        return codePoint < FirstInPair
            ? CharUnicodeInfo.GetUnicodeCategory((char)codePoint)
            : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);
#endif
    }

    /// <summary>The value of a decimal digit of any script (category Nd), or -1.</summary>
    public static int DecimalDigit(int codePoint)
    {
        if (codePoint < 0x80) return codePoint is >= '0' and <= '9' ? codePoint - '0' : -1;
        if (Category(codePoint) != UnicodeCategory.DecimalDigitNumber) return -1;
        return (int)(codePoint < FirstInPair
            ? CharUnicodeInfo.GetNumericValue((char)codePoint)
            : CharUnicodeInfo.GetNumericValue(char.ConvertFromUtf32(codePoint), 0));
    }
}
