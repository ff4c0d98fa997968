using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Topics;

/// <summary>
/// How much each term weighs in each topic: its assignments to the topic, smoothed by beta, as a share of the topic's
/// (bindings: topicmodel.py, phi). One block, term after term.
/// </summary>
internal sealed class TermWeights
{
    private readonly double[] _weights;

    /// <param name="assignments">How often each term was assigned to each topic: a list a term.</param>
    /// <param name="beta">The prior weight of a term in a topic.</param>
    /// <param name="terms">How many different terms the model has.</param>
    /// <exception cref="ResourceException">No topics, a list that is too short, or a number that can be no count.</exception>
    internal TermWeights(JsonView assignments, double beta, int terms)
    {
        List<JsonView> rows = assignments.Items().ToList();
        Topics = rows.Count > 0 ? rows[0].Count : 0;
        if (Topics == 0)
            throw assignments.Error("Expected the assignments of at least one term to at least one topic.");
        if (!(beta >= 0))
            throw assignments.Error($"The model's beta has to be 0 or more.");
        _weights = new double[(long)rows.Count * Topics];
        var sums = new double[Topics];
        for (int term = 0; term < rows.Count; term++)
        {
            double[] counts = rows[term].Numbers();
            if (counts.Length < Topics)
                throw rows[term].Error($"Expected {Topics} numbers, one a topic.");
            for (int topic = 0; topic < Topics; topic++)
            {
                if (!(counts[topic] >= 0))
                    throw rows[term].Error("Expected counts of 0 or more.");
                sums[topic] += counts[topic];
                _weights[term * Topics + topic] = counts[topic] + beta;
            }
        }
        Count = rows.Count;
        Normalize(sums, terms * beta, assignments);
    }

    /// <summary>How many topics there are.</summary>
    internal int Topics { get; }

    /// <summary>How many terms there are.</summary>
    internal int Count { get; }

    /// <summary>A term's weights, one a topic.</summary>
    internal ReadOnlySpan<double> Of(int term) => _weights.AsSpan(term * Topics, Topics);

    private void Normalize(double[] sums, double smoothing, JsonView assignments)
    {
        for (int index = 0; index < _weights.Length; index++)
        {
            double norm = sums[index % Topics] + smoothing;
            if (!(norm > 0) || double.IsInfinity(norm))
                throw assignments.Error("The assignments to a topic do not add up to a number above 0.");
            _weights[index] /= norm;
        }
    }
}
