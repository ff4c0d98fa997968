using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>
/// The body of an answer while it comes in. A connection that keeps silent or breaks is an error, and so is a body that ends
/// before the length it was announced with.
/// </summary>
internal sealed class AnswerStream : Stream
{
    private readonly HttpResponseMessage _answer;
    private readonly Stream _body;
    private readonly Uri _uri;
    private readonly TimeSpan _silence;
    private readonly long? _length;
    private long _position;

    private AnswerStream(HttpResponseMessage answer, Stream body, Uri uri, TimeSpan silence)
    {
        (_answer, _body, _uri, _silence) = (answer, body, uri, silence);
        _length = answer.Content.Headers.ContentEncoding.Count == 0 ? answer.Content.Headers.ContentLength : null;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <param name="answer">The answer, which is disposed with the stream.</param>
    /// <param name="uri">Where it came from, for messages.</param>
    /// <param name="silence">How long nothing may come.</param>
    internal static async Task<AnswerStream> OpenAsync(HttpResponseMessage answer, Uri uri, TimeSpan silence)
        => new(answer, await answer.Content.ReadAsStreamAsync().ConfigureAwait(false), uri, silence);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_silence);
        int read;
        // Not every system's stream lets go when it is cancelled; when its answer is disposed, each does.
        using (limit.Token.Register(_answer.Dispose))
        {
            try
            {
                read = await _body.ReadAsync(buffer, offset, count, limit.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or HttpRequestException or WebException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw limit.IsCancellationRequested ? RestError.TooSlow(_uri, _silence, error) : RestError.Broken(_uri, error);
            }
        }
        if (read == 0 && count > 0 && _length is { } length && _position < length)
            throw RestError.Broken(_uri, null);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            _answer.Dispose();
        }
        base.Dispose(disposing);
    }
}
