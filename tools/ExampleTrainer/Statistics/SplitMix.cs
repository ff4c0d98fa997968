using System;

namespace BigMlFlow.ExampleTrainer.Statistics;

/// <summary>The SplitMix64 generator (Steele, Lea and Flood 2014): the same draws from the same seed on every framework.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer in [0, bound).</summary>
    public int Next(int bound) => (int)(NextDouble() * bound);

    /// <summary>That many draws with replacement from [0, bound).</summary>
    public int[] Bootstrap(int bound, int count)
    {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++)
            rows[i] = Next(bound);
        return rows;
    }

    /// <summary>That many different draws from [0, bound), in the order of drawing (the head of a Fisher-Yates shuffle).</summary>
    public int[] Sample(int bound, int count)
    {
        int[] all = new int[bound];
        for (int i = 0; i < bound; i++)
            all[i] = i;
        for (int i = 0; i < count; i++)
        {
            int j = i + Next(bound - i);
            (all[i], all[j]) = (all[j], all[i]);
        }
        return all.AsSpan(0, count).ToArray();
    }
}
