using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>
/// The JSON text of a resource, for what has to be found or changed in it without touching a byte of the rest:
/// Python reads the numbers, and whatever else is there, as BigML wrote them.
/// </summary>
internal sealed class ResourceText
{
    private readonly byte[] _json;
    private readonly Range _body;
    private readonly ResourceDocument? _unchanged;

    internal ResourceText(ResourceDocument document)
        : this(document.Id, document.ToArray())
        => _unchanged = document;

    private ResourceText(string id, byte[] json)
    {
        Id = id;
        _json = json;
        Range? inner = Find(Whole(_json), "object");
        HasEnvelope = inner is { } range && _json[range.Begin] == (byte)'{';
        _body = HasEnvelope ? inner!.Value : Whole(_json);
    }

    /// <summary>The resource id.</summary>
    internal string Id { get; }

    /// <summary>Whether the resource lies in the API's envelope, <c>{"code": …, "object": {…}}</c>.</summary>
    internal bool HasEnvelope { get; }

    /// <summary>Whether the envelope is one that the bindings take for that of a finished resource (resourcehandler.py, resource_is_ready).</summary>
    internal bool IsReady
        => HasEnvelope && Top("resource") is not null && Top("error") == "null" && Top("code") is "200" or "202";

    /// <summary>The JSON of a member of the body, found by a path of names; null where it is absent or null.</summary>
    internal string? Member(params string[] path)
        => Find(_body, path) is { } range && Text(range) is var text && text != "null" ? text : null;

    /// <summary>Whether a member of the body is there, and not null.</summary>
    internal bool Has(params string[] path)
        => Find(_body, path) is { } range && _json[range.Begin] != (byte)'n';

    /// <summary>The ids in a list of ids, or of objects that have one each: an ensemble's or a fusion's <c>models</c>.</summary>
    /// <exception cref="ResourceException">It is no such list.</exception>
    internal IReadOnlyList<string> Ids(string name)
    {
        var ids = new List<string>();
        using JsonDocument list = JsonDocument.Parse(Member(name) ?? "[]");
        if (list.RootElement.ValueKind != JsonValueKind.Array)
            throw NoIds(name);
        foreach (JsonElement item in list.RootElement.EnumerateArray())
        {
            JsonElement id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out JsonElement member) ? member : item;
            ids.Add(id.ValueKind == JsonValueKind.String ? id.GetString()! : throw NoIds(name));
        }
        return ids;
    }

    /// <summary>The resource with a member of the body set, in the place of the old one or as the first.</summary>
    internal ResourceText With(string name, string json)
        => new(Id, Find(_body, name) is { } range
            ? Join(Part(0, range.Begin), Encoding.UTF8.GetBytes(json), Part(range.End, _json.Length))
            : Join(Part(0, _body.Begin + 1), Encoding.UTF8.GetBytes($"\"{name}\":{json},"), Part(_body.Begin + 1, _json.Length)));

    /// <summary>The body in an envelope such as the API's.</summary>
    internal ResourceText InEnvelope()
        => new(Id, Join(
            Encoding.UTF8.GetBytes($$"""{"code":200,"resource":"{{Id}}","location":"","error":null,"object":"""),
            Part(_body.Begin, _body.End),
            (byte[])[(byte)'}']));

    /// <summary>The text as raw deflate: that of the document, if nothing was changed in it.</summary>
    internal ReadOnlyMemory<byte> Deflate() => (_unchanged ?? new ResourceDocument(Id, _json)).Deflated;

    private string? Top(string name) => Find(Whole(_json), name) is { } range ? Text(range) : null;

    private string Text(Range range) => Encoding.UTF8.GetString(_json, range.Begin, range.End - range.Begin);

    private ReadOnlyMemory<byte> Part(int begin, int end) => _json.AsMemory(begin, end - begin);

    /// <summary>Where the value of a member is, found by a path of names from the object in a range.</summary>
    private Range? Find(Range within, params string[] path)
    {
        Range range = within;
        foreach (string name in path)
        {
            if (FindMember(range, name) is not { } member)
                return null;
            range = member;
        }
        return range;
    }

    private Range? FindMember(Range within, string name)
    {
        if (_json[within.Begin] != (byte)'{')
            return null;
        Range? found = null; // of several members of a name the last one counts
        var reader = new Utf8JsonReader(_json.AsSpan(within.Begin, within.End - within.Begin), new JsonReaderOptions { MaxDepth = ResourceDocument.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWanted = reader.ValueTextEquals(name);
            reader.Read();
            int begin = within.Begin + (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWanted)
                found = new Range(begin, within.Begin + (int)reader.BytesConsumed);
        }
        return found;
    }

    private ResourceException NoIds(string name)
        => new($"{Id} should have a list of resource ids.", "$." + (HasEnvelope ? "object." : string.Empty) + name);

    private static Range Whole(byte[] json) => new(0, json.Length);

    private static byte[] Join(params ReadOnlyMemory<byte>[] parts)
    {
        int length = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
            length += part.Length;
        var joined = new byte[length];
        int place = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(place));
            place += part.Length;
        }
        return joined;
    }

    /// <summary>A stretch of the text.</summary>
    private readonly record struct Range(int Begin, int End);
}
