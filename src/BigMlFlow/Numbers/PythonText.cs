using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BigMlFlow.Numbers;

/// <summary>Characters and texts as Python's <c>str</c> and <c>re</c> see them, where .NET sees them otherwise.</summary>
internal static class PythonText
{
    private const char CapitalDottedI = '\u0130';
    private const char CapitalSigma = '\u03A3';
    private const char SmallSigma = '\u03C3';
    private const char FinalSigma = '\u03C2';

    /// <summary>What is case-ignorable besides marks, format characters and modifiers: the punctuation that words may hold.</summary>
    private const string IgnorablePunctuation = "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    /// <summary>Lower-case letters that <c>re.IGNORECASE</c> takes for the same as the first of their group, though lower-casing leaves them apart.</summary>
    private static readonly Dictionary<char, char> SameWhenFolded = new()
    {
        ['\u0131'] = 'i',
        ['\u017F'] = 's',
        ['\u03BC'] = '\u00B5',
        ['\u03B9'] = '\u0345',
        ['\u1FBE'] = '\u0345',
        ['\u1FD3'] = '\u0390',
        ['\u1FE3'] = '\u03B0',
        ['\u03D0'] = '\u03B2',
        ['\u03F5'] = '\u03B5',
        ['\u03D1'] = '\u03B8',
        ['\u03F0'] = '\u03BA',
        ['\u03D6'] = '\u03C0',
        ['\u03F1'] = '\u03C1',
        ['\u03C2'] = '\u03C3',
        ['\u03D5'] = '\u03C6',
        ['\u1C80'] = '\u0432',
        ['\u1C81'] = '\u0434',
        ['\u1C82'] = '\u043E',
        ['\u1C83'] = '\u0441',
        ['\u1C84'] = '\u0442',
        ['\u1C85'] = '\u0442',
        ['\u1C86'] = '\u044A',
        ['\u1C87'] = '\u0463',
        ['\u1C88'] = '\uA64B',
        ['\u1E9B'] = '\u1E61',
        ['\uFB06'] = '\uFB05',
    };

    /// <summary>Compares by code points, as Python does; UTF-16 order puts U+E000 to U+FFFF behind the characters that take two units.</summary>
    public static IComparer<string> CodePointOrder { get; } = Comparer<string>.Create(CompareCodePoints);

    /// <summary><c>\w</c> of <c>re</c>: letters, every kind of number, and the underscore; no marks.</summary>
    public static bool IsWordCharacter(char character) => character == '_' || IsAlphanumeric(character);

    /// <summary><c>\w</c> of <c>re</c>, for a code point.</summary>
    public static bool IsWordCharacter(int codePoint) => codePoint == '_' || IsAlphanumeric(codePoint);

    /// <summary><c>str.isalnum</c> of one UTF-16 unit; half of a pair is none.</summary>
    public static bool IsAlphanumeric(char character) => IsAlphanumeric((int)character);

    /// <summary><c>str.isalnum</c>: categories L and N.</summary>
    public static bool IsAlphanumeric(int codePoint)
    {
        if (codePoint < 0x80) return codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
        return CodePoints.Category(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary><c>str.isspace</c> and <c>\s</c> of <c>re</c>; U+001C to U+001F belong to it.</summary>
    public static bool IsSpace(char character) => IsSpace((int)character);

    /// <summary><c>str.isspace</c> and <c>\s</c> of <c>re</c>, for a code point.</summary>
    public static bool IsSpace(int codePoint) => codePoint is (>= 0x09 and <= 0x0D) or (>= 0x1C and <= 0x20)
        || (codePoint >= 0x80 && codePoint is 0x85 or 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000);

    /// <summary><c>str.lower</c>: İ becomes two characters, and Σ at the end of a word ς.</summary>
    public static string Lower(string text)
    {
        // .NET leaves İ alone and knows no final sigma; everything else maps one to one.
        string lower = text.ToLowerInvariant();
        if (text.IndexOf(CapitalSigma) >= 0)
        {
            char[] units = lower.ToCharArray();
            for (int i = 0; i < units.Length; i++)
            {
                if (text[i] == CapitalSigma) units[i] = IsFinal(text, i) ? FinalSigma : SmallSigma;
            }
            lower = new string(units);
        }
        return lower.IndexOf(CapitalDottedI) < 0 ? lower : lower.Replace("\u0130", "i\u0307");
    }

    /// <summary>
    /// Folds a code point as <c>re.IGNORECASE</c> compares: simple lower case, then the letters that share a capital.
    /// i, I, İ and ı are one; so are s and ſ, k and the Kelvin sign, σ and ς; ß is not ss.
    /// </summary>
    public static int Fold(int codePoint)
    {
        if (codePoint < 0x80) return codePoint is >= 'A' and <= 'Z' ? codePoint | 0x20 : codePoint;
        if (codePoint >= CodePoints.FirstInPair)
        {
            string pair = char.ConvertFromUtf32(codePoint).ToLowerInvariant();
            return char.ConvertToUtf32(pair[0], pair[1]);
        }
        if (codePoint == CapitalDottedI) return 'i';
        char lower = char.ToLowerInvariant((char)codePoint);
        return SameWhenFolded.TryGetValue(lower, out char first) ? first : lower;
    }

    /// <summary>Folds every character of a text; its length and the places in it stay the same.</summary>
    public static string Fold(string text)
    {
        char[] units = text.ToLowerInvariant().ToCharArray();
        for (int i = 0; i < units.Length; i++)
        {
            if (units[i] >= 0x80 && !char.IsSurrogate(units[i])) units[i] = (char)Fold(units[i]);
        }
        return new string(units);
    }

    /// <summary>Whether <c>re.IGNORECASE</c> takes two code points for the same.</summary>
    public static bool EqualsIgnoreCase(int a, int b) => a == b || Fold(a) == Fold(b);

    /// <summary><c>repr(str)</c>: in apostrophes, or in quotation marks if it holds apostrophes only; what cannot be printed is escaped.</summary>
    public static string Repr(string text)
    {
        char quote = text.IndexOf('\'') >= 0 && text.IndexOf('"') < 0 ? '"' : '\'';
        var repr = new StringBuilder(text.Length + 2).Append(quote);
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text.AsSpan(), i);
            i += CodePoints.Length(codePoint);
            if (codePoint == quote || codePoint == '\\') repr.Append('\\').Append((char)codePoint);
            else if (codePoint == '\n') repr.Append("\\n");
            else if (codePoint == '\r') repr.Append("\\r");
            else if (codePoint == '\t') repr.Append("\\t");
            else if (IsPrintable(codePoint)) CodePoints.AppendTo(repr, codePoint);
            else if (codePoint <= 0xFF) AppendHexadecimal(repr, 'x', 2, codePoint);
            else if (codePoint <= 0xFFFF) AppendHexadecimal(repr, 'u', 4, codePoint);
            else AppendHexadecimal(repr, 'U', 8, codePoint);
        }
        return repr.Append(quote).ToString();
    }

    private static void AppendHexadecimal(StringBuilder text, char letter, int width, int codePoint) =>
        text.Append('\\').Append(letter).Append(codePoint.ToString("x" + width, CultureInfo.InvariantCulture));

    private static bool IsPrintable(int codePoint)
    {
        if (codePoint < 0x80) return codePoint is >= 0x20 and < 0x7F;
        return CodePoints.Category(codePoint) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
    }

    /// <summary>Unicode's Final_Sigma: a cased letter before it and none behind it, whatever case-ignorable characters are between.</summary>
    private static bool IsFinal(string text, int index)
    {
        ReadOnlySpan<char> all = text.AsSpan();
        bool cased = false;
        for (int i = index; i > 0;)
        {
            int before = CodePoints.Before(all, i);
            i -= CodePoints.Length(before);
            if (IsCaseIgnorable(before)) continue;
            cased = IsCased(before);
            break;
        }
        if (!cased) return false;
        for (int i = index + 1; i < text.Length;)
        {
            int after = CodePoints.At(all, i);
            i += CodePoints.Length(after);
            if (!IsCaseIgnorable(after)) return !IsCased(after);
        }
        return true;
    }

    private static bool IsCaseIgnorable(int codePoint) =>
        CodePoints.Category(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (codePoint < CodePoints.FirstInPair && IgnorablePunctuation.IndexOf((char)codePoint) >= 0);

    private static bool IsCased(int codePoint) =>
        CodePoints.Category(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        // Ordinal indicators, Roman numerals, circled and squared letters.
        || codePoint is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    private static int CompareCodePoints(string? a, string? b)
    {
        if (a is null || b is null) return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        int shorter = Math.Min(a.Length, b.Length);
        int i = 0;
        while (i < shorter && a[i] == b[i]) i++;
        if (i == shorter) return a.Length.CompareTo(b.Length);
        // The texts may part in the middle of a pair.
        if (i > 0 && char.IsHighSurrogate(a[i - 1]) && (char.IsLowSurrogate(a[i]) || char.IsLowSurrogate(b[i]))) i--;
        return CodePoints.At(a.AsSpan(), i).CompareTo(CodePoints.At(b.AsSpan(), i));
    }
}
