using System;

namespace BigMlFlow.Numbers;

/// <summary>What the predictors need of statistics, to about twelve digits, as scipy.stats and Python's math give it.</summary>
internal static class Distributions
{
    private const int MostSteps = 500;
    private const double Precision = 1e-15;

    /// <summary>With more degrees of freedom the first terms of the expansion about the normal distribution are exact to the last digits, and series grow long.</summary>
    private const double NearlyNormal = 1e7;

    /// <summary>The error function, as <c>math.erf</c>.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        // The next term of the series, x^3/3, is below the last digit.
        if (Math.Abs(x) < 1e-9) return x * (2 / Math.Sqrt(Math.PI));
        if (Math.Abs(x) > 6) return Math.Sign(x);
        return Math.Sign(x) * SpecialFunctions.IncompleteGamma(0.5, x * x, out _);
    }

    /// <summary>The x that a chi-square variable stays below with a probability, as <c>scipy.stats.chi2.ppf(probability, degrees)</c>.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom, above zero; any real number.</param>
    /// <returns>NaN where an argument is outside its range; infinity for a probability of 1.</returns>
    public static double ChiSquareQuantile(double probability, double degrees)
    {
        if (!(probability >= 0 && probability <= 1 && degrees > 0)) return double.NaN;
        if (probability == 0) return 0;
        if (probability == 1) return double.PositiveInfinity;
        if (degrees > NearlyNormal)
        {
            double z = NormalQuantile(probability), spread = Math.Sqrt(2 * degrees);
            return degrees + z * spread + (z * z - 1) * 2 / 3 + z * (z * z - 7) / (9 * spread);
        }
        double shape = degrees / 2;
        // Wilson and Hilferty's cube; where it fails, the first term of the series at zero.
        double root = 1 - 1 / (9 * shape) + RoughNormalQuantile(probability) / (3 * Math.Sqrt(shape));
        double start = root > 0.2
            ? shape * root * root * root
            : Math.Pow(probability / SpecialFunctions.GammaTerm(shape, 1) * Math.Exp(-1), 1 / shape);
        return 2 * Solve(new Gamma(shape, probability, 1 - probability), start);
    }

    /// <summary>The x that Student's t stays below with a probability, as <c>scipy.stats.t.ppf(probability, degrees)</c>.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="degrees">Degrees of freedom, above zero; any real number.</param>
    /// <returns>NaN where an argument is outside its range; an infinity for 0 and 1.</returns>
    public static double StudentQuantile(double probability, double degrees)
    {
        if (!(probability >= 0 && probability <= 1 && degrees > 0)) return double.NaN;
        if (probability == 0.5) return 0;
        if (probability == 0 || probability == 1) return probability == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (degrees > NearlyNormal)
        {
            double normal = NormalQuantile(probability), square = normal * normal;
            return normal * (1 + ((square + 1) / 4 + (3 + square * (16 + square * 5)) / (96 * degrees)) / degrees);
        }
        double z = Math.Abs(RoughNormalQuantile(probability));
        double magnitude = Solve(new Student(degrees, probability), z + z * (z * z + 1) / (4 * degrees));
        return probability < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>A normal quantile: half its square has the gamma distribution of shape ½.</summary>
    private static double NormalQuantile(double probability)
    {
        double rough = RoughNormalQuantile(probability), outside = 2 * Math.Min(probability, 1 - probability);
        if (outside == 1) return 0;
        double magnitude = Math.Sqrt(2 * Solve(new Gamma(0.5, 1 - outside, outside), rough * rough / 2));
        return probability < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>A normal quantile to three digits (Abramowitz and Stegun 26.2.23), to start from.</summary>
    private static double RoughNormalQuantile(double probability)
    {
        double t = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
        double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return probability < 0.5 ? -z : z;
    }

    /// <summary>Newton's steps towards the positive zero of a rising function, halving the bracket where a step leaves it.</summary>
    private static double Solve<TDistribution>(TDistribution distribution, double start)
        where TDistribution : struct, IDistribution
    {
        double low = 0, high = double.PositiveInfinity, x = start;
        for (int step = 0; step < MostSteps; step++)
        {
            double excess = distribution.Excess(x);
            if (excess == 0) return x;
            if (excess > 0) high = x;
            else low = x;
            double next = x - excess / distribution.Density(x);
            if (!(next > low && next < high)) next = double.IsPositiveInfinity(high) ? 2 * x : (low + high) / 2;
            if (Math.Abs(next - x) <= Precision * x) return next;
            x = next;
        }
        return x;
    }

    /// <summary>A distribution on the positive numbers and the probability looked for.</summary>
    private interface IDistribution
    {
        /// <summary>The probability below x less the one looked for.</summary>
        double Excess(double x);

        /// <summary>The derivative of <see cref="Excess"/>.</summary>
        double Density(double x);
    }

    private readonly struct Gamma(double shape, double below, double above) : IDistribution
    {
        public double Excess(double x)
        {
            double lower = SpecialFunctions.IncompleteGamma(shape, x, out double upper);
            return below < above ? lower - below : above - upper;
        }

        public double Density(double x) => SpecialFunctions.GammaTerm(shape, x) * shape / x;
    }

    /// <summary>The magnitude of Student's t: either the share around zero or that of both tails is compared, whichever is smaller.</summary>
    private readonly struct Student(double degrees, double probability) : IDistribution
    {
        private readonly double _inside = 2 * Math.Abs(probability - 0.5);
        private readonly double _outside = 2 * Math.Min(probability, 1 - probability);

        public double Excess(double x)
        {
            double sum = degrees + x * x;
            double inside = SpecialFunctions.IncompleteBeta(0.5, degrees / 2, x * x / sum, degrees / sum, out double outside);
            return _inside < _outside ? inside - _inside : _outside - outside;
        }

        public double Density(double x)
        {
            double sum = degrees + x * x;
            return SpecialFunctions.BetaTerm(0.5, degrees / 2, x * x / sum, degrees / sum) * 2 / x;
        }
    }
}
