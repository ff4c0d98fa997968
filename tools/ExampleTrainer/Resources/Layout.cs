using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BigMlFlow.ExampleTrainer.Resources;

/// <summary>JSON laid out to be read: objects are indented, but short ones, and lists of plain values, stay on a line.</summary>
internal static class Layout
{
    private const int LineLength = 100;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            Write(writer, document);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        string line = node is null ? "null" : node.ToJsonString(Compact);
        if (line.Length <= LineLength || !HoldsObject(node))
        {
            writer.WriteRawValue(line, skipInputValidation: true);
        }
        else if (node is JsonObject members)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray();
            foreach (var item in node!.AsArray())
                Write(writer, item);
            writer.WriteEndArray();
        }
    }

    private static bool HoldsObject(JsonNode? node) => node is JsonObject || node is JsonArray items && items.Any(HoldsObject);
}
