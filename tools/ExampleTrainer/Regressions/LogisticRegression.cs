using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace BigMlFlow.ExampleTrainer.Regressions;

/// <summary>A logistic regression, L2 regularized, on standardized numbers: each class against all others, by Newton's method.</summary>
internal sealed class LogisticRegression
{
    /// <summary>The inverse of the strength of the regularization.</summary>
    private const double C = 10;

    /// <summary>The steps end when no coefficient moves by more.</summary>
    private const double Epsilon = 1e-10;

    private readonly Matrix<double> _design;

    /// <summary>A class each: the fields' coefficients, then the bias.</summary>
    private readonly double[][] _coefficients;

    public LogisticRegression(string name, IReadOnlyList<Field> inputs, Field objective)
    {
        Resource = new Resource("logisticregression", name, inputs, objective);
        var columns = inputs.Select(Standardize).Append(Vector<double>.Build.Dense(objective.Values.Length, 1));
        _design = Matrix<double>.Build.DenseOfColumnVectors(columns);
        _coefficients = [.. Enumerable.Range(0, objective.Categories!.Length).Select(k =>
            Fit(Vector<double>.Build.Dense(objective.Values.Length, row => (int)objective.Values[row] == k ? 1 : 0)))];
    }

    public Resource Resource { get; }

    /// <summary>The most probable class of a row of the training table.</summary>
    public double Predict(int row)
    {
        double[] scores = [.. _coefficients.Select(coefficients => _design.Row(row) * Vector<double>.Build.Dense(coefficients))];
        return Array.IndexOf(scores, scores.Max());
    }

    public JsonObject Document() => Resource.Document(new JsonObject
    {
        ["logistic_regression"] = new JsonObject
        {
            ["balance_fields"] = true,
            ["bias"] = true,
            ["c"] = C,
            ["coefficients"] = new JsonArray([.. Resource.Objective!.Categories!.Zip(_coefficients, (name, coefficients) =>
                (JsonNode)new JsonArray(name, Groups(coefficients)))]),
            ["compute_stats"] = false,
            ["eps"] = Epsilon,
            ["fields"] = FieldStructure.Complete(Resource.Fields),
            ["missing_class_in_coefficients"] = false,
            ["missing_numerics"] = true,
            ["missing_tokens"] = Resource.MissingTokens(),
            ["normalize"] = false,
            ["regularization"] = "l2",
        },
    });

    /// <summary>A list a field: its coefficient, and that of its being missing, which no training row tells anything about; then the bias.</summary>
    private static JsonArray Groups(double[] coefficients) =>
        Numbers.Matrix([.. coefficients[..^1].Select(slope => new[] { Numbers.Significant(slope), 0 }), [Numbers.Significant(coefficients[^1])]]);

    private static Vector<double> Standardize(Field field)
    {
        var sample = new Sample(field.Values);
        double mean = Numbers.Decimals(sample.Mean), deviation = Numbers.Decimals(sample.StandardDeviation);
        return Vector<double>.Build.DenseOfEnumerable(field.Values.Select(value => (value - mean) / deviation));
    }

    private double[] Fit(Vector<double> target)
    {
        // The bias is not regularized.
        var penalty = Matrix<double>.Build.DenseDiagonal(_design.ColumnCount, _design.ColumnCount, column => column < _design.ColumnCount - 1 ? 1 / C : 0);
        var beta = Vector<double>.Build.Dense(_design.ColumnCount);
        Vector<double> step;
        do
        {
            var probability = (_design * beta).Map(score => 1 / (1 + Math.Exp(-score)));
            var gradient = _design.TransposeThisAndMultiply(probability - target) + penalty * beta;
            var weights = probability.Map(p => p * (1 - p));
            var hessian = _design.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalVector(weights) * _design) + penalty;
            step = hessian.Solve(gradient);
            beta -= step;
        }
        while (step.InfinityNorm() > Epsilon);
        return beta.ToArray();
    }
}
