#if NET
using System;
#endif
using System.Numerics;

namespace BigMlFlow.Numbers;

/// <summary>Operations on machine words that .NET Framework has not.</summary>
internal static class Bits
{
    /// <summary>The upper half of the 128-bit product; <paramref name="low"/> is the lower one.</summary>
    public static ulong Multiply(ulong a, ulong b, out ulong low)
    {
#if NET
        return Math.BigMul(a, b, out low);
#else
        return MultiplyByHalves(a, b, out low);
#endif
    }

    /// <summary>The number of zero bits above the highest one; 64 for zero.</summary>
    public static int LeadingZeros(ulong value)
    {
#if NET
        return BitOperations.LeadingZeroCount(value);
#else
        return LeadingZerosByHalving(value);
#endif
    }

    /// <summary>The number of bits of a positive integer.</summary>
    public static int Length(BigInteger value)
    {
#if NET
        return (int)value.GetBitLength();
#else
        return LengthByBytes(value);
#endif
    }

    /// <summary><see cref="Multiply"/> where the framework has no such instruction.</summary>
    internal static ulong MultiplyByHalves(ulong a, ulong b, out ulong low)
    {
        ulong aLow = (uint)a, aHigh = a >> 32, bLow = (uint)b, bHigh = b >> 32;
        ulong lowest = aLow * bLow;
        ulong middle = aHigh * bLow + (lowest >> 32);
        ulong other = aLow * bHigh + (uint)middle;
        low = (other << 32) | (uint)lowest;
        return aHigh * bHigh + (middle >> 32) + (other >> 32);
    }

    /// <summary><see cref="LeadingZeros"/> where the framework has no such instruction.</summary>
    internal static int LeadingZerosByHalving(ulong value)
    {
        if (value == 0) return 64;
        int zeros = 0;
        for (int half = 32; half > 0; half >>= 1)
        {
            if (value >> (64 - half) != 0) continue;
            zeros += half;
            value <<= half;
        }
        return zeros;
    }

    /// <summary><see cref="Length"/> where the framework does not tell.</summary>
    internal static int LengthByBytes(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        int top = bytes.Length - 1;
        if (bytes[top] == 0) top--;
        return top * 8 + 64 - LeadingZerosByHalving(bytes[top]);
    }
}
