using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Rest;

/// <summary>What an answer that is no success means, in words for people. Servers send JSON, HTML or plain text for it.</summary>
internal static class RestError
{
    private const int LongestQuote = 300;

    /// <summary>The error of an answer.</summary>
    internal static async Task<TrackingException> OfAsync(HttpResponseMessage answer, RestClient client, HttpMethod method, Uri uri)
    {
        string body = await BodyAsync(answer).ConfigureAwait(false);
        (string? code, string? message) = Parse(body);
        string shown = RestAddress.Shown(uri);
        string said = Said(message);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                return new(TrackingError.Unauthenticated, $"The server {client} wants a login, or does not know the one it was given. Connect-MLflow with -Credential or -Token, or set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.{Ascii(client, uri)}{said}");
            case HttpStatusCode.Forbidden when body.Contains("Invalid Host header"):
                return new(TrackingError.PermissionDenied, $"The server at {client} does not accept the host name in its address. It has to be started with --allowed-hosts {uri.Authority}, or reached by a name that it accepts.");
            case HttpStatusCode.Forbidden:
                return new(TrackingError.PermissionDenied, $"The server {client} does not permit {method} {shown} to this user.{said}");
            case HttpStatusCode.NotFound when code is "ENDPOINT_NOT_FOUND" || (code is null && message is null):
                return new(TrackingError.NotSupported, $"There is no {shown} on that server: it is older than this function, or the tracking URI lacks a path prefix, or has one too many.");
            case HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented:
                return new(TrackingError.NotSupported, $"The server does not support {method} {shown}.{said}");
            case HttpStatusCode.ProxyAuthenticationRequired:
                return new(TrackingError.Unauthenticated, $"The proxy on the way to {client} wants a login: give -ProxyCredential.");
            case (HttpStatusCode)429:
                return new(TrackingError.Unavailable, $"The server {client} takes no more requests now; try again later.{said}");
        }
        TrackingError kind = code switch
        {
            "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND" => TrackingError.NotFound,
            "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" or "RESOURCE_CONFLICT" => TrackingError.AlreadyExists,
            "INVALID_PARAMETER_VALUE" or "BAD_REQUEST" or "INVALID_STATE" => TrackingError.InvalidValue,
            "PERMISSION_DENIED" => TrackingError.PermissionDenied,
            "UNAUTHENTICATED" or "CUSTOMER_UNAUTHORIZED" => TrackingError.Unauthenticated,
            "NOT_IMPLEMENTED" or "FEATURE_DISABLED" => TrackingError.NotSupported,
            "TEMPORARILY_UNAVAILABLE" or "DEADLINE_EXCEEDED" or "RESOURCE_EXHAUSTED" or "REQUEST_LIMIT_EXCEEDED" => TrackingError.Unavailable,
            _ => OfStatus(answer.StatusCode),
        };
        if (message is null && IsPage(answer))
            return NotMLflow(uri, answer, body);
        if (IsLacking(body))
            kind = TrackingError.NotSupported;
        return new TrackingException(kind, message is null
            ? $"{method} {shown} failed with status {(int)answer.StatusCode} ({answer.ReasonPhrase})."
            : Quote(message));
    }

    /// <summary>Nobody answers.</summary>
    internal static TrackingException Unreachable(Uri uri, HttpRequestException error)
    {
        string reason = (error.InnerException ?? error).Message.TrimEnd('.');
        return new(TrackingError.Unreachable, $"The server at {RestAddress.Shown(uri)} cannot be reached: {reason}. Check that it runs, the address, and the proxy settings.", error);
    }

    /// <summary>The answer did not come in time.</summary>
    internal static TrackingException TooSlow(Uri uri, TimeSpan timeout, Exception error)
        => new(TrackingError.Unreachable, $"The server did not answer {RestAddress.Shown(uri)} within {timeout.TotalSeconds:0} s. Set MLFLOW_HTTP_REQUEST_TIMEOUT if it needs longer.", error);

    /// <summary>A file did not come in whole.</summary>
    internal static TrackingException Broken(Uri uri, Exception? error)
        => new(TrackingError.Unreachable, $"The connection broke while {RestAddress.Shown(uri)} was downloaded{(error is null ? string.Empty : ": " + error.Message.TrimEnd('.'))}.", error);

    /// <summary>Something else than MLflow answers.</summary>
    internal static TrackingException NotMLflow(Uri uri, HttpResponseMessage answer, string body)
        => new(TrackingError.NotMLflow, $"{RestAddress.Shown(uri)} answered with {answer.Content.Headers.ContentType?.MediaType ?? "something"} in place of MLflow's JSON (status {(int)answer.StatusCode}): a proxy, a login page or another service. It begins: {Quote(TextOf(body))}");

    /// <summary>A request that writes was sent elsewhere: following would repeat it, or send it to a stranger.</summary>
    internal static TrackingException RedirectedWrite(Uri uri, Uri next)
        => new(TrackingError.NotMLflow, $"{RestAddress.Shown(uri)} redirects to {RestAddress.Shown(next)}. Nothing was sent there: set the tracking URI to that server if it is the one you mean.");

    /// <summary>Whether the answer says that the server lacks the function altogether.</summary>
    internal static async Task<bool> IsLackingAsync(HttpResponseMessage answer)
    {
        return IsLacking(await BodyAsync(answer).ConfigureAwait(false));
    }

    private static bool IsLacking(string body)
        => body.Contains("FEATURE_DISABLED") || body.Contains("NOT_IMPLEMENTED")
            || (body.Contains("disabled") && (body.Contains("serve-artifacts") || body.Contains("Endpoint:")));

    /// <summary>MLflow's artifact routes read the login as ASCII, where its other routes read UTF-8.</summary>
    private static string Ascii(RestClient client, Uri uri)
        => uri.AbsolutePath.Contains("/mlflow-artifacts/") && client.Settings.Credential is { } login && (login.UserName + login.Password).Any(letter => letter > 127)
            ? " MLflow's servers do not understand letters outside ASCII in a user's name or password where artifacts are concerned."
            : string.Empty;

    private static TrackingError OfStatus(HttpStatusCode status) => (int)status switch
    {
        400 => TrackingError.InvalidValue,
        404 => TrackingError.NotFound,
        409 => TrackingError.AlreadyExists,
        502 or 503 or 504 => TrackingError.Unavailable,
        _ => TrackingError.Other,
    };

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        try
        {
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            return Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 1 << 16));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ObjectDisposedException)
        {
            // The status says enough where its explanation got lost on the way.
            return string.Empty;
        }
    }

    /// <summary>MLflow's <c>error_code</c> and <c>message</c>, or the web framework's <c>detail</c>; nulls where the body is no JSON.</summary>
    private static (string? Code, string? Message) Parse(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return (null, null);
            string? code = Text(json.RootElement, "error_code");
            string? message = Text(json.RootElement, "message") ?? (code is null ? Text(json.RootElement, "detail") : null);
            // The native routes' words for an unknown path are no message of MLflow's.
            return code is null && message is "Not Found" ? (null, null) : (code, message);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsPage(HttpResponseMessage answer)
        => answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    private static string Said(string? message) => message is null ? string.Empty : $" It says: {Quote(message)}";

    /// <summary>Database errors come with the SQL statement and its values, which help nobody.</summary>
    private static string Quote(string message)
    {
        int sql = message.IndexOf("[SQL:", StringComparison.Ordinal);
        string text = (sql > 0 ? message.Substring(0, sql) : message).Trim();
        return text.Length <= LongestQuote ? text : text.Substring(0, LongestQuote) + "…";
    }

    private static string TextOf(string html) => Regex.Replace(Regex.Replace(html, "<[^>]*>", " "), "\\s+", " ").Trim();
}
