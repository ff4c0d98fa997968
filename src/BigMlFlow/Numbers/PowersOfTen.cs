using System;
using System.Numerics;

namespace BigMlFlow.Numbers;

/// <summary>
/// Powers of ten: exactly, as far as doubles go, and to 128 bits over the whole range that reading and writing doubles needs.
/// </summary>
internal static class PowersOfTen
{
    /// <summary>The greatest power of ten that is a double exactly.</summary>
    public const int GreatestExact = 22;

    /// <summary>Below 10^-343 times 2^64 every number is less than half the smallest double.</summary>
    public const int Smallest = -343;

    /// <summary>What the shortest digits of the smallest double are scaled by.</summary>
    public const int Greatest = 324;

    /// <summary>10^55 is the greatest power of ten whose odd part has 128 bits.</summary>
    private const int GreatestExactSignificand = 55;

    private static readonly double[] ExactDoubles =
    {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    };

    private static readonly ulong[] Significands = Compute();

    /// <summary>10^<paramref name="exponent"/> for 0 to <see cref="GreatestExact"/>.</summary>
    public static double Exact(int exponent) => ExactDoubles[exponent];

    /// <summary>
    /// The highest 128 bits of 10^<paramref name="exponent"/>, cut off, the top bit being one:
    /// the power is (high·2^64 + low + f)·2^<see cref="BinaryExponent"/> with 0 &lt;= f &lt; 1, and f = 0 where <see cref="IsExact"/>.
    /// </summary>
    public static void Significand(int exponent, out ulong high, out ulong low)
    {
        int index = (exponent - Smallest) * 2;
        high = Significands[index];
        low = Significands[index + 1];
    }

    /// <summary>The power of two that the 128-bit significand is scaled by.</summary>
    public static int BinaryExponent(int exponent) => FloorLog2(exponent) - 127;

    /// <summary>Whether nothing was cut off.</summary>
    public static bool IsExact(int exponent) => (uint)exponent <= GreatestExactSignificand;

    /// <summary>The greatest n with 2^n &lt;= 10^<paramref name="exponent"/>, by log2(10) to 20 bits, enough for |exponent| up to 1233.</summary>
    private static int FloorLog2(int exponent) => (exponent * 1741647) >> 19;

    private static ulong[] Compute()
    {
        var words = new ulong[(Greatest - Smallest + 1) * 2];
        BigInteger ten = BigInteger.One;
        for (int exponent = 0; exponent <= Math.Max(Greatest, -Smallest); exponent++, ten *= 10)
        {
            if (exponent <= Greatest)
            {
                int cut = FloorLog2(exponent) - 127;
                Store(words, exponent, cut >= 0 ? ten >> cut : ten << -cut);
            }
            if (exponent > 0 && exponent <= -Smallest)
                Store(words, -exponent, (BigInteger.One << (127 - FloorLog2(-exponent))) / ten);
        }
        return words;
    }

    private static void Store(ulong[] words, int exponent, BigInteger significand)
    {
        int index = (exponent - Smallest) * 2;
        words[index] = (ulong)(significand >> 64);
        words[index + 1] = (ulong)(significand & ulong.MaxValue);
    }
}
