using System.Text.Json;

namespace BigMlFlow.Models.Predictions;

/// <summary>The answer of a cluster: the nearest of its centroids.</summary>
public sealed class Centroid : Prediction
{
    /// <summary>The id of the centroid within the cluster.</summary>
    public string? CentroidId { get; init; }

    /// <summary>Its name.</summary>
    public string? CentroidName { get; init; }

    /// <summary>How far the row is from it, in scaled units of the fields.</summary>
    public double Distance { get; init; }

    /// <summary>The name of the centroid.</summary>
    public override string ToString() => CentroidName ?? CentroidId ?? string.Empty;

    internal override CompactPrediction ToCompact() => new(CentroidName, Distance);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("centroid_id", CentroidId);
        writer.WriteString("centroid_name", CentroidName);
        writer.WriteNumberText("distance", Distance);
        writer.WriteEndObject();
    }
}
