using System;
using System.Numerics;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>What .NET Framework runs in place of instructions, held against them here.</summary>
public sealed class BitsTests
{
    [Fact]
    public void TheStandInsGiveWhatTheInstructionsGive()
    {
        var random = new Random(41);
        for (int i = 0; i < 20_000; i++)
        {
            ulong a = Word(random), b = Word(random);
            Assert.Equal(Math.BigMul(a, b, out ulong low), Bits.MultiplyByHalves(a, b, out ulong lowByHalves));
            Assert.Equal(low, lowByHalves);
            Assert.Equal(BitOperations.LeadingZeroCount(a), Bits.LeadingZerosByHalving(a));
            BigInteger integer = (new BigInteger(a) << random.Next(100)) + b + 1;
            Assert.Equal(integer.GetBitLength(), Bits.LengthByBytes(integer));
        }
        Assert.Equal(64, Bits.LeadingZerosByHalving(0));
        Assert.Equal(8, Bits.LengthByBytes(128));
    }

    /// <summary>Words of any length, and full ones, where carries are.</summary>
    private static ulong Word(Random random) => random.Next(4) == 0
        ? ulong.MaxValue << random.Next(64) >> random.Next(64)
        : (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
