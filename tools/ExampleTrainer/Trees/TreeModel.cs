using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>A decision tree and its document, a resource of type "model".</summary>
internal sealed class TreeModel
{
    private readonly Field _objective;

    private TreeModel(Resource resource, Node root) => (Resource, Root, _objective) = (resource, root, resource.Objective!);

    public Resource Resource { get; }

    public Node Root { get; }

    /// <summary>A tree on the whole table, pruned.</summary>
    public static TreeModel Train(string name, IReadOnlyList<Field> inputs, Field objective, int minimumLeaf)
    {
        var grower = new TreeGrower(inputs, CriterionFor(objective)) { MinimumLeaf = minimumLeaf };
        var model = new TreeModel(new Resource("model", name, inputs, objective), grower.Grow([.. Enumerable.Range(0, objective.Values.Length)]));
        model.Prune(model.Root);
        return model;
    }

    /// <summary>A tree of a random decision forest: a bootstrap sample of the rows, and some of the fields for every split.</summary>
    public static TreeModel TrainRandom(string name, IReadOnlyList<Field> inputs, Field objective, int candidates, SplitMix random)
    {
        int rows = objective.Values.Length;
        var grower = new TreeGrower(inputs, CriterionFor(objective)) { Candidates = (candidates, random) };
        return new TreeModel(new Resource("model", name, inputs, objective), grower.Grow(random.Bootstrap(rows, rows)));
    }

    /// <summary>The number that the tree predicts for a row of the training table, or the index of the class.</summary>
    public double Predict(int row) => Output(Root.Leaf(row).Rows);

    /// <summary>The document, with the attributes in <paramref name="own"/> besides.</summary>
    public JsonObject Document(JsonObject? own = null)
    {
        int nextId = 0;
        var importance = Root.Importance();
        var json = new JsonObject
        {
            ["boosted_ensemble"] = false,
            ["ensemble"] = false,
            ["missing_splits"] = false,
            ["model"] = new JsonObject
            {
                ["distribution"] = Distributions(),
                ["fields"] = FieldStructure.Complete(Resource.Fields),
                ["importance"] = new JsonArray([.. importance.Select(pair => (JsonNode)new JsonArray(pair.Field.Id, Numbers.Decimals(pair.Share)))]),
                ["kind"] = "mtree",
                ["missing_tokens"] = Resource.MissingTokens(),
                ["model_fields"] = FieldStructure.Brief(importance.Select(pair => pair.Field).Append(_objective)),
                ["root"] = NodeJson(Root, ref nextId),
            },
            ["randomize"] = false,
        };
        foreach (var (key, value) in own ?? [])
            json[key] = value?.DeepClone();
        return Resource.Document(json);
    }

    /// <summary>How the rows that the tree was grown on are distributed, and how the predictions for them.</summary>
    public JsonObject Distributions()
    {
        var leaves = Root.Descendants().Where(node => node.Children.Count == 0);
        JsonObject predictions = _objective.IsNumeric
            ? FieldStructure.Distribution(new Sample(leaves.SelectMany(leaf => Enumerable.Repeat(Output(leaf.Rows), leaf.Rows.Length))))
            : new JsonObject
            {
                ["categories"] = Numbers.Pairs(leaves.GroupBy(leaf => (int)Output(leaf.Rows), leaf => leaf.Rows.Length).OrderBy(group => group.Key)
                    .Select(group => (_objective.Categories![group.Key], group.Sum()))),
            };
        return new JsonObject { ["predictions"] = predictions, ["training"] = Summary(Root.Rows) };
    }

    private static Criterion CriterionFor(Field objective) => objective.IsNumeric ? new SquaredError(objective) : new GiniImpurity(objective);

    /// <summary>Cuts off what does not lower the error to expect (pessimistic pruning), from the leaves up. Returns the error left, summed over the rows.</summary>
    private double Prune(Node node)
    {
        double own = node.Rows.Length * (_objective.IsNumeric ? NodeConfidence(node.Rows) : 1 - NodeConfidence(node.Rows));
        double below = node.Children.Sum(Prune);
        if (node.Children.Count == 0 || below < own)
            return node.Children.Count == 0 ? own : below;
        node.Children.Clear();
        return own;
    }

    private double Output(int[] rows) => _objective.IsNumeric
        ? rows.Average(row => _objective.Values[row])
        : rows.GroupBy(row => _objective.Values[row]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;

    private double NodeConfidence(int[] rows)
    {
        double output = Output(rows);
        return _objective.IsNumeric
            ? Confidence.ExpectedError(new Sample(rows.Select(row => _objective.Values[row])).Variance, rows.Length)
            : Confidence.Wilson(rows.Count(row => _objective.Values[row] == output), rows.Length);
    }

    private JsonObject Summary(int[] rows)
    {
        if (!_objective.IsNumeric)
            return new JsonObject { ["categories"] = Numbers.Pairs(FieldStructure.Categories(_objective, rows)) };
        var sample = new Sample(rows.Select(row => _objective.Values[row]));
        var json = FieldStructure.Distribution(sample);
        json["maximum"] = Numbers.Decimals(sample.Maximum);
        json["median"] = Numbers.Decimals(sample.Median);
        json["minimum"] = Numbers.Decimals(sample.Minimum);
        return json;
    }

    private JsonObject NodeJson(Node node, ref int nextId)
    {
        double output = Output(node.Rows);
        var json = new JsonObject
        {
            ["id"] = nextId++,
            ["predicate"] = node.Predicate?.ToJson() ?? (JsonNode)true,
            ["count"] = node.Rows.Length,
            ["confidence"] = Numbers.Decimals(NodeConfidence(node.Rows)),
            ["output"] = _objective.IsNumeric ? Numbers.Decimals(output) : _objective.Categories![(int)output],
            ["objective_summary"] = Summary(node.Rows),
        };
        if (node.Children.Count > 0)
        {
            var children = new JsonArray();
            foreach (var child in node.Children)
                children.Add((JsonNode)NodeJson(child, ref nextId));
            json["children"] = children;
        }
        return json;
    }
}
