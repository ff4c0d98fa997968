using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Deepnets;

/// <summary>
/// A tree embedding: trees over a range of the preprocessed inputs, whose leaves, added and normalized, become further inputs
/// (bindings: laminar/preprocess_np.py, tree_transform). Several outputs are brought to the sum of 1; a single one is averaged.
/// </summary>
internal sealed class Forest
{
    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly double[] _leaves;

    private Forest(Stretch inputs, int outputs, List<Node> nodes, List<int> roots, List<double> leaves)
    {
        Inputs = inputs;
        Outputs = outputs;
        _nodes = [.. nodes];
        _roots = [.. roots];
        _leaves = [.. leaves];
    }

    /// <summary>Which of the preprocessed inputs the trees see.</summary>
    internal Stretch Inputs { get; }

    /// <summary>How many further inputs they make.</summary>
    internal int Outputs { get; }

    /// <summary>Reads the forests of a network: pairs of a range and its trees.</summary>
    /// <param name="forests">The list; nothing where the network has none.</param>
    /// <param name="width">How many preprocessed inputs there are.</param>
    internal static Forest[] ReadAll(JsonView forests, int width)
        => forests.IsNull ? [] : [.. forests.Items().Select(pair => Read(pair, width))];

    /// <summary>Computes the further inputs.</summary>
    /// <param name="features">The preprocessed inputs.</param>
    /// <param name="outputs">Takes the further ones.</param>
    internal void Run(ReadOnlySpan<double> features, Span<double> outputs)
    {
        ReadOnlySpan<double> point = features.Slice(Inputs.Start, Inputs.Length);
        outputs.Clear();
        foreach (int root in _roots)
        {
            int node = root;
            while (_nodes[node].Right >= 0)
                node = point[_nodes[node].Input] <= _nodes[node].Threshold ? _nodes[node].Left : _nodes[node].Right;
            for (int index = 0; index < outputs.Length; index++)
                outputs[index] += _leaves[_nodes[node].Left + index];
        }
        double divisor = _roots.Length;
        if (outputs.Length > 1)
        {
            divisor = 0;
            foreach (double output in outputs)
                divisor += output;
        }
        for (int index = 0; index < outputs.Length; index++)
            outputs[index] /= divisor;
    }

    private static Forest Read(JsonView pair, int width)
    {
        JsonView range = pair.ItemAt(0);
        int start = range.ItemAt(0).AsInteger(), end = range.ItemAt(1).AsInteger();
        if (start < 0 || end < start || end > width)
            throw range.Error($"The trees read the inputs {start} to {end}, and there are {width}.");
        List<Node> nodes = [];
        List<int> roots = [];
        List<double> leaves = [];
        int outputs = -1;
        foreach (JsonView tree in pair.ItemAt(1).Items())
        {
            roots.Add(nodes.Count);
            Grow(tree, end - start, nodes, leaves, ref outputs);
        }
        if (roots.Count == 0)
            throw pair.Error("There are no trees here.");
        return new Forest(new Stretch(start, end - start), outputs, nodes, roots, leaves);
    }

    /// <summary>Adds a tree's nodes; without recursion, since malformed trees may be of any depth.</summary>
    private static void Grow(JsonView tree, int width, List<Node> nodes, List<double> leaves, ref int outputs)
    {
        var open = new Stack<(JsonView Json, int Place)>();
        nodes.Add(default);
        open.Push((tree, nodes.Count - 1));
        while (open.Count > 0)
        {
            (JsonView json, int place) = open.Pop();
            int length = json.IsArray ? json.Count : throw json.Expected("a node of a tree");
            if (length == 2 && json.ItemAt(1).IsNull)
            {
                double[] values = json.ItemAt(0).Numbers();
                outputs = outputs < 0 ? values.Length : outputs;
                if (values.Length != outputs || outputs == 0)
                    throw json.Error($"The leaves of the trees differ in length: {values.Length} and {outputs}.");
                nodes[place] = new Node(0, 0, leaves.Count, -1);
                leaves.AddRange(values);
                continue;
            }
            int input = json.ItemAt(0).AsInteger();
            if (length != 4 || input < 0 || input >= width)
                throw json.Error($"Expected a leaf, or a node [input, threshold, left, right] over {width} inputs.");
            int left = nodes.Count;
            nodes.Add(default);
            nodes.Add(default);
            nodes[place] = new Node(input, json.ItemAt(1).AsNumber(), left, left + 1);
            open.Push((json.ItemAt(3), left + 1));
            open.Push((json.ItemAt(2), left));
        }
    }

    /// <summary>A split; or a leaf, where <paramref name="Right"/> is -1 and <paramref name="Left"/> the place of its outputs.</summary>
    private readonly record struct Node(int Input, double Threshold, int Left, int Right);
}
