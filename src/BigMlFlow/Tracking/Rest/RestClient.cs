using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Polly;

namespace BigMlFlow.Tracking.Rest;

/// <summary>Whether a request may be sent again when it is not known what became of it.</summary>
internal enum Repeat
{
    /// <summary>It changes nothing, or the same the second time: reads, searches, tags, uploads.</summary>
    Always,

    /// <summary>It creates something each time: only again where the server says that it did nothing.</summary>
    IfNothingHappened,
}

/// <summary>
/// Speaks HTTP with one MLflow server: addresses, login, retries and errors. Credentials go to that server only, never along a
/// redirect to another, and over plain http only to this machine unless that is allowed.
/// </summary>
internal sealed class RestClient : IDisposable
{
    private const int MostRedirects = 5;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string Version = typeof(RestClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _always;
    private readonly ResiliencePipeline<HttpResponseMessage> _careful;
    private ServerInfo? _info;

    /// <param name="address">The tracking URI, http or https; a path prefix is kept, a user or password in it is refused.</param>
    /// <param name="settings">Login, proxy, certificates, retries.</param>
    internal RestClient(Uri address, ConnectionSettings settings)
    {
        Settings = settings;
        BaseUri = RestAddress.Check(address, settings);
        _http = new HttpClient(RestHandler.Create(settings), disposeHandler: true)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1 << 28,
        };
        _always = RestRetry.Pipeline(settings, Repeat.Always);
        _careful = RestRetry.Pipeline(settings, Repeat.IfNothingHappened);
    }

    internal ConnectionSettings Settings { get; }

    /// <summary>The server's address, ending in a slash.</summary>
    internal Uri BaseUri { get; }

    /// <summary>Calls an endpoint of MLflow's API with a JSON body, and reads its JSON answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>api/2.0/</c>, such as <c>mlflow/runs/create</c>.</param>
    /// <param name="body">Writes the members of the body.</param>
    /// <param name="repeat">Whether it may be sent again.</param>
    /// <param name="cancellation">Stops it.</param>
    internal Task<JsonDocument> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter> body, Repeat repeat, CancellationToken cancellation)
    {
        byte[] json = Body(body);
        return JsonAsync(method, At("api/2.0/" + path), () => JsonContent(json), repeat, cancellation);
    }

    /// <summary>Calls an endpoint of MLflow's API with a query, and reads its JSON answer.</summary>
    internal Task<JsonDocument> GetAsync(string path, IEnumerable<KeyValuePair<string, string?>> query, CancellationToken cancellation)
        => JsonAsync(HttpMethod.Get, At("api/2.0/" + path, query), () => null, Repeat.Always, cancellation);

    /// <summary>What the server says of itself, asked once; servers before 3.9 or so say nothing.</summary>
    internal async Task<ServerInfo> InfoAsync(CancellationToken cancellation)
    {
        if (_info is { } known)
            return known;
        try
        {
            var call = new Call(HttpMethod.Get, At("api/3.0/mlflow/server-info"), () => null, [], IsOwn: true, HttpCompletionOption.ResponseContentRead);
            using JsonDocument answer = await JsonAsync(call, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
            return _info = ServerInfo.Of(answer.RootElement);
        }
        catch (TrackingException error) when (error.Error is TrackingError.NotSupported or TrackingError.NotFound)
        {
            return _info = ServerInfo.None;
        }
        catch (TrackingException)
        {
            // What is wrong with the server shows where something is wanted of it; this is only a hint.
            return ServerInfo.None;
        }
    }

    /// <summary>An address below the server's; every part of the query is escaped here, the path by the caller.</summary>
    internal Uri At(string path, IEnumerable<KeyValuePair<string, string?>>? query = null)
    {
        string text = string.Join("&", (query ?? []).Where(pair => pair.Value is not null)
            .Select(pair => Uri.EscapeDataString(pair.Key) + "=" + Uri.EscapeDataString(pair.Value!)));
        return new Uri(BaseUri, path + (text.Length == 0 ? string.Empty : "?" + text));
    }

    /// <summary>
    /// Sends a request and gives the answer, whose body is yet to be read, if it is a success; the caller disposes it.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The address: on this server with its login, on any other without.</param>
    /// <param name="content">Makes the body, anew for every try.</param>
    /// <param name="repeat">Whether it may be sent again.</param>
    /// <param name="cancellation">Stops it.</param>
    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri uri, Func<HttpContent?> content, Repeat repeat, CancellationToken cancellation)
        => SendAsync(new Call(method, uri, content, [], IsOwn(uri), HttpCompletionOption.ResponseHeadersRead), repeat, cancellation);

    /// <summary>Sends a request to a signed address, which is a permission by itself: neither login nor header of MLflow goes there.</summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The signed address; its query is a secret.</param>
    /// <param name="content">Makes the body, anew for every try.</param>
    /// <param name="headers">The headers that were signed.</param>
    /// <param name="cancellation">Stops it.</param>
    internal Task<HttpResponseMessage> SendSignedAsync(
        HttpMethod method, Uri uri, Func<HttpContent?> content, IReadOnlyCollection<KeyValuePair<string, string>> headers, CancellationToken cancellation)
        => SendAsync(new Call(method, uri, content, headers, IsOwn: false, HttpCompletionOption.ResponseHeadersRead), Repeat.Always, cancellation);

    public void Dispose() => _http.Dispose();

    /// <summary>The server's address, for messages.</summary>
    public override string ToString() => RestAddress.Shown(BaseUri);

    private async Task<HttpResponseMessage> SendAsync(Call call, Repeat repeat, CancellationToken cancellation)
    {
        ResiliencePipeline<HttpResponseMessage> pipeline = repeat == Repeat.Always ? _always : _careful;
        try
        {
            HttpResponseMessage answer = await pipeline.ExecuteAsync(
                async token => await OnceAsync(call, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw await RestError.OfAsync(answer, this, call.Method, call.Uri).ConfigureAwait(false);
        }
        catch (HttpRequestException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (HttpRequestException error)
        {
            throw RestError.Unreachable(call.Uri, error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw RestError.TooSlow(call.Uri, Settings.Timeout, error);
        }
    }

    private Task<JsonDocument> JsonAsync(HttpMethod method, Uri uri, Func<HttpContent?> content, Repeat repeat, CancellationToken cancellation)
        => JsonAsync(new Call(method, uri, content, [], IsOwn: true, HttpCompletionOption.ResponseContentRead), repeat, cancellation);

    private async Task<JsonDocument> JsonAsync(Call call, Repeat repeat, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await SendAsync(call, repeat, cancellation).ConfigureAwait(false);
        byte[] body = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (body.Length == 0 || Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 16)).Trim() == "200 OK")
            return JsonDocument.Parse("{}");
        try
        {
            Strict.GetCharCount(body);
            JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            // what follows says it
        }
        throw RestError.NotMLflow(call.Uri, answer, Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 2000)));
    }

    /// <summary>
    /// One try, redirects included. The time limit is for silence: JSON answers have to be there within it, files that are
    /// sent or received may take as long as they do while they move.
    /// </summary>
    private async Task<HttpResponseMessage> OnceAsync(Call call, CancellationToken cancellation)
    {
        Uri uri = call.Uri;
        bool isOwn = call.IsOwn;
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(call.Method, uri) { Content = call.Content() };
            request.Headers.TryAddWithoutValidation("User-Agent", "bigmlflow-powershell/" + Version);
            if (isOwn)
                AddOwnHeaders(request.Headers);
            foreach (KeyValuePair<string, string> header in call.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
                    request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Settings.Timeout);
            if (request.Content is FileContent file)
                file.Moving = () => limit.CancelAfter(Settings.Timeout);
            HttpResponseMessage answer = await _http.SendAsync(request, call.Completion, limit.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode && call.Completion == HttpCompletionOption.ResponseHeadersRead)
                await BufferAsync(answer, limit.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
                return answer;
            Uri next = location.IsAbsoluteUri ? location : new Uri(uri, location);
            answer.Dispose();
            if (redirects == MostRedirects)
                throw new TrackingException(TrackingError.NotMLflow, $"{RestAddress.Shown(call.Uri)} redirects again and again. Check the tracking URI.");
            if (call.Method != HttpMethod.Get)
                throw RestError.RedirectedWrite(uri, next);
            if (uri.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
                throw new TrackingException(TrackingError.NotMLflow, $"{RestAddress.Shown(uri)} redirects to {RestAddress.Shown(next)}, which is not encrypted: refused.");
            uri = next;
            isOwn = isOwn && IsOwn(uri);
        }
    }

    /// <summary>Reads the words of an error within the time limit: they are looked at before it is decided what to do.</summary>
    private static async Task BufferAsync(HttpResponseMessage answer, CancellationToken limit)
    {
        using (limit.Register(answer.Dispose))
        {
            try
            {
                await answer.Content.LoadIntoBufferAsync(1 << 20).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or ObjectDisposedException)
            {
                // The status says enough where its explanation got lost on the way.
                limit.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Whether an address is on this server, which alone gets the login.</summary>
    private bool IsOwn(Uri uri)
        => uri.Scheme == BaseUri.Scheme && uri.Port == BaseUri.Port && string.Equals(uri.Host, BaseUri.Host, StringComparison.OrdinalIgnoreCase);

    private void AddOwnHeaders(HttpRequestHeaders headers)
    {
        if (Settings.Workspace is { } workspace)
            headers.TryAddWithoutValidation("X-MLFLOW-WORKSPACE", workspace);
        if (Settings.Credential is { } credential)
        {
            string pair = credential.UserName + ":" + credential.Password;
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else if (Settings.Token is { } token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", new NetworkCredential(string.Empty, token).Password);
        }
    }

    private static byte[] Body(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static ByteArrayContent JsonContent(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = json.Length;
        return content;
    }

    private sealed record Call(
        HttpMethod Method, Uri Uri, Func<HttpContent?> Content, IReadOnlyCollection<KeyValuePair<string, string>> Headers, bool IsOwn, HttpCompletionOption Completion);
}
