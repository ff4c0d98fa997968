using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Associations;

/// <summary>A rule: where the items of the left side are, those of the right side are likely too (bindings: associationrule.py).</summary>
internal sealed class AssociationRule
{
    /// <summary>The measures that can score, under the bindings' names.</summary>
    internal static readonly IReadOnlyList<string> Measures = ["lhs_cover", "support", "confidence", "leverage", "lift"];

    private readonly double?[] _measures;

    /// <exception cref="ResourceException">A side is no list of items, or a measure no number.</exception>
    internal AssociationRule(JsonView json, IReadOnlyList<AssociationItem> items)
    {
        Id = json.OptionalString("id");
        Left = json["lhs"].IsNull ? [] : json["lhs"].Items().Select(item => item.AsInteger()).ToArray();
        Right = json.Array("rhs").Items().Select(item => item.AsInteger()).ToArray();
        if (Right.Length == 0 || Right[0] < 0 || Right[0] >= items.Count)
            throw json.Error("rhs", $"Expected the places of items, from 0 to {items.Count - 1}.");
        LeftItems = Left.Distinct().Where(item => item >= 0 && item < items.Count).ToArray();
        _measures = Measures.Select(name => Measure(json[name])).ToArray();
    }

    /// <summary>The rule's id; null if it has none.</summary>
    internal string? Id { get; }

    /// <summary>The items of the left side, as the resource lists them.</summary>
    internal int[] Left { get; }

    /// <summary>Those of them that exist, each once.</summary>
    internal int[] LeftItems { get; }

    /// <summary>The items of the right side. The first is the one that is foretold.</summary>
    internal int[] Right { get; }

    /// <summary>A measure by its place in <see cref="Measures"/>; null if the rule has none.</summary>
    internal double? MeasureAt(int place) => _measures[place];

    /// <summary>A measure: a number, or of a pair of share and count the share, by which the bindings cannot score.</summary>
    private static double? Measure(JsonView json)
        => json.IsNull || (json.IsArray && json.Count == 0) ? null : (json.IsArray ? json.ItemAt(0) : json).AsNumber();
}
