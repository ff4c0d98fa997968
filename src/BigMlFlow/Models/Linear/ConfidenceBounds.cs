using System;
using System.Linq;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Linear;

/// <summary>
/// How far a prediction may be off, at 95 %: Student's t times the standard error of the mean response, and of a new observation
/// (bindings: linear.py, confidence_bounds).
/// </summary>
internal sealed class ConfidenceBounds
{
    private const double Confidence = 0.95;

    private readonly int[] _columns;
    private readonly Lazy<double[]> _inverse;
    private readonly double _meanSquaredError;
    private readonly double _quantile;

    private ConfidenceBounds(int[] columns, Lazy<double[]> inverse, double meanSquaredError, double degrees)
    {
        _columns = columns;
        _inverse = inverse;
        _meanSquaredError = meanSquaredError;
        _quantile = degrees > 0 ? Distributions.StudentQuantile(0.5 + (Confidence / 2), degrees) : double.NaN;
    }

    /// <summary>Reads the statistics of a linear regression.</summary>
    /// <param name="inner">The inner model.</param>
    /// <param name="columns">The columns of the expanded input that were estimated: no dummy classes, and the constant only with bias.</param>
    /// <returns>Null where the resource has no matrix.</returns>
    internal static ConfidenceBounds? Read(JsonView inner, int[] columns)
    {
        JsonView stats = inner["stats"];
        JsonView matrix = stats["xtx_inverse"];
        if (matrix.IsNull || (matrix.IsArray && matrix.Count == 0))
            return null;
        double[][] rows = [.. matrix.Items().Select(row => row.Numbers())];
        if (rows.Length != columns.Length || rows.Any(row => row.Length != columns.Length))
            throw matrix.Error($"The matrix should have {columns.Length} rows and columns, one for each coefficient that was estimated.");
        // The bindings invert the matrix again, whatever its name says: their figures are the reference. Done once bounds are asked for.
        double[] flat = [.. rows.SelectMany(row => row)];
        Lazy<double[]> inverse = new(() => LinearAlgebra.Invert(flat, columns.Length) ?? [.. flat.Select(_ => double.NaN)]);
        double degrees = stats.Number("number_of_samples") - inner.Number("number_of_parameters");
        return new ConfidenceBounds(columns, inverse, stats.Number("mean_squared_error"), degrees);
    }

    /// <summary>The bounds for an expanded input.</summary>
    /// <param name="input">The expanded input, with the constant at its end.</param>
    /// <returns>Half the widths of the intervals, and whether they could be computed; both are 0 if not.</returns>
    internal (double Confidence, double Prediction, bool IsValid) Compute(double[] input)
    {
        double[] inverse = _inverse.Value;
        double product = 0;
        for (int row = 0; row < _columns.Length; row++)
        {
            double sum = 0;
            for (int column = 0; column < _columns.Length; column++)
                sum += input[_columns[column]] * inverse[(row * _columns.Length) + column];
            product += sum * input[_columns[row]];
        }
        double confidence = _quantile * Math.Sqrt(_meanSquaredError * product);
        double prediction = _quantile * Math.Sqrt(_meanSquaredError * (product + 1));
        return Finite.Is(confidence) && Finite.Is(prediction) ? (confidence, prediction, true) : (0, 0, false);
    }
}
