using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace BigMlFlow.ExampleTrainer.Unsupervised;

/// <summary>A principal component analysis of standardized numbers: the eigenvectors of their correlations, the largest eigenvalue first.</summary>
internal sealed class PrincipalComponents
{
    private readonly Resource _resource;

    private readonly (double Value, Vector<double> Vector)[] _eigen;

    public PrincipalComponents(string name, IReadOnlyList<Field> inputs)
    {
        _resource = new Resource("pca", name, inputs);
        int rows = inputs[0].Values.Length;
        var standardized = Matrix<double>.Build.DenseOfColumns(inputs.Select(field =>
        {
            var sample = new Sample(field.Values);
            return field.Values.Select(value => (value - sample.Mean) / sample.StandardDeviation);
        }));
        var decomposition = (standardized.TransposeThisAndMultiply(standardized) / (rows - 1)).Evd(Symmetricity.Symmetric);
        _eigen = [.. Enumerable.Range(0, inputs.Count)
            .Select(i => (decomposition.EigenValues[i].Real, Orient(decomposition.EigenVectors.Column(i))))
            .OrderByDescending(pair => pair.Item1)];
    }

    public JsonObject Document()
    {
        double[] cumulative = [.. Shares().Select((_, i) => Numbers.Decimals(Shares().Take(i + 1).Sum()))];
        return _resource.Document(new JsonObject
        {
            ["default_numeric_value"] = null,
            ["pca"] = new JsonObject
            {
                ["components"] = Numbers.Matrix(_eigen.Select(pair => (pair.Vector * Math.Sqrt(pair.Value)).Select(Numbers.Significant))),
                ["cumulative_variance"] = Numbers.Array(cumulative),
                ["eigenvectors"] = Numbers.Matrix(_eigen.Select(pair => pair.Vector.Select(Numbers.Significant))),
                ["fields"] = FieldStructure.Complete(_resource.Fields),
                ["missing_tokens"] = Resource.MissingTokens(),
                ["standardized"] = true,
                ["text_stats"] = new JsonObject(),
                ["variance"] = Numbers.Array(Shares().Select(Numbers.Decimals)),
            },
        });
    }

    /// <summary>The shares of variance of the components, in words.</summary>
    public string Note() => "shares of variance " + string.Join(", ", Shares().Select(share => share.ToString("F3", CultureInfo.InvariantCulture)));

    private IEnumerable<double> Shares() => _eigen.Select(pair => pair.Value / _resource.Inputs.Count);

    /// <summary>A vector's sign is arbitrary: its largest element shall be positive.</summary>
    private static Vector<double> Orient(Vector<double> vector) => vector[vector.AbsoluteMaximumIndex()] < 0 ? -vector : vector;
}
