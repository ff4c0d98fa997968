using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Anomalies;

/// <summary>Reads isolation trees, each level by level, so that siblings lie side by side.</summary>
internal sealed class IsolationForestReader
{
    private readonly PredicateCompiler _compiler;
    private readonly bool _normalizeRepeats;
    private readonly List<IsolationNode> _nodes = [];
    private readonly List<Predicate> _predicates = [];

    /// <param name="compiler">Compiles the predicates.</param>
    /// <param name="normalizeRepeats">Whether leaves count as deeper the more instances they hold.</param>
    internal IsolationForestReader(PredicateCompiler compiler, bool normalizeRepeats)
    {
        _compiler = compiler;
        _normalizeRepeats = normalizeRepeats;
    }

    /// <summary>Reads a list of trees, each an object with a root.</summary>
    /// <exception cref="ResourceException">A node or a predicate is malformed.</exception>
    internal IsolationForest Read(JsonView trees)
    {
        var roots = new List<int>();
        foreach (JsonView tree in trees.Items())
            roots.Add(ReadTree(tree.Object("root")));
        return new IsolationForest([.. roots], [.. _nodes], [.. _predicates], _compiler.Tests);
    }

    private int ReadTree(JsonView root)
    {
        int first = _nodes.Count;
        var waiting = new Queue<JsonView>();
        waiting.Enqueue(root);
        _nodes.Add(default);
        for (int node = first; waiting.Count > 0; node++)
        {
            JsonView json = waiting.Dequeue();
            if (!json.IsObject)
                throw json.Expected("a node");
            int firstChild = _nodes.Count;
            JsonView children = json["children"];
            if (!children.IsNull)
            {
                foreach (JsonView child in children.Items())
                {
                    waiting.Enqueue(child);
                    _nodes.Add(default);
                }
            }
            int firstPredicate = _predicates.Count;
            ReadPredicates(json["predicates"]);
            _nodes[node] = new IsolationNode
            {
                Weight = json.OptionalNumber("weight") ?? 1,
                RepeatDepth = _normalizeRepeats ? RepeatDepth(json.OptionalNumber("population") ?? 0) : 0,
                FirstPredicate = firstPredicate,
                PredicateCount = _predicates.Count - firstPredicate,
                FirstChild = firstChild,
                ChildCount = _nodes.Count - firstChild,
            };
        }
        return first;
    }

    /// <summary>The predicates of a node, all of which have to hold. The word true, alone or in a list, is none.</summary>
    private void ReadPredicates(JsonView predicates)
    {
        if (!predicates.IsTrue() || predicates.Kind == JsonValueKind.True)
            return;
        foreach (JsonView json in predicates.Items())
        {
            if (json.Kind == JsonValueKind.True)
                continue;
            RawPredicate raw = ReadPredicate(json);
            try
            {
                _predicates.Add(_compiler.Compile(raw));
            }
            catch (ResourceException error) when (error.JsonPath is null)
            {
                throw json.Error(error.Message);
            }
        }
    }

    private static RawPredicate ReadPredicate(JsonView json)
    {
        string text = json.String("op");
        if (!RawPredicate.TryParse(text, out PredicateOperator @operator, out bool acceptsMissing))
            throw json.Error("op", $"{RawPredicate.ExpectedOperator}, found {text}.");
        JsonView value = json["value"];
        return new RawPredicate(
            @operator,
            acceptsMissing,
            json.String("field"),
            json.OptionalString("term"),
            value.IsArray ? RawValue.Of(value.Items().Select(Scalar).ToList()) : Scalar(value));
    }

    private static RawValue Scalar(JsonView json) => json.Kind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => RawValue.Null,
        JsonValueKind.String => RawValue.Of(json.AsString()),
        JsonValueKind.True => RawValue.Of(1, isInteger: true),
        JsonValueKind.False => RawValue.Of(0, isInteger: true),
        JsonValueKind.Number => RawValue.Of(json.AsNumber(), isInteger: false),
        _ => throw json.Expected("a value or a list of values"),
    };

    /// <summary>How deep a tree of so many instances would be on average, had they not been alike (bindings: get_repeat_depth).</summary>
    private static double RepeatDepth(double population)
        => population > 1
            ? Math.Max(1, 2 * (AnomalyDetector.EulerGamma + Math.Log(population - 1) - (population - 1) / population))
            : 0;
}
