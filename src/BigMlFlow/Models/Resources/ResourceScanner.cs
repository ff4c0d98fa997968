using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace BigMlFlow.Models.Resources;

/// <summary>
/// Reads the resources in a stream of UTF-8 JSON one after the other: a single object, or the items of a list
/// <c>[ensemble, model, …]</c>. Holds one resource in memory at a time, and gives up early on what is no resource.
/// </summary>
internal sealed class ResourceScanner : IDisposable
{
    private const int ChunkLength = 1 << 16;

    /// <summary>A resource shows one of <see cref="Marks"/> this early; other JSON of any size is refused by then.</summary>
    private const int ProbeLength = 1 << 20;

    /// <summary>The largest single resource: what one array holds, with room for what is compiled from it.</summary>
    private const int LongestResource = 1 << 30;

    /// <summary>No single text or number in a resource is longer.</summary>
    private const int LongestToken = 1 << 25;

    /// <summary>Members that every resource has at its top, whether sorted by name or as the API sends them.</summary>
    private static readonly string[] Marks = ["code", "resource", "object", "category"];

    private readonly Stream _stream;
    private readonly string _source;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
    private int _filled;
    private bool _ended;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = ResourceDocument.MaxDepth });

    // Where the resource being read begins in the buffer (-1 between two), what has been read of the buffer, and marks seen.
    private int _begin = -1;
    private int _consumed;
    private bool _marked;

    // How much white space there has been since the last resource.
    private int _blank;

    /// <param name="stream">What to read; not disposed here.</param>
    /// <param name="source">The name of the file, for messages.</param>
    internal ResourceScanner(Stream stream, string source)
    {
        _stream = stream;
        _source = source;
    }

    /// <summary>Whether the text is a list; known once the first resource has been read.</summary>
    internal bool IsList { get; private set; }

    /// <summary>The resources in the stream, each as soon as it is complete.</summary>
    internal IEnumerable<ResourceDocument> Read()
    {
        Fill();
        if (_filled == 0)
            throw new ResourceException($"'{_source}' is empty: expected a BigML resource as JSON.");
        SkipByteOrderMark();
        while (Advance() is { } document)
            yield return document;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Reads on to the end of the next resource; null at the end of the text.</summary>
    private ResourceDocument? Advance()
    {
        while (true)
        {
            (int begin, int end) = Scan();
            if (end > 0)
            {
                ResourceDocument document = Document(_buffer.AsSpan(begin, end - begin));
                _begin = -1;
                _marked = false;
                return document;
            }
            if (_begin < 0 && _ended && _consumed == _filled)
                return null;
            Check();
            Fill();
        }
    }

    /// <summary>Lets the JSON reader go over what is in the buffer, up to the end of a resource.</summary>
    /// <returns>The bounds of a complete resource, or (0, 0) where more is needed or the text is over.</returns>
    private (int Begin, int End) Scan()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_consumed, _filled - _consumed), _ended, _state);
        try
        {
            while (reader.Read())
            {
                int end = _consumed + (int)reader.BytesConsumed;
                int start = _consumed + (int)reader.TokenStartIndex;
                int depth = reader.CurrentDepth - (IsList ? 1 : 0);
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray when _begin < 0 && reader.CurrentDepth == 0:
                        IsList = true;
                        break;
                    case JsonTokenType.StartObject when depth == 0:
                        _begin = start;
                        _blank = 0;
                        break;
                    case JsonTokenType.PropertyName when depth == 1 && !_marked:
                        foreach (string mark in Marks)
                            _marked |= reader.ValueTextEquals(mark);
                        break;
                    case JsonTokenType.EndObject when depth == 0:
                        (_state, _consumed) = (reader.CurrentState, end);
                        return (_begin, end);
                    case JsonTokenType.EndArray when reader.CurrentDepth == 0:
                        break;
                    default:
                        if (depth == 0)
                            throw new ResourceException($"'{_source}' holds JSON, but no BigML resource: expected an object with the member 'resource', or a list [ensemble, model, …] of such objects.");
                        break;
                }
            }
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
        _state = reader.CurrentState;
        _consumed += (int)reader.BytesConsumed;
        if (_begin < 0)
            _blank += (int)reader.BytesConsumed;
        return (0, 0);
    }

    private void Check()
    {
        int pending = _filled - (_begin >= 0 ? _begin : _consumed);
        if ((!_marked && pending > ProbeLength) || _blank > ProbeLength || _filled - _consumed > LongestToken)
            throw NoResource();
        if (pending >= LongestResource)
            throw new ResourceException($"'{_source}' holds a resource of more than {LongestResource >> 20} MiB, which is more than this module reads.");
        if (_ended)
            throw new ResourceException($"'{_source}' ends in the middle of a resource: the file is truncated. Export or download it again.");
    }

    private void Fill()
    {
        // What lies before the resource being read is done with.
        int keep = _begin >= 0 ? _begin : _consumed;
        if (keep > 0)
        {
            Buffer.BlockCopy(_buffer, keep, _buffer, 0, _filled - keep);
            _filled -= keep;
            _consumed -= keep;
            _begin = _begin >= 0 ? 0 : -1;
        }
        if (_filled == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, LongestResource + ChunkLength));
            Buffer.BlockCopy(_buffer, 0, larger, 0, _filled);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        int read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _ended = read == 0;
        _filled += read;
    }

    private void SkipByteOrderMark()
    {
        while (_filled < 3 && !_ended)
            Fill();
        if (_filled >= 3 && _buffer[0] == 0xEF && _buffer[1] == 0xBB && _buffer[2] == 0xBF)
            _consumed = 3;
    }

    private ResourceDocument Document(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ResourceDocument.MaxDepth });
        string? id = IdReader.Find(ref reader);
        return id is null ? throw NoResource() : new ResourceDocument(id, json);
    }

    private ResourceException NoResource()
        => new($"'{_source}' holds JSON, but no BigML resource: no member 'resource' names one, such as \"model/5f3c…\". Give the JSON that BigML's API or an export wrote.");

    private ResourceException Malformed(JsonException error)
    {
        bool truncated = _ended && _begin >= 0;
        string what = truncated
            ? "ends in the middle of a resource: the file is truncated. Export or download it again"
            : "is not JSON: " + FirstSentence(error.Message);
        return new ResourceException($"'{_source}' {what}.", null, error);
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message : message.Substring(0, end)).TrimEnd('.');
    }
}
