using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;

namespace BigMlFlow.Tracking.Rest;

/// <summary>When a request is sent again: waits that double, with jitter, or as long as the server says.</summary>
internal static class RestRetry
{
    internal static ResiliencePipeline<HttpResponseMessage> Pipeline(ConnectionSettings settings, Repeat repeat)
    {
        if (settings.MaxRetries == 0)
            return ResiliencePipeline<HttpResponseMessage>.Empty;
        return new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = settings.MaxRetries,
                Delay = settings.Backoff,
                MaxDelay = settings.LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = async arguments => arguments.Outcome.Exception is { } error
                    ? IsWorthRepeating(error, repeat)
                    : await IsWorthRepeatingAsync(arguments.Outcome.Result!, repeat, settings).ConfigureAwait(false),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(settings.RespectRetryAfter ? RetryAfter(arguments.Outcome.Result) : null),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>A connection that was refused has carried nothing; one that broke may have.</summary>
    private static bool IsWorthRepeating(Exception error, Repeat repeat)
    {
        if (error is not HttpRequestException)
            return false;
        if (repeat == Repeat.Always)
            return !IsHopeless(error);
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return true;
        }
        return false;
    }

    /// <summary>A name that is not known, or a certificate that is not trusted, will be neither in a second.</summary>
    private static bool IsHopeless(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Security.Authentication.AuthenticationException)
                return true;
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData })
                return true;
        }
        return false;
    }

    private static async Task<bool> IsWorthRepeatingAsync(HttpResponseMessage answer, Repeat repeat, ConnectionSettings settings)
    {
        int status = (int)answer.StatusCode;
        bool transient = repeat == Repeat.Always
            ? status is 408 or 429 or 500 or 502 or 503 or 504
            : status is 408 or 429;
        if (!transient || (settings.RespectRetryAfter && RetryAfter(answer) > settings.LongestWait))
            return false;
        // A server that says what it lacks will not have it in a second.
        return status is not (500 or 503) || !await RestError.IsLackingAsync(answer).ConfigureAwait(false);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage? answer)
    {
        if (answer?.Headers.RetryAfter is not { } header)
            return null;
        TimeSpan? wait = header.Delta ?? (header.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is { } span && span < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
