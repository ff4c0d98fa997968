using System.Collections.Generic;
using System.Text.Json;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// The tree of a pickled Model, written as BigML's JSON has it. The bindings keep a node as a list: its predicate
/// (operator, field, value, term, missing; or True for the root), then what the tree's <c>offsets</c> name
/// (bindings: predict_utils/classification.py, regression.py, boosting.py).
/// </summary>
internal sealed class PickledTree
{
    private const int PredicateLength = 5;

    /// <summary>By the bindings' codes (predicate_utils/utils.py).</summary>
    private static readonly string[] Operators = ["<", "<=", "=", "!=", ">=", ">", "in"];

    private static readonly string[] PlainMembers = ["id", "output", "count", "confidence", "weight", "g_sum", "h_sum", "max_bins"];

    private static readonly (string Offset, string Member)[] Summary = [("max", "maximum"), ("min", "minimum"), ("median", "median")];

    private readonly PickledJson _json;
    private readonly PickledDictionary _offsets;

    internal PickledTree(PickledJson json, PickledDictionary offsets)
    {
        _json = json;
        _offsets = offsets;
    }

    /// <summary>Writes a node with all below it.</summary>
    internal void Write(object? node)
    {
        _json.Charge(1);
        if (node is not List<object?> { Count: > PredicateLength } parts)
            throw _json.Malformed("has a tree node that is none");
        Utf8JsonWriter writer = _json.Writer;
        writer.WriteStartObject();
        bool isRoot = parts[0] is true;
        int shift = isRoot ? 1 : PredicateLength;
        if (isRoot)
            writer.WriteBoolean("predicate", true);
        else
            WritePredicate(parts);
        foreach (string name in PlainMembers)
        {
            if (Has(name))
                _json.Member(name, Part(parts, shift, name));
        }
        WriteDistribution(parts, shift, "objective_summary", "distribution");
        WriteDistribution(parts, shift, "weighted_objective_summary", "wdistribution");
        WriteSummary(parts, shift);
        writer.WriteStartArray("children");
        if (Part(parts, shift, "children#") is > 0L)
        {
            foreach (object? child in Part(parts, shift, "children") as List<object?> ?? throw _json.Malformed("has a tree node without its children"))
                Write(child);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WritePredicate(List<object?> parts)
    {
        if (parts[0] is not long code || code < 0 || code >= Operators.Length)
            throw _json.Malformed("has a predicate with an unknown operator");
        bool isMissing = parts[4] is true;
        bool listsNone = Operators[code] == "in" && parts[2] is List<object?> values && values.Contains(null);
        Utf8JsonWriter writer = _json.Writer;
        writer.WriteStartObject("predicate");
        writer.WriteString("operator", Operators[code] + (isMissing && !listsNone ? "*" : string.Empty));
        _json.Member("field", parts[1]);
        _json.Member("value", parts[2]);
        if (parts[3] is not null)
            _json.Member("term", parts[3]);
        writer.WriteEndObject();
    }

    private void WriteDistribution(List<object?> parts, int shift, string member, string offset)
    {
        if (!Has(offset) || Part(parts, shift, offset) is not { } distribution)
            return;
        string unit = Has(offset + "_unit") ? Part(parts, shift, offset + "_unit") as string ?? "bins" : "categories";
        _json.Writer.WriteStartObject(member);
        _json.Member(unit, distribution);
        _json.Writer.WriteEndObject();
    }

    private void WriteSummary(List<object?> parts, int shift)
    {
        if (!Has("median"))
            return;
        _json.Writer.WriteStartObject("summary");
        foreach ((string offset, string member) in Summary)
            _json.Member(member, Part(parts, shift, offset));
        _json.Writer.WriteEndObject();
    }

    private bool Has(string name) => _offsets[name] is long;

    private object? Part(List<object?> parts, int shift, string name)
        => _offsets[name] is long offset && offset >= 0 && offset < parts.Count - shift ? parts[shift + (int)offset] : null;
}
