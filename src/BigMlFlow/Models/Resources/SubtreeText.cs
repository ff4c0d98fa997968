using System;
using System.Text.Json;

namespace BigMlFlow.Models.Resources;

/// <summary>
/// The JSON of a tree, cut out of its resource to be read as a stream: trees nest as deep as they please, and a
/// <see cref="JsonDocument"/> takes time in proportion to the square of the depth.
/// </summary>
/// <param name="Json">An object in UTF-8.</param>
/// <param name="Path">Its place in the resource.</param>
internal sealed record SubtreeText(ReadOnlyMemory<byte> Json, JsonPath Path)
{
    private static readonly string[] ModelRoot = ["model", "root"];

    /// <summary>Takes the root of a decision tree out of a resource: an empty object and white space stand there afterwards.</summary>
    /// <param name="resource">The resource, bare or in the API's envelope.</param>
    /// <returns>The root; null where there is none, or where it is no object.</returns>
    internal static SubtreeText? CutRoot(byte[] resource)
    {
        var reader = new Utf8JsonReader(resource, new JsonReaderOptions { MaxDepth = ResourceDocument.MaxDepth });
        reader.Read();
        return Cut(ref reader, resource, JsonPath.Root, 0);
    }

    /// <summary>Goes through the members of an object, and down those that lead to the root; of a repeated one the last counts.</summary>
    private static SubtreeText? Cut(ref Utf8JsonReader reader, byte[] resource, JsonPath path, int step)
    {
        SubtreeText? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool leadsOn = reader.ValueTextEquals(ModelRoot[step]);
            bool isBody = step == 0 && path == JsonPath.Root && reader.ValueTextEquals("object");
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && isBody)
                found = Cut(ref reader, resource, path.Member("object"), 0) ?? found;
            else if (reader.TokenType == JsonTokenType.StartObject && leadsOn && step == 0)
                found = Cut(ref reader, resource, path.Member(ModelRoot[0]), 1) ?? found;
            else if (reader.TokenType == JsonTokenType.StartObject && leadsOn)
                found = Take(ref reader, resource, path.Member(ModelRoot[1]));
            else
                reader.Skip();
        }
        return found;
    }

    private static SubtreeText Take(ref Utf8JsonReader reader, byte[] resource, JsonPath path)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        Span<byte> text = resource.AsSpan(start, (int)reader.BytesConsumed - start);
        var subtree = new SubtreeText(text.ToArray(), path);
        text.Fill((byte)' ');
        text[0] = (byte)'{';
        text[1] = (byte)'}';
        return subtree;
    }
}
