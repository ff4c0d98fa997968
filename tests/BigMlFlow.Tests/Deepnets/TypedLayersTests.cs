using System;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Deepnets;

/// <summary>The newer notation, in which each layer has a type: computed by hand for two inputs, 3 and -1.</summary>
public class TypedLayersTests
{
    private const string Preprocess = """[{"index": 0, "type": "numeric", "mean": 0, "stdev": 1}, {"index": 2, "type": "numeric", "mean": 0, "stdev": 1}]""";

    private static double Predict(string layers)
    {
        BigMLModel model = DeepnetText.Load($"\"layers\": [{layers}], \"output_exposition\": {{\"mean\": 0, \"stdev\": 1}}", preprocess: Preprocess);
        return ((Regression)model.Predict(ModelText.Row("""{"a": 3, "b": -1}"""), new PredictionOptions { Full = false })).Prediction;
    }

    private const string Sum = """{"type": "dense", "weights": [[1], [1]], "offset": [0.5]}""";

    [Fact]
    public void WeightsHaveARowForEachInput()
        => Assert.Equal(
            (3 * 1) + (-1 * 3) + 0.5 - ((3 * 2) + (-1 * 4)),
            Predict("""{"type": "dense", "weights": [[1, 2], [3, 4]], "offset": [0.5, 0]}, {"type": "dropout"}, {"type": "flatten"}, {"type": "dense", "weights": [[1], [-1]]}"""));

    [Fact]
    public void ALayerMayNormalize()
        => Assert.Equal(
            (2 * (3 - 1) / Math.Sqrt(4 + 1e-3)) + 7 + (-1 / Math.Sqrt(1 + 1e-3)) + 0.5,
            Predict($$"""{"type": "batch_normalization", "mean": [1, 0], "variance": [4, 1], "gamma": [2, 1], "beta": [7, 0]}, {{Sum}}"""),
            1e-12);

    [Fact]
    public void EpsilonMayBeAnother()
        => Assert.Equal(
            (3 / Math.Sqrt(4)) + (-1 / Math.Sqrt(1)) + 0.5,
            Predict($$"""{"type": "batch_normalization", "mean": [0, 0], "variance": [3, 0], "epsilon": 1}, {{Sum}}"""),
            1e-12);

    [Fact]
    public void ABlockAddsItsInput()
        // (3, -1) through the path: relu(-3, 1) = (0, 1), plus offsets (0, 1): (0, 2); plus the input: (3, 1).
        => Assert.Equal(
            3 + 1 + 0.5,
            Predict($$"""
                {"type": "dense_residual_block", "activation_function": "relu", "identity_path": [], "dense_path": [
                  {"type": "dense", "weights": [[-1, 0], [0, -1]], "offset": [0, 0], "activation_function": "identity"}, {"type": "activation", "activation_function": "relu"},
                  {"type": "dense", "weights": [[1, 0], [0, 1]], "offset": [0, 1]}]}, {{Sum}}
                """));

    [Fact]
    public void ABlockMayHaveTwoPaths()
        => Assert.Equal(
            Math.Tanh((2 * 3) - 1 + 3 + (2 * -1)),
            Predict("""
                {"type": "dense_residual_block", "activation_function": "tanh", "identity_path": [{"type": "dense", "weights": [[2], [1]]}],
                 "dense_path": [{"type": "dense", "weights": [[1], [2]]}]}
                """),
            1e-12);

    [Fact]
    public void MishIsThatOfItsDefinition()
        => Assert.Equal(
            2.5 * Math.Tanh(Math.Log(1 + Math.Exp(2.5))),
            Predict(Sum.Replace("\"dense\"", "\"dense\", \"activation_function\": \"mish\"")),
            1e-12);

    [Theory]
    [InlineData("""{"type": "convolution_2d"}""", "$.deepnet.network.layers[0].type")]
    [InlineData("""{"type": "dense", "weights": "glorot_uniform"}""", "$.deepnet.network.layers[0].weights")]
    [InlineData("""{"type": "dense", "weights": [[1]]}""", "$.deepnet.network.layers[0].weights")]
    [InlineData("""{"type": "dense", "weights": [[1], [1, 2]]}""", "$.deepnet.network.layers[0].weights")]
    [InlineData("""{"type": "dense", "inputs": [-1, -2], "weights": [[1], [1]]}""", "$.deepnet.network.layers[0].inputs")]
    [InlineData("""{"type": "dense_residual_block", "identity_path": [], "dense_path": [{"type": "dense", "weights": [[1], [1]]}]}""", "$.deepnet.network.layers[0]")]
    [InlineData("""{"type": "dense_residual_block", "identity_path": [], "dense_path": [{"type": "dense_residual_block"}]}""", "$.deepnet.network.layers[0].dense_path[0].type")]
    public void WhatIsNotSupportedIsNamedByPlace(string layers, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Predict(layers)).JsonPath);
}
