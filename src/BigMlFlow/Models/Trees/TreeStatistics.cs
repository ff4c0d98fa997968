using System;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>Figures of distributions as the bindings compute them (multivote.py, predict_utils/regression.py).</summary>
internal static class TreeStatistics
{
    /// <summary>The decimals to which the bindings round figures.</summary>
    internal const int Decimals = 5;

    private const double Z = 1.96;

    /// <summary>The probability beyond ± <see cref="Z"/> of a normal variable.</summary>
    private static readonly double Beyond = 1 - Distributions.Erf(Z / Math.Sqrt(2));

    /// <summary>
    /// The lower end of the Wilson score interval of a share, rounded.
    /// </summary>
    /// <param name="weight">The weight of the class.</param>
    /// <param name="total">The weights of all classes.</param>
    /// <param name="instances">How many instances these weights stand for.</param>
    /// <exception cref="RowException">There is less than one instance.</exception>
    internal static double Wilson(double weight, double total, double instances)
    {
        if (instances < 1)
            throw new RowException("The total of instances in the distribution must be a positive integer");
        double share = total == 0 ? 0 : total == 1 ? weight : weight / total;
        double factor = Z * Z / instances;
        double root = Math.Sqrt((share * (1 - share) + factor / 4) / instances);
        return PythonMath.Round((share + factor / 2 - Z * root) / (1 + factor), Decimals);
    }

    /// <summary>The first value whose cumulative count exceeds half the instances; averaged with the one before where the count is even and exceeds it by just one.</summary>
    /// <returns>NaN if no value does.</returns>
    internal static double Median(ReadOnlySpan<Bin> bins, double instances)
    {
        double half = instances / 2;
        double sum = 0;
        for (int index = 0; index < bins.Length; index++)
        {
            sum += bins[index].Weight;
            if (sum <= half)
                continue;
            return instances % 2 == 0 && sum - 1 == half && index > 0
                ? (bins[index].Value + bins[index - 1].Value) / 2
                : bins[index].Value;
        }
        return double.NaN;
    }

    /// <summary>The mean of a distribution.</summary>
    /// <returns>NaN if it is empty.</returns>
    internal static double Mean(ReadOnlySpan<Bin> bins)
    {
        double sum = 0, count = 0;
        foreach (Bin bin in bins)
        {
            sum += bin.Value * bin.Weight;
            count += bin.Weight;
        }
        return count > 0 ? sum / count : double.NaN;
    }

    /// <summary>The error of a mean: an upper bound of the variance by the chi-square distribution, and from it the half width of an interval.</summary>
    /// <param name="bins">The distribution.</param>
    /// <param name="mean">Its mean.</param>
    /// <param name="population">How many instances it rests on.</param>
    /// <returns>NaN if there are too few.</returns>
    internal static double RegressionError(ReadOnlySpan<Bin> bins, double mean, double population)
    {
        double sum = 0, count = 0;
        foreach (Bin bin in bins)
        {
            sum += (bin.Value - mean) * (bin.Value - mean) * bin.Weight;
            count += bin.Weight;
        }
        double variance = count > 1 ? sum / (count - 1) : double.NaN;
        double quantile = population > 0 ? Distributions.ChiSquareQuantile(Beyond, population) : 0;
        if (quantile == 0)
            return double.NaN;
        double error = variance * (population - 1) / quantile;
        double width = Math.Sqrt(population) + Z;
        return Math.Sqrt(error * (width * width) / population);
    }

    /// <summary>The greatest double below a number.</summary>
    internal static double Before(double number)
    {
        if (number == 0)
            return -double.Epsilon;
        long bits = BitConverter.DoubleToInt64Bits(number);
        return BitConverter.Int64BitsToDouble(number > 0 ? bits - 1 : bits + 1);
    }
}
