using System;
using System.Collections.Generic;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Trees;

/// <summary>What a tree predicts.</summary>
internal enum TreeKind
{
    /// <summary>A class.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>A step of a boosted ensemble: a number, whatever the ensemble predicts.</summary>
    Boosted,
}

/// <summary>How a predicate compares, in the bindings' numbering (predicate_utils/utils.py).</summary>
internal enum PredicateOperator : byte
{
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
    In,
}

/// <summary>Under which name a summary lists its values, in the order in which the bindings look for one.</summary>
internal enum DistributionUnit : byte
{
    Bins,
    Counts,
    Categories,
    None,
}

/// <summary>A value and how many instances have it, or how much they weigh. Values are numbers, or the numbers of classes.</summary>
internal readonly struct Bin(double value, double weight)
{
    internal readonly double Value = value;
    internal readonly double Weight = weight;
}

/// <summary>Where a node's distribution lies among the bins.</summary>
internal readonly struct BinRange(int start, int count, DistributionUnit unit)
{
    internal readonly int Start = start;
    internal readonly int Count = count;
    internal readonly DistributionUnit Unit = unit;

    internal static BinRange Empty => new(0, 0, DistributionUnit.None);
}

/// <summary>What a predicate compares with.</summary>
internal readonly struct RawValue
{
    private RawValue(RawValueKind kind, double number, bool isInteger, string? text, IReadOnlyList<RawValue>? items)
    {
        Kind = kind;
        Number = number;
        IsInteger = isInteger;
        Text = text;
        Items = items;
    }

    internal static RawValue Null => default;

    internal static RawValue Of(double number, bool isInteger, string? shown = null) => new(RawValueKind.Number, number, isInteger, shown, null);

    internal static RawValue Of(string text) => new(RawValueKind.Text, 0, false, text, null);

    internal static RawValue Of(IReadOnlyList<RawValue> items) => new(RawValueKind.List, 0, false, null, items);

    internal RawValueKind Kind { get; }

    internal double Number { get; }

    /// <summary>Whether a number was written without a point or exponent: Python shows it so.</summary>
    internal bool IsInteger { get; }

    /// <summary>A text; of a number what Python shows, where the double alone does not tell.</summary>
    internal string? Text { get; }

    internal IReadOnlyList<RawValue>? Items { get; }
}

internal enum RawValueKind : byte
{
    Null,
    Number,
    Text,
    List,
}

/// <summary>A predicate as it stands in the JSON.</summary>
/// <param name="operator">How it compares.</param>
/// <param name="acceptsMissing">Whether the operator ends in an asterisk.</param>
/// <param name="field">The id of the field.</param>
/// <param name="term">The term or item that is counted; null where the value itself is compared.</param>
/// <param name="value">What it compares with.</param>
internal readonly struct RawPredicate(PredicateOperator @operator, bool acceptsMissing, string field, string? term, RawValue value)
{
    internal readonly PredicateOperator Operator = @operator;
    internal readonly bool AcceptsMissing = acceptsMissing;
    internal readonly string Field = field;
    internal readonly string? Term = term;
    internal readonly RawValue Value = value;

    /// <summary>What is wrong with an operator that <see cref="TryParse"/> does not know.</summary>
    internal const string ExpectedOperator = "Expected an operator (<, <=, =, !=, /=, >=, >, in, each also with *)";

    /// <summary>Reads an operator, which may end in an asterisk.</summary>
    internal static bool TryParse(string text, out PredicateOperator @operator, out bool acceptsMissing)
    {
        acceptsMissing = text.EndsWith("*", StringComparison.Ordinal);
        PredicateOperator? known = (acceptsMissing ? text.Substring(0, text.Length - 1) : text) switch
        {
            "<" => PredicateOperator.Less,
            "<=" => PredicateOperator.LessOrEqual,
            "=" => PredicateOperator.Equal,
            "!=" or "/=" => PredicateOperator.NotEqual,
            ">=" => PredicateOperator.GreaterOrEqual,
            ">" => PredicateOperator.Greater,
            "in" => PredicateOperator.In,
            _ => null,
        };
        @operator = known.GetValueOrDefault();
        return known is not null;
    }
}

/// <summary>A node as it stands in the JSON. Texts are numbers in the tree's pool; what is absent is NaN, or -1.</summary>
internal struct RawNode
{
    internal int Parent;
    internal int Ordinal;
    internal int FirstChild;
    internal int LastChild;
    internal int NextSibling;
    internal int ChildCount;

    internal bool HasPredicate;
    internal PredicateOperator Operator;
    internal bool AcceptsMissing;
    internal int Field;
    internal int Term;
    internal RawValue Value;

    internal double Output;
    internal double Count;
    internal double Confidence;
    internal double GradientSum;
    internal double HessianSum;
    internal double Minimum;
    internal double Maximum;
    internal double Median;
    internal BinRange Summary;
    internal BinRange WeightedSummary;
    internal bool HasWeightedSummary;
}

/// <summary>A tree as it was read, nodes in the document's order.</summary>
internal sealed class RawTree
{
    private readonly JsonPath _root;

    internal RawTree(JsonPath root, RawNode[] nodes, int count, Utf8Pool texts, List<Bin> bins)
    {
        _root = root;
        Nodes = nodes;
        Count = count;
        Texts = texts;
        Bins = bins;
    }

    /// <summary>The nodes; the root is the first. The array may be longer than their <see cref="Count"/>.</summary>
    internal RawNode[] Nodes { get; }

    internal int Count { get; }

    internal Utf8Pool Texts { get; }

    /// <summary>The bins of all distributions. In a classification values are numbers of texts in the pool.</summary>
    internal List<Bin> Bins { get; }

    /// <summary>The predicate of a node that has one.</summary>
    internal RawPredicate PredicateOf(int node)
    {
        ref readonly RawNode raw = ref Nodes[node];
        return new RawPredicate(raw.Operator, raw.AcceptsMissing, Texts[raw.Field], raw.Term < 0 ? null : Texts[raw.Term], raw.Value);
    }

    /// <summary>The error for a node, or for a member of it.</summary>
    internal ResourceException Error(int node, string? member, string message) => Error(_root, Nodes, node, member, message);

    internal static ResourceException Error(JsonPath root, RawNode[] nodes, int node, string? member, string message)
    {
        var ordinals = new Stack<int>();
        for (int at = node; nodes[at].Parent >= 0; at = nodes[at].Parent)
            ordinals.Push(nodes[at].Ordinal);
        JsonPath path = root;
        foreach (int ordinal in ordinals)
            path = path.Member("children").Item(ordinal);
        return new ResourceException(message, (member is null ? path : path.Member(member)).ToString());
    }
}
