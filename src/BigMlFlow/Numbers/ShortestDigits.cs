using System;

namespace BigMlFlow.Numbers;

/// <summary>
/// The fewest decimal digits that read back as the same double, and of those the nearest to it (Giulietti's Schubfach, with powers of ten of 128 bits).
/// </summary>
internal static class ShortestDigits
{
    private const ulong HiddenBit = 1UL << 52;

    /// <summary>Finds digits and exponent with digits × 10^exponent ≈ <paramref name="value"/>; the digits do not end in a zero.</summary>
    /// <param name="value">A finite number other than zero; its sign is not looked at.</param>
    /// <param name="exponent">The power of ten that the digits are to be multiplied by.</param>
    public static ulong Of(double value, out int exponent)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        ulong fraction = (ulong)bits & (HiddenBit - 1);
        int biased = (int)(bits >> 52) & 0x7FF;
        ulong significand = biased == 0 ? fraction : fraction | HiddenBit;
        int scale = Math.Max(biased, 1) - 1075;
        ulong digits = scale <= 0 && scale > -53 && (significand & ((1UL << -scale) - 1)) == 0
            ? Whole(significand >> -scale, out exponent)
            : Nearest(significand, scale, fraction == 0 && biased > 1, out exponent);
        while (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
        return digits;
    }

    /// <summary>Integers below 2^53 are their own digits: shorter ones would be another integer.</summary>
    private static ulong Whole(ulong integer, out int exponent)
    {
        exponent = 0;
        return integer;
    }

    private static ulong Nearest(ulong significand, int scale, bool lowerIsCloser, out int exponent)
    {
        // All in quarters of a unit in the last place: the number, and the bounds of what rounds to it (included where the significand is even).
        ulong open = significand & 1;
        ulong middle = significand << 2;
        ulong below = middle - (lowerIsCloser ? 1UL : 2UL);
        ulong above = middle + 2;

        // The greatest power of ten not above the width of that interval: log10(2), and log10(3/4) for the narrower one, to 22 bits.
        exponent = (scale * 1262611 - (lowerIsCloser ? 524031 : 0)) >> 22;
        PowersOfTen.Significand(-exponent, out ulong high, out ulong low);
        if (!PowersOfTen.IsExact(-exponent) && ++low == 0) high++;
        int shift = scale + PowersOfTen.BinaryExponent(-exponent) + 128;
        ulong lower = Scale(below << shift, high, low) + open;
        ulong center = Scale(middle << shift, high, low);
        ulong upper = Scale(above << shift, high, low) - open;

        ulong whole = center >> 2;
        if (whole >= 10)
        {
            // One digit fewer, if exactly one of the two neighbours is inside.
            ulong tens = whole / 10 * 40;
            bool downFits = lower <= tens;
            bool upFits = tens + 40 <= upper;
            if (downFits != upFits)
            {
                exponent++;
                return whole / 10 + (upFits ? 1UL : 0);
            }
        }
        bool floorFits = lower <= whole << 2;
        bool ceilingFits = (whole << 2) + 4 <= upper;
        if (floorFits != ceilingFits) return whole + (ceilingFits ? 1UL : 0);
        ulong half = (whole << 2) + 2;
        return whole + (center > half || (center == half && (whole & 1) != 0) ? 1UL : 0);
    }

    /// <summary>The whole part of factor × (high·2^64 + low) / 2^128, its last bit set if anything was cut off.</summary>
    private static ulong Scale(ulong factor, ulong high, ulong low)
    {
        ulong carry = Bits.Multiply(factor, low, out _);
        ulong whole = Bits.Multiply(factor, high, out ulong rest);
        rest += carry;
        if (rest < carry) whole++;
        return rest > 1 ? whole | 1 : whole;
    }
}
