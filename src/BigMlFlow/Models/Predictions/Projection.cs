using System.Globalization;
using System.Text.Json;

namespace BigMlFlow.Models.Predictions;

/// <summary>The answer of a PCA: where a row lies along the principal components.</summary>
public sealed class Projection : Prediction
{
    private readonly bool _isFull;

    internal Projection(double[] components, bool isFull)
    {
        Components = new NumberList(components);
        _isFull = isFull;
    }

    /// <summary>The row's place along each component, that of the greatest variance first.</summary>
    public NumberList Components { get; }

    /// <summary>The places along the components.</summary>
    public override string ToString() => Components.ToString();

    /// <summary>What the bindings call a component.</summary>
    /// <param name="index">Its place, from 0.</param>
    internal static string NameOf(int index) => "PC" + (index + 1).ToString(CultureInfo.InvariantCulture);

    internal override CompactPrediction ToCompact() => new(null, Components.Count > 0 ? Components[0] : double.NaN);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (!_isFull)
        {
            Components.WriteJson(writer);
            return;
        }
        writer.WriteStartObject();
        for (int index = 0; index < Components.Count; index++)
            writer.WriteNumberText(NameOf(index), Components[index]);
        writer.WriteEndObject();
    }
}
