using System;
using System.Collections.Generic;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Topics;

/// <summary>
/// Infers the topics of a document by Gibbs sampling, with the draws of the bindings (topicmodel.py, infer): one round that takes
/// all topics for equally frequent, one to burn in, one to sample. Within a round the frequencies stay as the round before left
/// them, so a term's cumulated weights are the same each time it is drawn for.
/// </summary>
internal sealed class TopicSampler
{
    private const int SamplesPerTopic = 128;
    private const int FewestUpdates = 16;
    private const int MostUpdates = 512;

    private readonly TermWeights _weights;
    private readonly double _alpha;
    private readonly ulong _seed;

    // The document's distinct terms, each term of it as a place among these, and the cumulated weights of each.
    private readonly List<int> _distinct = [];
    private readonly List<int> _places = [];
    private double[] _cumulated = [];

    /// <param name="weights">The terms' weights in the topics.</param>
    /// <param name="alpha">The prior weight of a topic in a document.</param>
    /// <param name="seed">The seed of every document's draws.</param>
    internal TopicSampler(TermWeights weights, double alpha, ulong seed)
    {
        _weights = weights;
        _alpha = alpha;
        _seed = seed;
    }

    /// <summary>The probabilities of the topics.</summary>
    /// <param name="terms">The places of the document's terms; sorted here.</param>
    internal double[] Infer(List<int> terms)
    {
        Index(terms);
        int topics = _weights.Topics;
        int updates = terms.Count == 0 ? 0 : (int)Math.Min(MostUpdates, Math.Max(FewestUpdates, (double)SamplesPerTopic * topics / terms.Count));
        double normalizer = (double)terms.Count * updates + topics * _alpha;
        var random = new PythonRandom(_seed);
        var figures = new double[topics];
        double[] counts = Draw(null, updates, random);
        for (int round = 0; round < 2; round++)
        {
            Share(counts, normalizer, figures);
            counts = Draw(figures, updates, random);
        }
        Share(counts, normalizer, figures);
        return figures;
    }

    private void Index(List<int> terms)
    {
        terms.Sort();
        _distinct.Clear();
        _places.Clear();
        foreach (int term in terms)
        {
            if (_distinct.Count == 0 || _distinct[_distinct.Count - 1] != term)
                _distinct.Add(term);
            _places.Add(_distinct.Count - 1);
        }
        if (_cumulated.Length < _distinct.Count * _weights.Topics)
            _cumulated = new double[_distinct.Count * _weights.Topics];
    }

    private void Share(double[] counts, double normalizer, double[] shares)
    {
        for (int topic = 0; topic < shares.Length; topic++)
            shares[topic] = (counts[topic] + _alpha) / normalizer;
    }

    /// <summary>How often each topic is drawn for a term of the document.</summary>
    /// <param name="shares">The topics' shares in the document; null where all are equal.</param>
    /// <param name="updates">How often to draw for each term.</param>
    /// <param name="random">Where the draws come from.</param>
    private double[] Draw(double[]? shares, int updates, PythonRandom random)
    {
        int topics = _weights.Topics;
        Cumulate(shares);
        var counts = new double[topics];
        for (int update = 0; update < updates; update++)
        {
            foreach (int place in _places)
            {
                ReadOnlySpan<double> cumulated = _cumulated.AsSpan(place * topics, topics);
                counts[FirstFrom(cumulated, random.NextDouble() * cumulated[topics - 1])]++;
            }
        }
        return counts;
    }

    private void Cumulate(double[]? shares)
    {
        int topics = _weights.Topics;
        for (int place = 0; place < _distinct.Count; place++)
        {
            ReadOnlySpan<double> weights = _weights.Of(_distinct[place]);
            Span<double> cumulated = _cumulated.AsSpan(place * topics, topics);
            double sum = 0;
            for (int topic = 0; topic < topics; topic++)
            {
                sum += shares is null ? weights[topic] : weights[topic] * shares[topic];
                cumulated[topic] = sum;
            }
        }
    }

    /// <summary>The first place from which on a rising list is not below a value.</summary>
    private static int FirstFrom(ReadOnlySpan<double> rising, double value)
    {
        int first = 0, last = rising.Length - 1;
        while (first < last)
        {
            int middle = (first + last) >> 1;
            if (rising[middle] < value)
                first = middle + 1;
            else
                last = middle;
        }
        return first;
    }
}
