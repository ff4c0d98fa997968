using System;
using System.Globalization;
using System.Text;

namespace BigMlFlow.Tabular;

/// <summary>
/// Text encodings by the names that PowerShell and others give them. They are strict: text that is not of the encoding is an
/// error, not a row of question marks.
/// </summary>
public static class TextEncodings
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a name: <c>utf8</c>, <c>unicode</c>, <c>ansi</c>, <c>windows-1252</c>, <c>iso-8859-15</c>, <c>1252</c> …</summary>
    /// <param name="name">The name, or the number of a code page.</param>
    /// <returns>The encoding.</returns>
    /// <exception cref="TableException">There is no such encoding.</exception>
    public static Encoding Find(string name)
    {
        TextInfo culture = CultureInfo.CurrentCulture.TextInfo;
        switch (name.ToLowerInvariant())
        {
            case "utf8" or "utf-8" or "utf8nobom" or "default":
                return Utf8;
            case "utf8bom":
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
            case "unicode" or "utf-16" or "utf16" or "utf-16le":
                return new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
            case "bigendianunicode" or "utf-16be":
                return new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
            case "latin1":
                return Strict("iso-8859-1") ?? throw Unknown(name);
            case "ansi":
                return Strict(culture.ANSICodePage) ?? throw Unknown(name);
            case "oem":
                return Strict(culture.OEMCodePage) ?? throw Unknown(name);
            default:
                return (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? Strict(page) : Strict(name)) ?? throw Unknown(name);
        }
    }

    private static Encoding? Strict(object nameOrPage)
    {
        try
        {
            return nameOrPage is int page
                ? Provider(provider => provider.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback))
                    ?? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Provider(provider => provider.GetEncoding((string)nameOrPage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback))
                    ?? Encoding.GetEncoding((string)nameOrPage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>.NET keeps the code pages apart from its encodings. They are asked for here, and registered for nobody else in the process.</summary>
    private static Encoding? Provider(Func<EncodingProvider, Encoding?> find)
#if NET
        => find(CodePagesEncodingProvider.Instance);
#else
        => null;
#endif

    private static TableException Unknown(string name)
        => new($"There is no encoding '{name}'. Name one such as utf8, unicode, windows-1252 or iso-8859-15.");
}
