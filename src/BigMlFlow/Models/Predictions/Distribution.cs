using System;
using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>One entry of a distribution.</summary>
/// <param name="Value">The category, as a text, or the value or centre of a bin, as a double.</param>
/// <param name="Weight">How many instances, or how probable.</param>
public readonly record struct DistributionEntry(object Value, double Weight)
{
    /// <summary>The entry as text: <c>value: weight</c>.</summary>
    public override string ToString() => $"{ValueText}: {NumberFormatter.Shortest(Weight)}";

    internal string ValueText => Value is double number ? NumberFormatter.Shortest(number) : (string)Value;
}

/// <summary>How instances or probabilities are spread over an answer's classes or values, made when it is first looked at.</summary>
public sealed class Distribution : PrintedList<DistributionEntry>
{
    private readonly Lazy<(IReadOnlyList<DistributionEntry> Entries, string? Unit)> _content;
    private readonly bool _asProbabilities;

    /// <param name="make">Makes the entries.</param>
    /// <param name="asProbabilities">Whether the bindings give objects {category, probability} rather than pairs [value, weight].</param>
    internal Distribution(Func<IReadOnlyList<DistributionEntry>> make, bool asProbabilities = false)
        : this(() => (make(), null))
        => _asProbabilities = asProbabilities;

    /// <param name="make">Makes the entries, and finds what the bindings call their weights.</param>
    internal Distribution(Func<(IReadOnlyList<DistributionEntry> Entries, string? Unit)> make) => _content = new(make, isThreadSafe: false);

    private protected override IReadOnlyList<DistributionEntry> Items => _content.Value.Entries;

    /// <summary>What the bindings call the weights, where it depends on the entries; null where the answer knows.</summary>
    internal string? Unit => _content.Value.Unit;

    internal void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (DistributionEntry entry in this)
        {
            if (_asProbabilities)
            {
                writer.WriteStartObject();
                writer.WriteString("category", entry.ValueText);
                writer.WriteNumberText("probability", entry.Weight);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteStartArray();
                if (entry.Value is double number)
                    writer.WriteNumberText(number);
                else
                    writer.WriteStringValue((string)entry.Value);
                writer.WriteNumberText(entry.Weight);
                writer.WriteEndArray();
            }
        }
        writer.WriteEndArray();
    }
}
