using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>A file, or a part of one, as the body of a request: read while it is sent, never as a whole in memory.</summary>
internal sealed class FileContent : HttpContent
{
    private readonly string _path;
    private readonly long _offset;
    private readonly long _length;
    private readonly Action<long>? _sent;

    /// <param name="path">The file.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="sent">Told the number of bytes of the part that were sent so far.</param>
    internal FileContent(string path, long offset, long length, Action<long>? sent)
    {
        (_path, _offset, _length, _sent) = (path, offset, length, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Called as often as something was sent.</summary>
    internal Action? Moving { get; set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using FileStream file = Open();
        byte[] buffer = new byte[1 << 16];
        for (long done = 0; done < _length;)
        {
            int count = Read(file, buffer, (int)Math.Min(buffer.Length, _length - done));
            await stream.WriteAsync(buffer, 0, count).ConfigureAwait(false);
            done += count;
            _sent?.Invoke(done);
            Tell();
        }
    }

    private FileStream Open()
    {
        try
        {
            var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            file.Seek(_offset, SeekOrigin.Begin);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    private int Read(FileStream file, byte[] buffer, int count)
    {
        try
        {
            int read = file.Read(buffer, 0, count);
            return read > 0 ? read : throw Unreadable(new EndOfStreamException("It became shorter meanwhile."));
        }
        catch (IOException error)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Not an IOException: those are taken for the network's, and tried again.</summary>
    private TrackingException Unreadable(Exception error)
        => new(TrackingError.Other, $"'{_path}' cannot be read while it is uploaded: {error.Message}", error);

    private void Tell()
    {
        try
        {
            Moving?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The server answered before it had everything.
        }
    }
}
