using System;
using System.Text.Json;

namespace BigMlFlow.Numbers;

/// <summary>
/// Writes doubles with the fewest digits that read back as the same number, the same on every framework and in every culture.
/// </summary>
/// <remarks>
/// Two styles. <see cref="Shortest"/> and <see cref="TryFormat"/>: plain from 0.0001 to below 1E+17, otherwise as <c>1E-05</c> or <c>1.5E+300</c>, whole numbers without a point; valid JSON for every finite number, and what
/// .NET 10 writes for "R" (.NET 8 turns to exponents at 1E+15; both have powers of two that they write with a digit too few). <see cref="PythonRepr"/>: that of Python's <c>repr</c>, plain from 0.0001 to below 1e+16,
/// whole numbers as <c>3.0</c>.
/// </remarks>
internal static class NumberFormatter
{
    /// <summary>The length of the longest text, -1.7976931348623157E+308.</summary>
    public const int MaximumLength = 24;

    private static readonly Style Json = new(plainDigits: 17, "E", "", "NaN", "Infinity");

    private static readonly Style Python = new(plainDigits: 16, "e", ".0", "nan", "inf");

    /// <summary>The shortest text that reads back as the same number, as <c>0.1</c>, <c>3</c>, <c>-0</c>, <c>1E-05</c>; also <c>NaN</c> and <c>-Infinity</c>.</summary>
    public static string Shortest(double value) => Text(value, Json);

    /// <summary>The text as Python's <c>repr(float)</c> gives it: <c>3.0</c>, <c>1e-05</c>, <c>1e+16</c>, <c>-0.0</c>, <c>inf</c>, <c>nan</c>.</summary>
    public static string PythonRepr(double value) => Text(value, Python);

    /// <summary>Writes what <see cref="Shortest"/> gives, without allocating.</summary>
    /// <param name="value">The number; the texts of NaN and infinity are no numbers in JSON.</param>
    /// <param name="destination">Where to; <see cref="MaximumLength"/> characters always suffice.</param>
    /// <param name="charsWritten">How many characters were written.</param>
    /// <returns>False if the destination is too short; nothing is written then.</returns>
    public static bool TryFormat(double value, Span<char> destination, out int charsWritten)
    {
        Span<char> buffer = stackalloc char[MaximumLength];
        charsWritten = Format(value, buffer, Json);
        if (buffer.Slice(0, charsWritten).TryCopyTo(destination)) return true;
        charsWritten = 0;
        return false;
    }

    /// <summary>Writes a JSON number, the same text on every framework, without allocating.</summary>
    /// <exception cref="ArgumentException">The value is NaN or infinite, for which JSON has no number.</exception>
    public static void WriteJson(Utf8JsonWriter writer, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            throw new ArgumentException($"JSON has no number for {Shortest(value)}.", nameof(value));
        Span<char> buffer = stackalloc char[MaximumLength];
        int length = Format(value, buffer, Json);
        writer.WriteRawValue(buffer.Slice(0, length), skipInputValidation: true);
    }

    private static string Text(double value, Style style)
    {
        Span<char> buffer = stackalloc char[MaximumLength];
        int length = Format(value, buffer, style);
        return buffer.Slice(0, length).ToString();
    }

    private static int Format(double value, Span<char> buffer, Style style)
    {
        if (double.IsNaN(value)) return Put(style.NaN, buffer, 0);
        int at = 0;
        if (BitConverter.DoubleToInt64Bits(value) < 0) buffer[at++] = '-';
        if (double.IsInfinity(value)) return Put(style.Infinity, buffer, at);
        if (value == 0)
        {
            buffer[at++] = '0';
            return Put(style.WholeSuffix, buffer, at);
        }

        ulong digits = ShortestDigits.Of(value, out int exponent);
        int count = CountDigits(digits);
        int point = count + exponent;
        if (point < -3 || point > style.PlainDigits) return Scientific(digits, count, point - 1, buffer, at, style);
        if (point <= 0)
        {
            buffer[at++] = '0';
            buffer[at++] = '.';
            buffer.Slice(at, -point).Fill('0');
            return PutDigits(digits, count, buffer, at - point);
        }
        if (point >= count)
        {
            at = PutDigits(digits, count, buffer, at);
            buffer.Slice(at, point - count).Fill('0');
            return Put(style.WholeSuffix, buffer, at + point - count);
        }
        return PutDigitsAround(digits, count, point, buffer, at);
    }

    private static int Scientific(ulong digits, int count, int exponent, Span<char> buffer, int at, Style style)
    {
        at = count == 1 ? PutDigits(digits, 1, buffer, at) : PutDigitsAround(digits, count, 1, buffer, at);
        at = Put(style.ExponentMark, buffer, at);
        buffer[at++] = exponent < 0 ? '-' : '+';
        uint power = (uint)Math.Abs(exponent);
        return PutDigits(power, power < 100 ? 2 : 3, buffer, at);
    }

    /// <summary>Writes the digits with the point behind the first <paramref name="point"/> of them.</summary>
    private static int PutDigitsAround(ulong digits, int count, int point, Span<char> buffer, int at)
    {
        int end = PutDigits(digits, count, buffer, at + 1);
        buffer.Slice(at + 1, point).CopyTo(buffer.Slice(at));
        buffer[at + point] = '.';
        return end;
    }

    private static int PutDigits(ulong digits, int count, Span<char> buffer, int at)
    {
        for (int i = at + count - 1; i >= at; i--, digits /= 10) buffer[i] = (char)('0' + digits % 10);
        return at + count;
    }

    private static int Put(string text, Span<char> buffer, int at)
    {
        text.AsSpan().CopyTo(buffer.Slice(at));
        return at + text.Length;
    }

    private static int CountDigits(ulong digits)
    {
        int count = 1;
        for (; digits >= 10; digits /= 10) count++;
        return count;
    }

    /// <summary>What the two styles differ in.</summary>
    private sealed class Style(int plainDigits, string exponentMark, string wholeSuffix, string nan, string infinity)
    {
        /// <summary>The most digits before the point that are written plainly.</summary>
        public int PlainDigits { get; } = plainDigits;

        public string ExponentMark { get; } = exponentMark;

        public string WholeSuffix { get; } = wholeSuffix;

        public string NaN { get; } = nan;

        public string Infinity { get; } = infinity;
    }
}
