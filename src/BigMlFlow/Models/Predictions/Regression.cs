using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>The answer of a regression: a number, and how far it may be off.</summary>
public sealed class Regression : Prediction
{
    /// <summary>The predicted number, in the units of the objective field.</summary>
    public double Prediction { get; init; }

    /// <summary>The error to expect, in the units of the objective field; trees, ensembles and fusions.</summary>
    public double? Confidence { get; init; }

    /// <summary>Half the width of the confidence interval of the mean response, at 95 %; linear regressions.</summary>
    public double? ConfidenceInterval { get; init; }

    /// <summary>Half the width of the interval that a new observation falls into, at 95 %; linear regressions.</summary>
    public double? PredictionInterval { get; init; }

    /// <summary>Whether the two intervals could be computed; null where the model has none.</summary>
    public bool? IntervalsValid { get; init; }

    /// <summary>The least value among the training instances that the answer rests on.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value among them.</summary>
    public double? Max { get; init; }

    /// <summary>The median of their values.</summary>
    public double? Median { get; init; }

    /// <summary>How many training instances the answer rests on; trees and ensembles.</summary>
    public double? Count { get; init; }

    /// <summary>The field that the tree would ask for next; null at a leaf.</summary>
    public string? Next { get; init; }

    /// <summary>The rules that lead to the answer; trees only.</summary>
    public RulePath? Path { get; init; }

    /// <summary>The values and their weights.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>The columns of the row that had a value and were not used: field ids, or keys that are no fields. Null where the bindings do not tell.</summary>
    public NameList? UnusedFields { get; init; }

    /// <summary>What the bindings call the weights of <see cref="Distribution"/>: counts or bins.</summary>
    internal string? DistributionUnit { get; init; }

    /// <summary>Whether only the number was asked for.</summary>
    internal bool IsBare { get; init; }

    /// <summary>Whether only the number was asked for, as a list of one: the bindings' compact form.</summary>
    internal bool IsCompact { get; init; }

    /// <summary>Whether the number and its confidence alone were asked for: the bindings then give the confidence even where there is none.</summary>
    internal bool IsConfidencePair { get; init; }

    /// <summary>The number in its shortest form.</summary>
    public override string ToString() => NumberFormatter.Shortest(Prediction);

    internal override CompactPrediction ToCompact() => new(null, Prediction, double.NaN, Confidence ?? double.NaN);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (IsBare || IsCompact)
        {
            if (IsCompact)
                writer.WriteStartArray();
            writer.WriteNumberText(Prediction);
            if (IsCompact && IsConfidencePair)
                writer.WriteNumberText(Confidence ?? double.NaN);
            if (IsCompact)
                writer.WriteEndArray();
            return;
        }
        writer.WriteStartObject();
        writer.WriteOptional("path", Path);
        writer.WriteOptional("confidence", Confidence);
        if (IsConfidencePair && Confidence is null)
            writer.WriteNull("confidence");
        if (IntervalsValid is { } valid)
        {
            writer.WriteStartObject("confidence_bounds");
            writer.WriteOptional("confidence_interval", ConfidenceInterval);
            writer.WriteOptional("prediction_interval", PredictionInterval);
            writer.WriteBoolean("valid", valid);
            writer.WriteEndObject();
        }
        if (Distribution is not null)
        {
            writer.WritePropertyName("distribution");
            Distribution.WriteJson(writer);
        }
        writer.WriteOptional("count", Count);
        writer.WriteOptional("median", Median);
        writer.WriteOptional("distribution_unit", DistributionUnit ?? Distribution?.Unit);
        writer.WriteOptional("min", Min);
        writer.WriteOptional("max", Max);
        writer.WriteNumberText("prediction", Prediction);
        writer.WriteOptional("next", Next);
        writer.WriteOptional("unused_fields", UnusedFields);
        writer.WriteEndObject();
    }
}
