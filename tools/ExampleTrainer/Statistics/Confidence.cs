using System;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace BigMlFlow.ExampleTrainer.Statistics;

/// <summary>What BigML calls the confidence of a node, at 95 %.</summary>
internal static class Confidence
{
    private const double Z = 1.96;

    /// <summary>Of a class: the lower bound of the Wilson score interval of its share.</summary>
    public static double Wilson(double count, double total)
    {
        double share = count / total, z2 = Z * Z;
        double spread = Z * Math.Sqrt((share * (1 - share) + z2 / (4 * total)) / total);
        return (share + z2 / (2 * total) - spread) / (1 + z2 / total);
    }

    /// <summary>Of a number: the error to expect, from an upper bound of the variance (chi-square) and the uncertainty of the mean. 0 for a single instance.</summary>
    public static double ExpectedError(double variance, int count)
    {
        double quantile = ChiSquared.InvCDF(count, 1 - SpecialFunctions.Erf(Z / Math.Sqrt(2)));
        double bound = variance * (count - 1) / quantile;
        double width = Math.Sqrt(count) + Z;
        return Math.Sqrt(bound * width * width / count);
    }
}
