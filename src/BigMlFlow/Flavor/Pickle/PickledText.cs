using System;
using System.Globalization;
using System.Text;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>The texts of pickle protocols 0 and 1, which are written as Python's literals.</summary>
internal static class PickledText
{
    /// <summary>Bytes of Python 2's str: one character a byte.</summary>
    internal static string Latin1(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte letter in bytes)
            text.Append((char)letter);
        return text.ToString();
    }

    /// <summary>A literal in quotes, with escapes.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static string Unquote(string literal)
    {
        if (literal.Length < 2 || literal[0] is not ('\'' or '"') || literal[literal.Length - 1] != literal[0])
            throw new FormatException();
        return Read(literal.Substring(1, literal.Length - 2), isRaw: false);
    }

    /// <summary>Raw-unicode-escape: nothing but \u and \U.</summary>
    /// <exception cref="FormatException">An escape is not complete.</exception>
    internal static string Unescape(string text) => text.IndexOf('\\') < 0 ? text : Read(text, isRaw: true);

    private static string Read(string text, bool isRaw)
    {
        var read = new StringBuilder(text.Length);
        for (int place = 0; place < text.Length; place++)
        {
            if (text[place] != '\\' || (isRaw && (place + 1 >= text.Length || text[place + 1] is not ('u' or 'U'))))
            {
                read.Append(text[place]);
                continue;
            }
            char letter = ++place < text.Length ? text[place] : throw new FormatException();
            int digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                read.Append(letter switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', '0' => '\0', _ => letter });
                continue;
            }
            if (place + digits >= text.Length)
                throw new FormatException();
            int code = int.Parse(text.Substring(place + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            read.Append(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code));
            place += digits;
        }
        return read.ToString();
    }
}
