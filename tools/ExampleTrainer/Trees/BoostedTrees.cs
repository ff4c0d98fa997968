using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>Gradient-boosted trees for classes: in every iteration a small tree for each class, on the gradients of the softmax loss.</summary>
internal sealed class BoostedTrees
{
    private const double Lambda = 1;

    private const double LearningRate = 0.3;

    private const int Depth = 3;

    private readonly Resource _resource;

    private readonly Field _objective;

    private readonly int _iterations;

    private readonly List<(Resource Resource, int Class, Node Root, Dictionary<Node, (double G, double H)> Sums)> _trees = [];

    /// <summary>Each class's initial score: the logarithm of its share.</summary>
    private readonly double[] _offsets;

    public BoostedTrees(string name, IReadOnlyList<Field> inputs, Field objective, int iterations)
    {
        (_resource, _objective, _iterations) = (new Resource("ensemble", name, inputs, objective), objective, iterations);
        int rows = objective.Values.Length, classes = objective.Categories!.Length;
        int[] all = [.. Enumerable.Range(0, rows)];
        _offsets = [.. Enumerable.Range(0, classes).Select(k => Numbers.Decimals(Math.Log(objective.Values.Count(value => (int)value == k) / (double)rows)))];
        double[][] scores = [.. all.Select(_ => (double[])_offsets.Clone())];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            double[][] probabilities = [.. scores.Select(Softmax.Of)];
            for (int k = 0; k < classes; k++)
            {
                double[] first = [.. all.Select(row => probabilities[row][k] - ((int)objective.Values[row] == k ? 1 : 0))];
                double[] second = [.. all.Select(row => probabilities[row][k] * (1 - probabilities[row][k]))];
                var grower = new TreeGrower(inputs, new Gradient(first, second, Lambda)) { MaximumDepth = Depth, MinimumLeaf = 2 };
                var root = grower.Grow(all);
                var sums = root.Descendants().ToDictionary(node => node, node => (node.Rows.Sum(row => first[row]), node.Rows.Sum(row => second[row])));
                _trees.Add((new Resource("model", $"{name} - {_trees.Count}", inputs, objective), k, root, sums));
                foreach (int row in all)
                    scores[row][k] += LearningRate * Output(sums[root.Leaf(row)]);
            }
        }
    }

    /// <summary>The most probable class of a row of the training table.</summary>
    public double Predict(int row)
    {
        double[] scores = (double[])_offsets.Clone();
        foreach (var tree in _trees)
            scores[tree.Class] += LearningRate * Output(tree.Sums[tree.Root.Leaf(row)]);
        return Array.IndexOf(scores, scores.Max());
    }

    /// <summary>The documents by their file names: ensemble.json and each tree's.</summary>
    public IEnumerable<(string Name, JsonObject Document)> Documents()
    {
        yield return ("ensemble.json", _resource.Document(EnsembleAttributes.Of(
            _resource, [.. _trees.Select(tree => (tree.Resource, tree.Root.Importance(), new JsonObject { ["predictions"] = new JsonObject(), ["training"] = new JsonObject() }))],
            new JsonObject
            {
                ["boosting"] = new JsonObject { ["final_iterations"] = _iterations, ["iterations"] = _iterations, ["learning_rate"] = LearningRate },
                ["initial_offsets"] = new JsonArray([.. _objective.Categories!.Zip(_offsets, (name, offset) => (JsonNode)new JsonArray(name, offset))]),
                ["type"] = 1,
            })));
        foreach (var (index, (resource, objectiveClass, root, sums)) in _trees.Index())
        {
            int nextId = 0;
            var importance = root.Importance();
            yield return (resource.FileName, resource.Document(new JsonObject
            {
                ["boosted_ensemble"] = true,
                ["boosting"] = new JsonObject
                {
                    ["lambda"] = Lambda,
                    ["objective_class"] = _objective.Categories![objectiveClass],
                    ["objective_field"] = _objective.Id,
                    ["weight"] = LearningRate,
                },
                ["ensemble"] = true,
                ["ensemble_id"] = _resource.Id.Split('/')[1],
                ["ensemble_index"] = index,
                ["model"] = new JsonObject
                {
                    ["distribution"] = new JsonObject { ["predictions"] = new JsonObject(), ["training"] = new JsonObject() },
                    ["fields"] = FieldStructure.Complete(resource.Fields),
                    ["importance"] = new JsonArray([.. importance.Select(pair => (JsonNode)new JsonArray(pair.Field.Id, Numbers.Decimals(pair.Share)))]),
                    ["kind"] = "mtree",
                    ["missing_tokens"] = Resource.MissingTokens(),
                    ["model_fields"] = FieldStructure.Brief(importance.Select(pair => pair.Field).Append(_objective)),
                    ["root"] = NodeJson(root, sums, ref nextId),
                },
            }));
        }
    }

    private static double Output((double G, double H) sums) => -sums.G / (sums.H + Lambda);

    private static JsonObject NodeJson(Node node, Dictionary<Node, (double G, double H)> sums, ref int nextId)
    {
        var json = new JsonObject
        {
            ["id"] = nextId++,
            ["predicate"] = node.Predicate?.ToJson() ?? (JsonNode)true,
            ["count"] = node.Rows.Length,
            ["output"] = Numbers.Decimals(Output(sums[node])),
            ["g_sum"] = Numbers.Decimals(sums[node].G),
            ["h_sum"] = Numbers.Decimals(sums[node].H),
        };
        if (node.Children.Count > 0)
        {
            var children = new JsonArray();
            foreach (var child in node.Children)
                children.Add((JsonNode)NodeJson(child, sums, ref nextId));
            json["children"] = children;
        }
        return json;
    }
}
