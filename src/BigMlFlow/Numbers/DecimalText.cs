using System;

namespace BigMlFlow.Numbers;

/// <summary>
/// A decimal number as it stands in a text: ±significand × 10^exponent, the significand being its first 19 digits.
/// The grammar: a sign or none, digits with a point before, among, after or without them, and an exponent or none;
/// nothing around it. JSON's numbers are a part of this.
/// </summary>
internal readonly ref struct DecimalText
{
    /// <summary>Below this a significand takes one more digit and still fits 64 bits.</summary>
    private const ulong RoomForADigit = 1_000_000_000_000_000_000;

    /// <summary>Far above any length of a text, so that a great exponent still meets as many zeros.</summary>
    private const long ExponentLimit = 1L << 40;

    private DecimalText(bool negative, ulong significand, long exponent, bool truncated, ReadOnlySpan<char> digits, long digitsExponent)
    {
        Negative = negative;
        Significand = significand;
        Exponent = exponent;
        Truncated = truncated;
        Digits = digits;
        DigitsExponent = digitsExponent;
    }

    /// <summary>Whether a minus sign stands before it.</summary>
    public bool Negative { get; }

    /// <summary>The first 19 digits that count, as an integer.</summary>
    public ulong Significand { get; }

    /// <summary>The power of ten that <see cref="Significand"/> is to be multiplied by.</summary>
    public long Exponent { get; }

    /// <summary>Whether digits other than zero follow the first 19.</summary>
    public bool Truncated { get; }

    /// <summary>All digits, with the point if there is one.</summary>
    public ReadOnlySpan<char> Digits { get; }

    /// <summary>The power of ten that the integer of all <see cref="Digits"/> is to be multiplied by.</summary>
    public long DigitsExponent { get; }

    /// <summary>Reads a whole text.</summary>
    /// <returns>False if the text is anything but a number.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out DecimalText number)
    {
        number = default;
        int i = 0;
        bool negative = false;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            negative = text[0] == '-';
            i = 1;
        }

        int start = i;
        ulong significand = 0;
        long exponent = 0;
        bool truncated = false;
        uint digit;
        for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
        {
            if (significand < RoomForADigit)
            {
                significand = significand * 10 + digit;
            }
            else
            {
                exponent++;
                truncated |= digit != 0;
            }
        }
        int count = i - start;
        int fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            int point = i++;
            for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
            {
                if (significand < RoomForADigit)
                {
                    significand = significand * 10 + digit;
                    exponent--;
                }
                else
                {
                    truncated |= digit != 0;
                }
            }
            fraction = i - point - 1;
            count += fraction;
        }
        if (count == 0) return false;

        int end = i;
        long power = 0;
        if (i < text.Length && (text[i] | 0x20) == 'e')
        {
            i++;
            bool down = false;
            if (i < text.Length && (text[i] == '-' || text[i] == '+')) down = text[i++] == '-';
            int first = i;
            for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
            {
                if (power < ExponentLimit) power = power * 10 + digit;
            }
            if (i == first) return false;
            if (down) power = -power;
        }
        if (i != text.Length) return false;

        number = new DecimalText(negative, significand, exponent + power, truncated, text.Slice(start, end - start), power - fraction);
        return true;
    }
}
