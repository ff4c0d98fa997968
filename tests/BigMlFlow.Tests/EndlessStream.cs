using System;
using System.IO;
using System.Text;

namespace BigMlFlow.Tests;

/// <summary>A text that goes on with one byte for ever, as a file of many gigabytes would; it fails once more has been read than anybody should.</summary>
internal sealed class EndlessStream(string start, byte filler, long limit = 1L << 31) : Stream
{
    private readonly byte[] _start = Encoding.UTF8.GetBytes(start);

    /// <summary>How many bytes have been read.</summary>
    internal long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (BytesRead >= limit)
            throw new InvalidOperationException($"More than {limit} bytes were read.");
        int filled = 0;
        for (; filled < count && BytesRead + filled < _start.Length; filled++)
            buffer[offset + filled] = _start[BytesRead + filled];
        buffer.AsSpan(offset + filled, count - filled).Fill(filler);
        BytesRead += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
