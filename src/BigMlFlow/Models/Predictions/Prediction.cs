using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BigMlFlow.Models.Predictions;

/// <summary>
/// What a model answers to a row. Each kind of answer is a sealed type of its own: every scalar of that kind is always there,
/// null where this model has none, so that tables and CSV files get the same columns for every row.
/// </summary>
public abstract class Prediction
{
    private protected Prediction()
    {
    }

    /// <summary>Writes the answer as the bindings give it: with <c>full</c>, an object without its null members.</summary>
    internal abstract void WriteJson(Utf8JsonWriter writer);

    /// <summary>The scalars of the answer.</summary>
    internal abstract CompactPrediction ToCompact();

    /// <summary>The answer as JSON text, in the form and with the keys of the bindings' full answer.</summary>
    /// <returns>JSON on one line.</returns>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
            WriteJson(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Text stays readable: nothing here is ever put into HTML.</summary>
    internal static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
