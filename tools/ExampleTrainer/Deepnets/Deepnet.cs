using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Deepnets;

/// <summary>A small network for classes, of two hidden layers, on standardized numbers, trained by stochastic gradient descent.</summary>
internal sealed class Deepnet
{
    private const int Epochs = 100;

    private const double LearningRate = 0.002;

    private static readonly int[] HiddenSizes = [8, 6];

    private readonly Resource _resource;

    /// <summary>The classes in the order of the outputs, which is that of their code points.</summary>
    private readonly string[] _classes;

    private readonly (double Mean, double Deviation)[] _moments;

    private readonly List<Layer> _layers = [];

    public Deepnet(string name, IReadOnlyList<Field> inputs, Field objective, ulong seed)
    {
        _resource = new Resource("deepnet", name, inputs, objective);
        _classes = [.. objective.Categories!.Order(StringComparer.Ordinal)];
        _moments = [.. inputs.Select(field => new Sample(field.Values)).Select(sample => (Numbers.Decimals(sample.Mean), Numbers.Decimals(sample.StandardDeviation)))];
        var random = new SplitMix(seed);
        int[] sizes = [inputs.Count, .. HiddenSizes, _classes.Length];
        for (int i = 1; i < sizes.Length; i++)
            _layers.Add(new Layer(sizes[i - 1], sizes[i], isHidden: i < sizes.Length - 1, random));
        int rows = objective.Values.Length;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (int row in random.Sample(rows, rows))
                Learn(row, objective);
        }
    }

    /// <summary>The index, in the objective's categories, of the most probable class of a row of the training table.</summary>
    public double Predict(int row)
    {
        double[] probabilities = Probabilities(row);
        return Array.IndexOf(_resource.Objective!.Categories!, _classes[Array.IndexOf(probabilities, probabilities.Max())]);
    }

    public JsonObject Document() => _resource.Document(new JsonObject
    {
        ["deepnet"] = new JsonObject
        {
            ["batch_normalization"] = false,
            ["fields"] = FieldStructure.Complete(_resource.Fields),
            ["missing_numerics"] = true,
            ["missing_tokens"] = Resource.MissingTokens(),
            ["network"] = new JsonObject
            {
                ["layers"] = new JsonArray([.. _layers.Select(layer => (JsonNode)layer.ToJson())]),
                ["networks"] = new JsonArray(),
                ["output_exposition"] = new JsonObject { ["type"] = "categorical", ["values"] = new JsonArray([.. _classes.Select(name => (JsonNode)name)]) },
                ["preprocess"] = new JsonArray([.. _moments.Select((moments, index) => (JsonNode)new JsonObject
                {
                    ["index"] = index,
                    ["mean"] = moments.Mean,
                    ["stdev"] = moments.Deviation,
                    ["type"] = "numeric",
                })]),
                ["trees"] = null,
            },
            ["number_of_hidden_layers"] = HiddenSizes.Length,
            ["search"] = false,
            ["suggest_structure"] = false,
        },
    });

    private double[] Probabilities(int row)
    {
        double[] values = [.. _resource.Inputs.Zip(_moments, (field, moments) => (field.Values[row] - moments.Mean) / moments.Deviation)];
        return Softmax.Of(_layers.Aggregate(values, (inputs, layer) => layer.Forward(inputs)));
    }

    private void Learn(int row, Field objective)
    {
        // The gradient of the cross entropy by the last layer's outputs.
        double[] gradient = Probabilities(row);
        gradient[Array.IndexOf(_classes, objective.Label(row))] -= 1;
        foreach (var layer in Enumerable.Reverse(_layers))
            gradient = layer.Backward(gradient, LearningRate);
    }
}
