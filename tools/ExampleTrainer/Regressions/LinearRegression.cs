using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace BigMlFlow.ExampleTrainer.Regressions;

/// <summary>
/// A linear regression by the normal equations. A categorical field is dummy-coded: its first category is the one that the
/// others' coefficients are relative to.
/// </summary>
internal sealed class LinearRegression
{
    /// <summary>The normal distribution's quantile for a two-sided interval at 95 %.</summary>
    private const double Z = 1.959964;

    private readonly Resource _resource;

    private readonly Matrix<double> _design;

    private readonly Matrix<double> _inverse;

    private readonly Vector<double> _beta;

    private readonly double _squaredErrors;

    private readonly double _totalSquares;

    public LinearRegression(string name, IReadOnlyList<Field> inputs, Field objective)
    {
        _resource = new Resource("linearregression", name, inputs, objective);
        var target = Vector<double>.Build.Dense(objective.Values);
        _design = Matrix<double>.Build.DenseOfColumns(inputs.SelectMany(Columns).Append(Enumerable.Repeat(1.0, target.Count)));
        _inverse = _design.TransposeThisAndMultiply(_design).Inverse();
        _beta = _inverse * _design.TransposeThisAndMultiply(target);
        _squaredErrors = (target - _design * _beta).PointwisePower(2).Sum();
        _totalSquares = (target - target.Average()).PointwisePower(2).Sum();
    }

    private int Samples => _design.RowCount;

    private int Parameters => _design.ColumnCount;

    private double MeanSquaredError => _squaredErrors / (Samples - Parameters);

    /// <summary>The share of the variance that the regression explains.</summary>
    public double RSquared => 1 - _squaredErrors / _totalSquares;

    public JsonObject Document() => _resource.Document(new JsonObject
    {
        ["linear_regression"] = new JsonObject
        {
            ["bias"] = true,
            ["coefficients"] = Column(Coefficients()),
            ["field_codings"] = new JsonArray([.. _resource.Inputs.Where(field => !field.IsNumeric).Select(field =>
                (JsonNode)new JsonObject { ["field"] = field.Id, ["coding"] = "dummy", ["dummy_class"] = field.Categories![0] })]),
            ["fields"] = FieldStructure.Complete(_resource.Fields),
            ["missing_tokens"] = Resource.MissingTokens(),
            ["number_of_parameters"] = Parameters,
            ["stats"] = Statistics(),
        },
    });

    /// <summary>The columns of a field in the design matrix.</summary>
    private static IEnumerable<IEnumerable<double>> Columns(Field field) => field.IsNumeric
        ? [field.Values]
        : Enumerable.Range(1, field.Categories!.Length - 1).Select(category => field.Values.Select(value => (int)value == category ? 1.0 : 0.0));

    /// <summary>A coefficient for each number and for each category, 0 for the one that the others are relative to; then the bias.</summary>
    private IEnumerable<double> Coefficients()
    {
        int column = 0;
        foreach (var field in _resource.Inputs)
        {
            if (!field.IsNumeric)
                yield return 0;
            for (int count = field.IsNumeric ? 1 : field.Categories!.Length - 1; count > 0; count--)
                yield return _beta[column++];
        }
        yield return _beta[column];
    }

    private JsonObject Statistics()
    {
        var errors = _inverse.Diagonal().Map(value => Math.Sqrt(MeanSquaredError * value));
        var scores = _beta.PointwiseDivide(errors);
        return new JsonObject
        {
            ["confidence_intervals"] = Column(errors.Map(error => Z * error)),
            ["mean_squared_error"] = Numbers.Significant(MeanSquaredError),
            ["number_of_samples"] = Samples,
            ["p_values"] = Column(scores.Map(score => SpecialFunctions.Erfc(Math.Abs(score) / Math.Sqrt(2)))),
            ["r_squared"] = Numbers.Significant(RSquared),
            ["standard_errors"] = Column(errors),
            ["sum_squared_errors"] = Numbers.Significant(_squaredErrors),
            ["xtx_inverse"] = Numbers.Matrix(_inverse.ToRowArrays().Select(row => row.Select(Numbers.Significant))),
            ["z_scores"] = Column(scores),
        };
    }

    private static JsonArray Column(IEnumerable<double> values) => Numbers.Matrix(values.Select(value => new[] { Numbers.Significant(value) }));
}
