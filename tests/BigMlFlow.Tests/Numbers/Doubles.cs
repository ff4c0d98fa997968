using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace BigMlFlow.Tests.Numbers;

/// <summary>Doubles to try a number routine on, the same in every run.</summary>
internal static class Doubles
{
    /// <summary>Every power of two and of ten with its neighbours, the ends of the ranges, and small numbers of every kind.</summary>
    public static IEnumerable<double> Edges()
    {
        double[] special = [0.0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014e-308, 2.225073858507201e-308, 1e23, 9007199254740993, 5e-324, 0.1, 1.0 / 3];
        foreach (double value in special) yield return value;
        for (int exponent = -1074; exponent < 1024; exponent++)
        {
            foreach (double value in Around(Math.ScaleB(1, exponent))) yield return value;
        }
        for (int exponent = -323; exponent < 309; exponent++)
        {
            foreach (double value in Around(double.Parse("1e" + exponent, CultureInfo.InvariantCulture))) yield return value;
        }
        for (int i = 1; i <= 2000; i++)
        {
            yield return i;
            yield return i / 100.0;
            yield return -i * 1e-5;
        }
    }

    /// <summary>Finite doubles of random bits: every exponent is as likely as any other.</summary>
    public static IEnumerable<double> RandomBits(int count, int seed)
    {
        var random = new Random(seed);
        while (count > 0)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value)) continue;
            count--;
            yield return value;
        }
    }

    /// <summary>The exact decimal of the point halfway between a positive double and the next one.</summary>
    public static string Halfway(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)(bits >> 52);
        BigInteger significand = (bits & 0xF_FFFF_FFFF_FFFF) | (biased == 0 ? 0 : 1L << 52);
        int scale = Math.Max(biased, 1) - 1076;
        BigInteger digits = significand * 2 + 1;
        return scale >= 0 ? (digits << scale).ToString(CultureInfo.InvariantCulture) : digits * BigInteger.Pow(5, -scale) + "e" + scale;
    }

    private static IEnumerable<double> Around(double value) => [Math.BitDecrement(value), value, Math.BitIncrement(value)];
}
