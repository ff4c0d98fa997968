using System;

namespace BigMlFlow.Numbers;

/// <summary>Rounding to decimals as Python and as NumPy do it; they differ in the last digit.</summary>
internal static class PythonMath
{
    /// <summary>From here on doubles have no fraction below one half.</summary>
    private const double NoFraction = 4503599627370496;

    /// <summary>Up to here doubles hold every integer.</summary>
    private const double EveryInteger = 9007199254740992;

    /// <summary>Splits a double into halves of 26 bits.</summary>
    private const double Splitter = 134217729;

    /// <summary>
    /// Python's <c>round(x, digits)</c>: the decimal nearest to the exact binary value, the even one of two equally near, as the double nearest to that decimal.
    /// </summary>
    /// <param name="x">Any number; NaN and infinity come back as they are.</param>
    /// <param name="digits">Decimals after the point, 0 to 22.</param>
    public static double Round(double x, int digits)
    {
        double power = Power(digits);
        double magnitude = Math.Abs(x);
        double scaled = magnitude * power;
        // Beyond 2^53 a unit in the last place of x is wider than the decimals' spacing, so x is the double nearest to any of them. This also lets NaN through.
        if (!(scaled <= EveryInteger)) return x;
        double rounded;
        if (scaled >= NoFraction)
        {
            // The product itself was rounded to the nearest integer, ties to even.
            rounded = scaled;
        }
        else
        {
            rounded = Math.Floor(scaled);
            double beyondHalf = scaled - rounded - 0.5;
            // The product's own rounding error is smaller than its step away from the half: only on the half does it decide.
            if (beyondHalf == 0) beyondHalf = ProductError(magnitude, power, scaled);
            if (beyondHalf > 0 || (beyondHalf == 0 && IsOdd(rounded))) rounded++;
        }
        // Both are integers that doubles hold exactly, so the quotient is correctly rounded.
        return WithSign(rounded / power, x);
    }

    /// <summary>NumPy's <c>round(x, digits)</c>: times 10^digits, to the nearest integer with ties to even, divided again.</summary>
    /// <param name="x">Any number; one whose product overflows becomes infinite, as in NumPy.</param>
    /// <param name="digits">Decimals after the point, 0 to 22.</param>
    public static double RoundNumPy(double x, int digits)
    {
        double power = Power(digits);
        double scaled = Math.Abs(x) * power;
        if (scaled < NoFraction)
        {
            double rounded = Math.Floor(scaled);
            double beyondHalf = scaled - rounded - 0.5;
            if (beyondHalf > 0 || (beyondHalf == 0 && IsOdd(rounded))) rounded++;
            scaled = rounded;
        }
        return WithSign(scaled / power, x);
    }

    private static double Power(int digits)
    {
        if ((uint)digits > PowersOfTen.GreatestExact)
            throw new ArgumentOutOfRangeException(nameof(digits), digits, $"Decimals are 0 to {PowersOfTen.GreatestExact}.");
        return PowersOfTen.Exact(digits);
    }

    private static bool IsOdd(double integer) => ((long)integer & 1) != 0;

    private static double WithSign(double magnitude, double sign) => BitConverter.DoubleToInt64Bits(sign) < 0 ? -magnitude : magnitude;

    /// <summary>a·b − product exactly (Dekker 1971), for magnitudes far from overflow and underflow.</summary>
    private static double ProductError(double a, double b, double product)
    {
        double aHigh = HighHalf(a), aLow = a - aHigh, bHigh = HighHalf(b), bLow = b - bHigh;
        return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
    }

    private static double HighHalf(double value)
    {
        double spread = value * Splitter;
        return spread - (spread - value);
    }
}
