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

    private static readonly string Version = typeof(RestClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly HttpClient _http;
    private readonly HttpMessageHandler _handler;
    private readonly ResiliencePipeline<HttpResponseMessage> _always;
    private readonly ResiliencePipeline<HttpResponseMessage> _careful;

    internal RestClient(RestOptions options)
    {
        Options = options;
        BaseUri = RestAddress.Check(options);
        _handler = RestHandler.Create(options);
        _http = new HttpClient(_handler, disposeHandler: true) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _always = RestRetry.Pipeline(options, Repeat.Always);
        _careful = RestRetry.Pipeline(options, Repeat.IfNothingHappened);
    }

    internal RestOptions Options { get; }

    /// <summary>The server's address, ending in a slash.</summary>
    internal Uri BaseUri { get; }

    /// <summary>Calls an endpoint of MLflow's API with a JSON body, and reads its JSON answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>api/2.0/mlflow/</c>, such as <c>runs/create</c>.</param>
    /// <param name="body">Writes the members of the body.</param>
    /// <param name="repeat">Whether it may be sent again.</param>
    /// <param name="cancellation">Stops it.</param>
    internal Task<JsonDocument> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter> body, Repeat repeat, CancellationToken cancellation)
    {
        byte[] json = Body(body);
        return JsonAsync(method, ApiUri(path, []), () => JsonContent(json), repeat, cancellation);
    }

    /// <summary>Calls an endpoint of MLflow's API with a query, and reads its JSON answer.</summary>
    internal Task<JsonDocument> GetAsync(string path, IEnumerable<KeyValuePair<string, string?>> query, CancellationToken cancellation)
        => JsonAsync(HttpMethod.Get, ApiUri(path, query), () => null, Repeat.Always, cancellation);

    /// <summary>An address below the server's.</summary>
    internal Uri ApiUri(string path, IEnumerable<KeyValuePair<string, string?>> query)
        => At("api/2.0/mlflow/" + path, query);

    /// <summary>An address below the server's; every part of the query is escaped here, the path by the caller.</summary>
    internal Uri At(string path, IEnumerable<KeyValuePair<string, string?>>? query = null)
    {
        string text = string.Join("&", (query ?? []).Where(pair => pair.Value is not null)
            .Select(pair => Uri.EscapeDataString(pair.Key) + "=" + Uri.EscapeDataString(pair.Value!)));
        return new Uri(BaseUri, path + (text.Length == 0 ? string.Empty : "?" + text));
    }

    /// <summary>Sends a request and gives the answer if it is a success; the caller disposes it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The address: on this server with its login, on any other without.</param>
    /// <param name="content">Makes the body, anew for every try.</param>
    /// <param name="repeat">Whether it may be sent again.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="headers">Further headers.</param>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        Uri uri,
        Func<HttpContent?> content,
        Repeat repeat,
        CancellationToken cancellation,
        IReadOnlyCollection<KeyValuePair<string, string>>? headers = null)
    {
        ResiliencePipeline<HttpResponseMessage> pipeline = repeat == Repeat.Always ? _always : _careful;
        try
        {
            HttpResponseMessage answer = await pipeline.ExecuteAsync(
                async token => await OnceAsync(method, uri, content, headers, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw await RestError.OfAsync(answer, this, method, uri).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw RestError.Unreachable(uri, error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw RestError.TooSlow(uri, Options.Timeout, error);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> JsonAsync(HttpMethod method, Uri uri, Func<HttpContent?> content, Repeat repeat, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await SendAsync(method, uri, content, repeat, cancellation).ConfigureAwait(false);
        byte[] body = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (body.Length == 0 || Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 16)).Trim() == "200 OK")
            return JsonDocument.Parse("{}");
        try
        {
            JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
        }
        catch (JsonException)
        {
            // what follows says it
        }
        throw RestError.NotMLflow(uri, answer, Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 2000)));
    }

    /// <summary>One try, redirects included. The time limit is for the answer to begin: a long download may take as long as it does.</summary>
    private async Task<HttpResponseMessage> OnceAsync(
        HttpMethod method, Uri uri, Func<HttpContent?> content, IReadOnlyCollection<KeyValuePair<string, string>>? headers, CancellationToken cancellation)
    {
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, uri) { Content = content() };
            if (IsOwn(uri))
                AddOwnHeaders(request.Headers);
            foreach (KeyValuePair<string, string> header in headers ?? [])
            {
                if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
                    request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (request.Content is null or ByteArrayContent)
                limit.CancelAfter(Options.Timeout);
            HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
                return answer;
            Uri next = location.IsAbsoluteUri ? location : new Uri(uri, location);
            answer.Dispose();
            if (redirects == MostRedirects)
                throw new TrackingException(TrackingError.NotMLflow, $"{RestAddress.Shown(uri)} redirects again and again. Check the tracking URI.");
            if (method != HttpMethod.Get)
                throw RestError.RedirectedWrite(uri, next);
            if (uri.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
                throw new TrackingException(TrackingError.NotMLflow, $"{RestAddress.Shown(uri)} redirects to {RestAddress.Shown(next)}, which is not encrypted: refused.");
            uri = next;
        }
    }

    /// <summary>Whether an address is on this server, which alone gets the login.</summary>
    private bool IsOwn(Uri uri)
        => uri.Scheme == BaseUri.Scheme && uri.Port == BaseUri.Port && string.Equals(uri.Host, BaseUri.Host, StringComparison.OrdinalIgnoreCase);

    private void AddOwnHeaders(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("User-Agent", "bigmlflow-powershell/" + Version);
        if (Options.Workspace is { } workspace)
            headers.TryAddWithoutValidation("X-MLFLOW-WORKSPACE", workspace);
        if (Options.Credential is { } credential)
        {
            string pair = credential.UserName + ":" + credential.Password;
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else if (Options.Token is { } token)
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
}
