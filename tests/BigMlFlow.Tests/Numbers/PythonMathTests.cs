using System;
using System.Globalization;
using System.Numerics;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>The expected numbers are those of Python 3.11 and NumPy 2.4.</summary>
public sealed class PythonMathTests
{
    [Theory]
    [InlineData(0.5, 0, 0.0)]
    [InlineData(1.5, 0, 2.0)]
    [InlineData(2.5, 0, 2.0)]
    [InlineData(-2.5, 0, -2.0)]
    [InlineData(2.675, 2, 2.67)]
    [InlineData(1.005, 2, 1.0)]
    [InlineData(0.123455, 5, 0.12345)]
    [InlineData(0.123465, 5, 0.12347)]
    [InlineData(2.5e-05, 5, 3e-05)]
    [InlineData(5e-06, 5, 1e-05)]
    [InlineData(1.5e-05, 5, 2e-05)]
    [InlineData(-1e-06, 5, -0.0)]
    [InlineData(-0.0, 5, -0.0)]
    [InlineData(4.999995, 5, 5.0)]
    [InlineData(0.015625, 5, 0.01562)]
    [InlineData(3.0517578125e-05, 14, 3.051757812e-05)]
    [InlineData(0.1328125, 6, 0.132812)]
    [InlineData(0.1484375, 6, 0.148438)]
    [InlineData(4503599627370495.5, 0, 4503599627370496.0)]
    [InlineData(4503599627370498.0, 0, 4503599627370498.0)]
    [InlineData(2251799813685248.0, 1, 2251799813685248.0)]
    [InlineData(2251799813685249.0, 1, 2251799813685249.0)]
    [InlineData(900719925474.0992, 4, 900719925474.0992)]
    [InlineData(90071992547.40993, 5, 90071992547.40993)]
    [InlineData(45035996273.70496, 5, 45035996273.70496)]
    [InlineData(72057594037.92793, 5, 72057594037.92793)]
    [InlineData(1e+16, 5, 1e+16)]
    [InlineData(1.7976931348623157e+308, 5, 1.7976931348623157e+308)]
    [InlineData(5e-324, 5, 0.0)]
    [InlineData(123456789.123455, 5, 123456789.12346)]
    [InlineData(0.1, 17, 0.1)]
    [InlineData(0.30000000000000004, 16, 0.3)]
    [InlineData(0.6931471805599453, 15, 0.693147180559945)]
    [InlineData(0.3333333333333333, 17, 0.3333333333333333)]
    [InlineData(5982.307382334539, 5, 5982.30738)]
    [InlineData(-0.6053713524268045, 5, -0.60537)]
    [InlineData(0.0006451117387363627, 5, 0.00065)]
    [InlineData(-4.153499979341513, 5, -4.1535)]
    [InlineData(-7090570694.820459, 5, -7090570694.82046)]
    [InlineData(-99.51476923954661, 5, -99.51477)]
    [InlineData(-943297507.8310775, 5, -943297507.83108)]
    [InlineData(-0.6546403051549412, 5, -0.65464)]
    public void RoundIsPythons(double x, int digits, double expected) => Same(expected, PythonMath.Round(x, digits), x);

    [Theory]
    [InlineData(0.123455, 5, 0.12346)]
    [InlineData(0.123465, 5, 0.12346)]
    [InlineData(2.675, 2, 2.68)]
    [InlineData(1.005, 2, 1.0)]
    [InlineData(0.5, 0, 0.0)]
    [InlineData(1.5, 0, 2.0)]
    [InlineData(2.5, 0, 2.0)]
    [InlineData(-2.5, 0, -2.0)]
    [InlineData(2.5e-05, 5, 2e-05)]
    [InlineData(-1e-06, 5, -0.0)]
    [InlineData(0.285, 2, 0.28)]
    [InlineData(1e+16, 5, 1e+16)]
    [InlineData(4503599627370495.5, 0, 4503599627370496.0)]
    [InlineData(1e+308, 5, double.PositiveInfinity)]
    [InlineData(5.015, 2, 5.01)]
    [InlineData(0.012345, 5, 0.01234)]
    [InlineData(0.3333333333333333, 5, 0.33333)]
    [InlineData(0.6666666666666666, 5, 0.66667)]
    [InlineData(0.999995, 5, 1.0)]
    [InlineData(1.0, 5, 1.0)]
    public void RoundNumPyIsNumPys(double x, int digits, double expected) => Same(expected, PythonMath.RoundNumPy(x, digits), x);

    [Fact]
    public void RoundIsExactOnTheBinaryValue()
    {
        var random = new Random(21);
        for (int i = 0; i < 60_000; i++)
        {
            int digits = random.Next(3) == 0 ? random.Next(23) : 5;
            double x = (i % 3) switch
            {
                0 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 18)),
                // Decimals that end in 5 one place further, just beside the tie in binary; and fractions that are ties.
                1 => (random.NextInt64(1_000_000_000_000) + 0.5) / Math.Pow(10, random.Next(9)),
                _ => (2 * random.Next() + 1) / (double)(1L << random.Next(1, 40)),
            };
            Same(Exactly(x, digits), PythonMath.Round(x, digits), x);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void WhatIsNoNumberComesBack(double x)
    {
        Same(x, PythonMath.Round(x, 5), x);
        Same(x, PythonMath.RoundNumPy(x, 5), x);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(23)]
    public void DecimalsHaveLimits(int digits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PythonMath.Round(1, digits));
        Assert.Throws<ArgumentOutOfRangeException>(() => PythonMath.RoundNumPy(1, digits));
    }

    /// <summary>By whole integers: x = c·2^q, so x·10^digits is an integer over a power of two.</summary>
    private static double Exactly(double x, int digits)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        BigInteger numerator = ((bits & 0xF_FFFF_FFFF_FFFF) | (1L << 52)) * BigInteger.Pow(10, digits);
        int scale = (int)(bits >> 52) - 1075;
        BigInteger denominator = BigInteger.One << Math.Max(0, -scale);
        numerator <<= Math.Max(0, scale);
        BigInteger whole = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        if (half > 0 || (half == 0 && !whole.IsEven)) whole++;
        double rounded = double.Parse(whole + "e-" + digits, CultureInfo.InvariantCulture);
        return x < 0 ? -rounded : rounded;
    }

    private static void Same(double expected, double actual, double x) =>
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{x:R}: {expected:R} expected, {actual:R} got");
}
