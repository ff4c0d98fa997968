using System;

namespace BigMlFlow.Numbers;

/// <summary>
/// The regularized incomplete gamma and beta functions, by series and continued fractions. What stands before those is computed from deviances (Loader 2000), so that nothing
/// cancels where the parameters are large.
/// </summary>
internal static class SpecialFunctions
{
    private const double Precision = 1e-16;

    /// <summary>Enough for parameters of 10^8, where some ten times their root are needed.</summary>
    private const int MostTerms = 1_000_000;
    private const double Tiny = 1e-300;

    /// <summary>P(a, x), the share of the gamma distribution of shape a below x; <paramref name="upper"/> is the share above.</summary>
    public static double IncompleteGamma(double a, double x, out double upper)
    {
        double lower;
        if (x <= 0)
        {
            lower = 0;
            upper = 1;
        }
        else if (x < a + 1)
        {
            lower = GammaTerm(a, x) * GammaSeries(a, x);
            upper = 1 - lower;
        }
        else
        {
            upper = GammaTerm(a, x) * a * GammaFraction(a, x);
            lower = 1 - upper;
        }
        return lower;
    }

    /// <summary>x^a·e^-x / Γ(a + 1).</summary>
    public static double GammaTerm(double a, double x) => Math.Exp(-StirlingError(a) - Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);

    /// <summary>I_x(a, b), the share of the beta distribution below x.</summary>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="rest">1 − x, which the caller may know more exactly.</param>
    /// <param name="upper">The share above.</param>
    public static double IncompleteBeta(double a, double b, double x, double rest, out double upper)
    {
        double lower;
        if (x <= 0 || rest <= 0)
        {
            lower = x <= 0 ? 0 : 1;
            upper = 1 - lower;
        }
        else if (x < (a + 1) / (a + b + 2))
        {
            lower = BetaTerm(a, b, x, rest) / BetaFraction(a, b, x, rest);
            upper = 1 - lower;
        }
        else
        {
            upper = BetaTerm(a, b, x, rest) / BetaFraction(b, a, rest, x);
            lower = 1 - upper;
        }
        return lower;
    }

    /// <summary>x^a·(1 − x)^b / B(a, b).</summary>
    public static double BetaTerm(double a, double b, double x, double rest)
    {
        double n = a + b;
        double exponent = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x) - Deviance(b, n * rest);
        return Math.Exp(exponent) * Math.Sqrt(a * b / (2 * Math.PI * n));
    }

    /// <summary>ln Γ(a + 1) less Stirling's (a + ½)·ln a − a + ½·ln 2π.</summary>
    private static double StirlingError(double a)
    {
        double error = 0;
        for (; a < 16; a++) error += (a + 0.5) * Math.Log((a + 1) / a) - 1;
        double square = a * a;
        return error + (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / a;
    }

    /// <summary>a·ln(a/x) + x − a, without cancellation where a is close to x.</summary>
    private static double Deviance(double a, double x)
    {
        if (Math.Abs(a - x) >= 0.1 * (a + x)) return a * Math.Log(a / x) + x - a;
        double ratio = (a - x) / (a + x);
        double sum = (a - x) * ratio, term = 2 * a * ratio, before;
        int odd = 1;
        do
        {
            before = sum;
            term *= ratio * ratio;
            odd += 2;
            sum += term / odd;
        }
        while (sum != before);
        return sum;
    }

    private static double GammaSeries(double a, double x)
    {
        double sum = 1, term = 1;
        for (int n = 1; term > Precision * sum && n < MostTerms; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /// <summary>1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − 2·(2 − a)/(x + 5 − a − …))), by Lentz's method.</summary>
    private static double GammaFraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1 / Tiny, d = 1 / b, fraction = d, factor;
        int n = 1;
        do
        {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            factor = c * d;
            fraction *= factor;
            n++;
        }
        while (Math.Abs(factor - 1) > Precision * 4 && n < MostTerms);
        return fraction;
    }

    /// <summary>
    /// What x^a·(1 − x)^b / B(a, b) is divided by to give I_x(a, b): the even part of its continued fraction (Didonato and Morris 1992), by Lentz's method.
    /// Quick where x is below a/(a + b), and exact there however large the parameters are, since x and 1 − x both come in as they are.
    /// </summary>
    private static double BetaFraction(double a, double b, double x, double rest)
    {
        double distance = a * rest - b * x + 1;
        double fraction = NotZero(a * distance / (a + 1)), c = fraction, d = 0, factor;
        int n = 1;
        do
        {
            double span = a + 2 * n;
            double numerator = (a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x / ((span - 1) * (span - 1));
            double denominator = n + n * (b - n) * x / (span - 1) + (a + n) * (distance + n * (1 + rest)) / (span + 1);
            d = 1 / NotZero(denominator + numerator * d);
            c = NotZero(denominator + numerator / c);
            factor = c * d;
            fraction *= factor;
            n++;
        }
        while (Math.Abs(factor - 1) > Precision * 4 && n < MostTerms);
        return fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
