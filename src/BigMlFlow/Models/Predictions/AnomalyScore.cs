using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>The answer of an anomaly detector: how unlike the training data a row is.</summary>
public sealed class AnomalyScore : Prediction
{
    private readonly bool _isFull;

    internal AnomalyScore(double score, bool isFull)
    {
        Score = score;
        _isFull = isFull;
    }

    /// <summary>The score, from 0 for what is like the rest to 1 for an anomaly; from about 0.6 on worth a look.</summary>
    public double Score { get; }

    /// <summary>The score in its shortest form.</summary>
    public override string ToString() => NumberFormatter.Shortest(Score);

    internal override CompactPrediction ToCompact() => new(null, Score);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (!_isFull)
        {
            writer.WriteNumberText(Score);
            return;
        }
        writer.WriteStartObject();
        writer.WriteNumberText("score", Score);
        writer.WriteEndObject();
    }
}
