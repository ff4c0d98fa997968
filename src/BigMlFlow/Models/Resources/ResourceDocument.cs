using System;
using System.IO;
using System.IO.Compression;

namespace BigMlFlow.Models.Resources;

/// <summary>
/// One BigML resource as it was read, byte for byte. It is kept deflated, so that a model can be saved again whatever
/// became of its file, at a tenth of the size.
/// </summary>
public sealed class ResourceDocument
{
    /// <summary>A tree of depth n nests 2n levels; none that BigML builds comes near this.</summary>
    internal const int MaxDepth = 1_000_000;

    private readonly byte[] _deflated;

    internal ResourceDocument(string id, ReadOnlySpan<byte> json)
    {
        Id = id;
        Length = json.Length;
        var buffer = new MemoryStream(Math.Max(256, json.Length / 6));
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
#if NET
            deflate.Write(json);
#else
            byte[] bytes = json.ToArray();
            deflate.Write(bytes, 0, bytes.Length);
#endif
        }
        _deflated = buffer.ToArray();
    }

    /// <summary>The resource id, such as <c>model/6256b7e01f1a1c2d6f001b23</c>.</summary>
    public string Id { get; }

    /// <summary>The resource type, the part of the id before the slash: <c>model</c>, <c>ensemble</c>, <c>logisticregression</c> …</summary>
    public string Type => ResourceId.TypeOf(Id);

    /// <summary>The length of the JSON text in bytes.</summary>
    public int Length { get; }

    /// <summary>The JSON text as raw deflate (RFC 1951), without a header.</summary>
    internal ReadOnlyMemory<byte> Deflated => _deflated;

    /// <summary>Opens the JSON text for reading: the very bytes that were read, without a byte order mark.</summary>
    /// <returns>A stream over the UTF-8 text, for the caller to dispose.</returns>
    public Stream OpenRead()
        => new DeflateStream(new MemoryStream(_deflated, writable: false), CompressionMode.Decompress);

    /// <summary>The JSON text in memory.</summary>
    /// <returns>UTF-8 bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        using Stream stream = OpenRead();
        for (int filled = 0; filled < bytes.Length;)
        {
            int read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
                throw new EndOfStreamException();
            filled += read;
        }
        return bytes;
    }
}
