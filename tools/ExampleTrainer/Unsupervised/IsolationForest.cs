using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using BigMlFlow.ExampleTrainer.Trees;
using MathNet.Numerics;

namespace BigMlFlow.ExampleTrainer.Unsupervised;

/// <summary>An anomaly detector: trees that split samples of the rows at random (Liu, Ting and Zhou 2008). Rows soon alone are odd.</summary>
internal sealed class IsolationForest
{
    private const int TopAnomalies = 10;

    private readonly Resource _resource;

    private readonly int _sampleSize;

    private readonly Node[] _trees;

    public IsolationForest(string name, IReadOnlyList<Field> inputs, int trees, int sampleSize, ulong seed)
    {
        (_resource, _sampleSize) = (new Resource("anomaly", name, inputs), sampleSize);
        var random = new SplitMix(seed);
        _trees = [.. Enumerable.Range(0, trees).Select(_ => Grow(new Node(null, random.Sample(inputs[0].Values.Length, sampleSize)), random))];
    }

    public JsonObject Document()
    {
        double norm = Math.Min(MeanDepth(), ExpectedDepth());
        var top = Enumerable.Range(0, _resource.Inputs[0].Values.Length)
            .Select(row => (Row: row, Score: Score(row, norm))).OrderByDescending(pair => pair.Score).Take(TopAnomalies);
        return _resource.Document(new JsonObject
        {
            ["constraints"] = false,
            ["forest_size"] = _trees.Length,
            ["id_fields"] = new JsonArray(),
            ["model"] = new JsonObject
            {
                ["constraints"] = false,
                ["fields"] = FieldStructure.Complete(_resource.Fields),
                ["forest_size"] = _trees.Length,
                ["kind"] = "iforest",
                ["mean_depth"] = MeanDepth(),
                ["missing_tokens"] = Resource.MissingTokens(),
                ["normalize_repeats"] = false,
                ["sample_size"] = _sampleSize,
                ["top_anomalies"] = new JsonArray([.. top.Select(pair => (JsonNode)new JsonObject
                {
                    ["row"] = Numbers.Array(_resource.Inputs.Select(field => field.Values[pair.Row])),
                    ["row_number"] = pair.Row,
                    ["score"] = pair.Score,
                })]),
                ["top_n"] = TopAnomalies,
                ["trees"] = new JsonArray([.. _trees.Select(root => (JsonNode)new JsonObject
                {
                    ["root"] = NodeJson(root),
                    ["training_mean_depth"] = Numbers.Decimals(root.Rows.Average(row => Depth(root, row))),
                })]),
            },
            ["normalize_repeats"] = false,
            ["sample_size"] = _sampleSize,
            ["top_n"] = TopAnomalies,
        });
    }

    /// <summary>The range of the scores of the training rows, in words.</summary>
    public string Note()
    {
        double norm = Math.Min(MeanDepth(), ExpectedDepth());
        double[] scores = [.. Enumerable.Range(0, _resource.Inputs[0].Values.Length).Select(row => Score(row, norm))];
        return FormattableString.Invariant($"scores from {scores.Min()} to {scores.Max()}");
    }

    private Node Grow(Node node, SplitMix random)
    {
        Field[] varying = [.. _resource.Inputs.Where(field => node.Rows.Any(row => field.Values[row] != field.Values[node.Rows[0]]))];
        if (varying.Length == 0)
            return node;
        var field = varying[random.Next(varying.Length)];
        double low = node.Rows.Min(row => field.Values[row]), high = node.Rows.Max(row => field.Values[row]);
        // Measures have one decimal, so a threshold of five leaves rows on either side.
        double threshold = Math.Min(Numbers.Decimals(low + (high - low) * random.NextDouble()), high - 1e-5);
        foreach (string comparison in new[] { ">", "<=" })
        {
            var predicate = new Predicate(field, comparison, Numbers.Decimals(threshold));
            node.Children.Add(Grow(new Node(predicate, [.. node.Rows.Where(predicate.Holds)]), random));
        }
        return node;
    }

    /// <summary>How many nodes lie on a row's path, the root counted.</summary>
    private static int Depth(Node node, int row) => 1 + (node.Children.FirstOrDefault(child => child.Predicate!.Holds(row)) is { } child ? Depth(child, row) : 0);

    private double MeanDepth() => Numbers.Significant(_trees.Average(root => root.Rows.Average(row => Depth(root, row))));

    /// <summary>The mean depth of a failed search in a binary search tree of as many keys as a sample has rows.</summary>
    private double ExpectedDepth() =>
        2 * (Constants.EulerMascheroni + Math.Log(_sampleSize - 1) - (_sampleSize - 1.0) / _sampleSize);

    private double Score(int row, double norm) => Numbers.Decimals(Math.Pow(2, -_trees.Average(root => Depth(root, row)) / norm));

    private static JsonObject NodeJson(Node node)
    {
        var json = new JsonObject
        {
            ["population"] = node.Rows.Length,
            ["predicates"] = new JsonArray(node.Predicate?.ToJson("op") ?? (JsonNode)true),
        };
        if (node.Children.Count > 0)
            json["children"] = new JsonArray([.. node.Children.Select(child => (JsonNode)NodeJson(child))]);
        return json;
    }
}
