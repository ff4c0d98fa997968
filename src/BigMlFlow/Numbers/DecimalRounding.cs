using System;
using System.Numerics;

namespace BigMlFlow.Numbers;

/// <summary>
/// The double nearest to a decimal number, the even one of two equally near.
/// </summary>
/// <remarks>
/// Three ways, each exact: one multiplication or division where both operands are doubles exactly (Clinger 1990); a product with a 128-bit power of ten, accepted where the
/// bits cut off cannot change the rounding (after Lemire 2021); and whole integers for what remains, which are halfway cases and numbers of more than 19 digits close to them.
/// </remarks>
internal static class DecimalRounding
{
    private const ulong Infinity = 0x7FF0_0000_0000_0000;

    /// <summary>No halfway point between doubles has more digits than 767: beyond them it only matters whether there is anything.</summary>
    private const int DigitsThatCount = 768;

    /// <summary>Rounds; what is beyond the greatest double gives infinity.</summary>
    public static double Round(in DecimalText number)
    {
        double magnitude = Magnitude(number);
        return number.Negative ? -magnitude : magnitude;
    }

    /// <summary>Rounds by whole integers alone: the definition that the faster ways are held against.</summary>
    internal static double RoundExactly(in DecimalText number)
    {
        double magnitude = number.Significand == 0 ? 0 : FromBits(ByIntegers(number));
        return number.Negative ? -magnitude : magnitude;
    }

    private static double Magnitude(in DecimalText number)
    {
        ulong significand = number.Significand;
        long exponent = number.Exponent;
        if (significand == 0) return 0;
        if (significand <= 1UL << 53 && !number.Truncated)
        {
            if (exponent == 0) return significand;
            if (exponent > 0 && exponent <= PowersOfTen.GreatestExact) return significand * PowersOfTen.Exact((int)exponent);
            if (exponent < 0 && exponent >= -PowersOfTen.GreatestExact) return significand / PowersOfTen.Exact((int)-exponent);
        }
        if (exponent < PowersOfTen.Smallest) return 0;
        if (exponent > 308) return double.PositiveInfinity;
        if (ByProduct(significand, (int)exponent, out ulong bits)
            && (!number.Truncated || (ByProduct(significand + 1, (int)exponent, out ulong above) && above == bits)))
        {
            return FromBits(bits);
        }
        return FromBits(ByIntegers(number));
    }

    /// <summary>Rounds significand × 10^exponent with the power cut to 128 bits; false where that does not decide it.</summary>
    private static bool ByProduct(ulong significand, int exponent, out ulong bits)
    {
        int zeros = Bits.LeadingZeros(significand);
        ulong normal = significand << zeros;
        PowersOfTen.Significand(exponent, out ulong powerHigh, out ulong powerLow);
        ulong high = Bits.Multiply(normal, powerHigh, out ulong middle);
        ulong carry = Bits.Multiply(normal, powerLow, out ulong low);
        middle += carry;
        if (middle < carry) high++;
        int scale = PowersOfTen.BinaryExponent(exponent) - zeros + 128;
        if (high >> 63 == 0)
        {
            high = (high << 1) | (middle >> 63);
            middle = (middle << 1) | (low >> 63);
            low <<= 1;
            scale--;
        }
        bool inexact = !PowersOfTen.IsExact(exponent);
        // The true product exceeds this one by less than two units of the middle word, and by something: unless they carry, the rest is not zero and that is all that rounding asks.
        bits = Assemble(high, inexact || (middle | low) != 0, scale);
        return !inexact || middle < ulong.MaxValue - 1;
    }

    private static ulong ByIntegers(in DecimalText number)
    {
        BigInteger digits = AllDigits(number.Digits, out int dropped);
        long exponent = number.DigitsExponent + dropped;
        // 10^309 is beyond the greatest double, and anything below 10^-(343 + digits) below half the smallest.
        if (exponent > 308) return Infinity;
        if (exponent < PowersOfTen.Smallest - DigitsThatCount - 1) return 0;
        int scale = (int)exponent;
        BigInteger five = BigInteger.Pow(5, Math.Abs(scale));
        bool sticky = false;
        BigInteger value;
        if (scale >= 0)
        {
            value = digits * five;
        }
        else
        {
            int shift = Math.Max(0, Bits.Length(five) - Bits.Length(digits) + 66);
            value = BigInteger.DivRem(digits << shift, five, out BigInteger rest);
            sticky = !rest.IsZero;
            scale -= shift;
        }
        int extra = Bits.Length(value) - 64;
        if (extra <= 0) return Assemble((ulong)value << -extra, sticky, scale + extra);
        BigInteger top = value >> extra;
        return Assemble((ulong)top, sticky || top << extra != value, scale + extra);
    }

    private static BigInteger AllDigits(ReadOnlySpan<char> text, out int dropped)
    {
        BigInteger digits = BigInteger.Zero;
        ulong chunk = 0, unit = 1;
        int count = 0;
        bool more = false;
        dropped = 0;
        foreach (char character in text)
        {
            if (character == '.') continue;
            uint digit = character - (uint)'0';
            if (count == 0 && digit == 0) continue;
            if (count == DigitsThatCount)
            {
                dropped++;
                more |= digit != 0;
                continue;
            }
            count++;
            chunk = chunk * 10 + digit;
            unit *= 10;
            if (unit < 1_000_000_000_000_000_000) continue;
            digits = digits * unit + chunk;
            chunk = 0;
            unit = 1;
        }
        digits = digits * unit + chunk;
        if (!more) return digits;
        dropped--;
        return digits * 10 + 1;
    }

    /// <summary>The bits of the double nearest to (high + something below one if <paramref name="sticky"/>)·2^scale; the top bit of high is one.</summary>
    private static ulong Assemble(ulong high, bool sticky, int scale)
    {
        int exponent = scale + 63 + 1023;
        if (exponent >= 2047) return Infinity;
        int cut = exponent > 0 ? 11 : 12 - exponent;
        if (cut > 64) return 0;
        ulong kept = cut == 64 ? 0 : high >> cut;
        ulong half = 1UL << (cut - 1);
        ulong rest = high & (half | (half - 1));
        if (rest > half || (rest == half && (sticky || (kept & 1) != 0))) kept++;
        // The leading one of a normal number adds itself to the exponent, and so does a carry.
        return exponent > 0 ? ((ulong)(exponent - 1) << 52) + kept : kept;
    }

    private static double FromBits(ulong bits) => BitConverter.Int64BitsToDouble((long)bits);
}
