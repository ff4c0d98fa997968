using System;
using System.Globalization;
using System.Text.RegularExpressions;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor.Yaml;

/// <summary>
/// Which type a plain scalar has. The rules are those of YAML 1.1's type repository as PyYAML reads them (resolver.py,
/// constructor.py): MLflow reads and writes every file of its format with that library.
/// </summary>
internal static class YamlScalars
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Regex Null = new(@"^(~|null|Null|NULL|)\z", Options);

    private static readonly Regex Boolean = new(@"^(?<true>yes|Yes|YES|true|True|TRUE|on|On|ON)\z|^(no|No|NO|false|False|FALSE|off|Off|OFF)\z", Options);

    private static readonly Regex Integer = new(
        @"^[-+]?(?<binary>0b[0-1_]+)\z|^[-+]?(?<octal>0[0-7_]+)\z|^[-+]?(?<decimal>0|[1-9][0-9_]*)\z|^[-+]?(?<hex>0x[0-9a-fA-F_]+)\z|^[-+]?(?<sixty>[1-9][0-9_]*(:[0-5]?[0-9])+)\z",
        Options);

    private static readonly Regex Float = new(
        @"^[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?\z|^\.[0-9][0-9_]*([eE][-+][0-9]+)?\z|^[-+]?(?<sixty>[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)\z|^[-+]?(?<infinity>\.(inf|Inf|INF))\z|^(?<nan>\.(nan|NaN|NAN))\z",
        Options);

    private static readonly Regex Timestamp = new(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?\z",
        Options);

    /// <summary>What other readers take for a type: the letters of YAML 1.1's booleans, and numbers of YAML 1.2.</summary>
    private static readonly Regex ElsewhereTyped = new(@"^[yYnN]\z|^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z|^0o[0-7]+\z|^[-+]\.(nan|NaN|NAN)\z", Options);

    /// <summary>The value of a plain scalar without a tag.</summary>
    /// <returns>Null, a truth value, a number, a <see cref="YamlLiteral"/> for a date or a longer number, or the text.</returns>
    internal static object? Resolve(string text)
    {
        if (Null.IsMatch(text))
            return null;
        if (Boolean.Match(text) is { Success: true } boolean)
            return boolean.Groups["true"].Success;
        if (Integer.Match(text) is { Success: true } integer)
            return ReadInteger(text, integer);
        if (Float.Match(text) is { Success: true } number)
            return ReadFloat(text, number);
        return Timestamp.IsMatch(text) ? new YamlLiteral(text) : text;
    }

    /// <summary>Whether a text would be taken for something else if it stood there without quotes.</summary>
    internal static bool NeedsQuotes(string text)
        => text is "=" or "<<" || Resolve(text) is not string || Integer.IsMatch(text) || Float.IsMatch(text) || ElsewhereTyped.IsMatch(text);

    /// <summary>A number as PyYAML writes it: with a point, so that it is read as a floating-point number again.</summary>
    internal static string Write(double number)
    {
        if (double.IsNaN(number))
            return ".nan";
        if (double.IsInfinity(number))
            return number > 0 ? ".inf" : "-.inf";
        string text = NumberFormatter.PythonRepr(number);
        return text.IndexOf('.') < 0 && text.IndexOf('e') is >= 0 and int place ? text.Insert(place, ".0") : text;
    }

    private static object ReadInteger(string text, Match match)
    {
        bool negative = text[0] == '-';
        string digits = text.TrimStart('-', '+').Replace("_", string.Empty);
        try
        {
            long? value = match switch
            {
                _ when match.Groups["binary"].Success => Radix(digits.Substring(2), 2),
                _ when match.Groups["octal"].Success => Radix(digits, 8),
                _ when match.Groups["hex"].Success => Radix(digits.Substring(2), 16),
                _ when match.Groups["sixty"].Success => Sexagesimal(digits),
                _ => Radix(digits, 10),
            };
            return value is { } whole ? negative ? -whole : whole : text;
        }
        catch (OverflowException)
        {
            return new YamlLiteral(text);
        }
    }

    private static object ReadFloat(string text, Match match)
    {
        bool negative = text[0] == '-';
        if (match.Groups["nan"].Success)
            return double.NaN;
        if (match.Groups["infinity"].Success)
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        string digits = text.TrimStart('-', '+').Replace("_", string.Empty);
        double value = 0;
        foreach (string part in digits.Split(':'))
        {
            if (!PythonFloat.TryParse(part.AsSpan(), out double number))
                return text;
            value = (value * 60) + number;
        }
        return negative ? -value : value;
    }

    /// <summary>The number that digits spell; null where underscores were all there was.</summary>
    private static long? Radix(string digits, int radix)
    {
        if (digits.Length == 0)
            return null;
        long value = 0;
        foreach (char digit in digits)
            value = checked((value * radix) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10));
        return value;
    }

    private static long Sexagesimal(string digits)
    {
        long value = 0;
        foreach (string part in digits.Split(':'))
            value = checked((value * 60) + long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));
        return value;
    }
}
