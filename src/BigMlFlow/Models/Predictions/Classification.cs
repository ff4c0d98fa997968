using System.Text.Json;

namespace BigMlFlow.Models.Predictions;

/// <summary>The answer of a classifier: a class, and how sure it is.</summary>
public sealed class Classification : Prediction
{
    /// <summary>The predicted class.</summary>
    public string Prediction { get; init; } = string.Empty;

    /// <summary>Its probability, 0 to 1; null where the model or the way it was asked gives none.</summary>
    public double? Probability { get; init; }

    /// <summary>Its confidence, a lower bound of the probability, 0 to 1; null where there is none.</summary>
    public double? Confidence { get; init; }

    /// <summary>Its share of the votes, 0 to 1; null unless votes decide.</summary>
    public double? Votes { get; init; }

    /// <summary>How many training instances the answer rests on; trees and ensembles.</summary>
    public double? Count { get; init; }

    /// <summary>The field that the tree would ask for next; null at a leaf.</summary>
    public string? Next { get; init; }

    /// <summary>The rules that lead to the answer; trees only.</summary>
    public RulePath? Path { get; init; }

    /// <summary>The classes and their weights or probabilities.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>The columns of the row that had a value and were not used: field ids, or keys that are no fields. Null where the bindings do not tell.</summary>
    public NameList? UnusedFields { get; init; }

    /// <summary>What the bindings call the weights of <see cref="Distribution"/>: categories, counts, bins or categorical.</summary>
    internal string? DistributionUnit { get; init; }

    /// <summary>A word that the bindings put where a median would be (bigml-facts 21: two arguments swapped).</summary>
    internal string? MedianWord { get; init; }

    /// <summary>The probabilities that a boosted ensemble adds under a method.</summary>
    internal Distribution? Probabilities { get; init; }

    /// <summary>Whether only the class was asked for.</summary>
    internal bool IsBare { get; init; }

    /// <summary>The class.</summary>
    public override string ToString() => Prediction;

    internal override CompactPrediction ToCompact()
        => new(Prediction, double.NaN, Probability ?? double.NaN, Confidence ?? double.NaN);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (IsBare)
        {
            writer.WriteStringValue(Prediction);
            return;
        }
        writer.WriteStartObject();
        writer.WriteOptional("path", Path);
        writer.WriteOptional("confidence", Confidence);
        if (Distribution is not null)
        {
            writer.WritePropertyName("distribution");
            Distribution.WriteJson(writer);
        }
        writer.WriteOptional("count", Count);
        writer.WriteOptional("median", MedianWord);
        writer.WriteOptional("distribution_unit", DistributionUnit ?? Distribution?.Unit);
        writer.WriteString("prediction", Prediction);
        writer.WriteOptional("probability", Probability);
        writer.WriteOptional("votes", Votes);
        if (Probabilities is not null)
        {
            writer.WritePropertyName("probabilities");
            Probabilities.WriteJson(writer);
        }
        writer.WriteOptional("next", Next);
        writer.WriteOptional("unused_fields", UnusedFields);
        writer.WriteEndObject();
    }
}
