using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>A condition on a field: &gt; and &lt;= a number, = and != a category.</summary>
internal sealed record Predicate(Field Field, string Operator, double Value)
{
    public bool Holds(int row) => Operator switch
    {
        ">" => Field.Values[row] > Value,
        "<=" => Field.Values[row] <= Value,
        "=" => Field.Values[row] == Value,
        _ => Field.Values[row] != Value,
    };

    public JsonObject ToJson(string operatorKey = "operator") => new()
    {
        ["field"] = Field.Id,
        [operatorKey] = Operator,
        ["value"] = Field.IsNumeric ? Value : Field.Categories![(int)Value],
    };
}

/// <summary>A node of a tree, with the training rows that reached it (a row as often as it was drawn).</summary>
internal sealed class Node(Predicate? predicate, int[] rows)
{
    /// <summary>What leads here from the parent; null for the root.</summary>
    public Predicate? Predicate { get; } = predicate;

    public int[] Rows { get; } = rows;

    public List<Node> Children { get; } = [];

    /// <summary>What the split into <see cref="Children"/> gained.</summary>
    public double Gain { get; set; }

    /// <summary>The leaf that a row of the training table falls into.</summary>
    public Node Leaf(int row) => Children.FirstOrDefault(child => child.Predicate!.Holds(row))?.Leaf(row) ?? this;

    /// <summary>This node and all below, parents first.</summary>
    public IEnumerable<Node> Descendants() => Children.SelectMany(child => child.Descendants()).Prepend(this);

    /// <summary>The fields that splits at or below this node use, each with its share of their gain, the highest first.</summary>
    public IReadOnlyList<(Field Field, double Share)> Importance()
    {
        Node[] splits = [.. Descendants().Where(node => node.Children.Count > 0)];
        double total = splits.Sum(node => node.Gain);
        return [.. splits.GroupBy(node => node.Children[0].Predicate!.Field, node => node.Gain / total)
            .Select(shares => (shares.Key, shares.Sum())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key.Column)];
    }
}
