using System;
using System.Linq;

namespace BigMlFlow.ExampleTrainer.Statistics;

/// <summary>Scores of classes to probabilities.</summary>
internal static class Softmax
{
    /// <summary>Powers of e to each score, divided by their sum.</summary>
    public static double[] Of(double[] scores)
    {
        double most = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp(score - most))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
