using System;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// Merges the bins of a distribution of numbers until few enough are left: the closest neighbours first, the first closest
/// pair of several (bindings: multivote.py, merge_bins). A tournament over the distances finds each pair in logarithmic time.
/// Buffers are used again.
/// </summary>
internal sealed class BinMerger
{
    /// <summary>How many bins a distribution has at most (bindings: BINS_LIMIT).</summary>
    internal const int Limit = 32;

    private int[] _next = [];
    private int[] _previous = [];
    private double[] _distances = [];
    private int[] _winners = [];

    /// <summary>Merges in place.</summary>
    /// <param name="bins">The bins, by value.</param>
    /// <returns>How many are left, at the beginning of the span.</returns>
    internal int Merge(Span<Bin> bins)
    {
        int count = bins.Length;
        if (count <= Limit)
            return count;
        int leaves = 1;
        while (leaves < count)
            leaves *= 2;
        Reserve(count, leaves);
        // Bin i and its right neighbour are the pair i of the tournament.
        for (int index = 0; index < count; index++)
        {
            _next[index] = index + 1;
            _previous[index] = index - 1;
        }
        for (int pair = 0; pair < leaves; pair++)
            _distances[pair] = pair < count - 1 ? bins[pair + 1].Value - bins[pair].Value : double.PositiveInfinity;
        for (int pair = 0; pair < leaves; pair++)
            _winners[leaves + pair] = pair;
        for (int match = leaves - 1; match > 0; match--)
            Play(match);
        for (int left = count; left > Limit; left--)
            MergePair(bins, _winners[1], count, leaves);
        return Compact(bins, count);
    }

    private void MergePair(Span<Bin> bins, int pair, int count, int leaves)
    {
        int right = _next[pair];
        Bin a = bins[pair], b = bins[right];
        double weight = a.Weight + b.Weight;
        bins[pair] = new Bin(weight == 0 ? a.Value : (a.Value * a.Weight + b.Value * b.Weight) / weight, weight);
        _next[pair] = _next[right];
        if (_next[right] < count)
            _previous[_next[right]] = pair;
        SetDistance(right, double.PositiveInfinity, leaves);
        SetDistance(pair, _next[pair] < count ? bins[_next[pair]].Value - bins[pair].Value : double.PositiveInfinity, leaves);
        if (_previous[pair] >= 0)
            SetDistance(_previous[pair], bins[pair].Value - bins[_previous[pair]].Value, leaves);
    }

    private void SetDistance(int pair, double distance, int leaves)
    {
        _distances[pair] = distance;
        for (int match = (leaves + pair) / 2; match > 0; match /= 2)
            Play(match);
    }

    /// <summary>The left one wins unless the right one is closer.</summary>
    private void Play(int match)
    {
        int left = _winners[match * 2], right = _winners[match * 2 + 1];
        _winners[match] = _distances[right] < _distances[left] ? right : left;
    }

    private int Compact(Span<Bin> bins, int count)
    {
        int kept = 0;
        for (int index = 0; index < count; index = _next[index])
            bins[kept++] = bins[index];
        return kept;
    }

    private void Reserve(int count, int leaves)
    {
        if (_next.Length < count)
        {
            _next = new int[count];
            _previous = new int[count];
        }
        if (_distances.Length < leaves)
        {
            _distances = new double[leaves];
            _winners = new int[leaves * 2];
        }
    }
}
