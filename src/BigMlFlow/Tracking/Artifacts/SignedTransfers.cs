using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking.Rest;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>
/// Files past the server, to and from its storage: uploads in parts (<c>mpu/create</c>, a PUT each, <c>mpu/complete</c>), and
/// downloads from a signed address. Where that does not work, the way through the server is left, unless it forbids that.
/// </summary>
/// <param name="client">The server.</param>
internal sealed class SignedTransfers(RestClient client)
{
    private const int MostParts = 10_000;

    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(10);

    /// <summary>Downloads by a signed address, if that is offered.</summary>
    /// <param name="file">The path below the server's artifacts.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The file; null if the server is to be asked for it.</returns>
    internal async Task<Stream?> TryOpenReadAsync(string file, CancellationToken cancellation)
    {
        ServerInfo info = await client.InfoAsync(cancellation).ConfigureAwait(false);
        if (!info.PresignedOnly && !(client.Settings.PresignedDownload ?? info.PresignedDownloads))
            return null;
        try
        {
            using JsonDocument answer = await client.GetAsync("mlflow-artifacts/presigned/" + ArtifactPath.Escape(file), [], cancellation).ConfigureAwait(false);
            Uri uri = Address(answer.RootElement);
            HttpResponseMessage body = await client.SendSignedAsync(HttpMethod.Get, uri, () => null, Headers(answer.RootElement), cancellation).ConfigureAwait(false);
            return await AnswerStream.OpenAsync(body, uri, client.Settings.Timeout).ConfigureAwait(false);
        }
        catch (TrackingException) when (!info.PresignedOnly)
        {
            return null;
        }
    }

    /// <summary>Uploads in parts, if that is offered and the file is large.</summary>
    /// <returns>False if the file is to be sent through the server.</returns>
    internal async Task<bool> TryUploadAsync(string file, FileInfo local, IProgress<long>? sent, CancellationToken cancellation)
    {
        ServerInfo info = await client.InfoAsync(cancellation).ConfigureAwait(false);
        bool isWanted = (client.Settings.MultipartUpload ?? info.MultipartUploads) && local.Length >= client.Settings.MultipartMinimum;
        if (!info.PresignedOnly && !isWanted)
            return false;
        try
        {
            await UploadAsync(file, local, sent, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TrackingException) when (!info.PresignedOnly)
        {
            return false;
        }
    }

    private async Task UploadAsync(string file, FileInfo local, IProgress<long>? sent, CancellationToken cancellation)
    {
        long chunk = Math.Max(Math.Max(client.Settings.MultipartChunk, 1), (local.Length + MostParts - 1) / MostParts);
        // An empty file is one part too.
        int count = (int)Math.Max(1, (local.Length + chunk - 1) / chunk);
        string folder = ArtifactPath.Escape(ArtifactPath.Parent(file));
        string name = ArtifactPath.Name(file);

        using JsonDocument created = await client.SendAsync(HttpMethod.Post, "mlflow-artifacts/mpu/create/" + folder, body =>
        {
            body.WriteString("path", name);
            body.WriteNumber("num_parts", count);
        }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        string upload = RestJson.Text(created.RootElement, "upload_id") ?? string.Empty;
        try
        {
            JsonElement[] places = [.. RestJson.Items(created.RootElement, "credentials").OrderBy(place => RestJson.Integer(place, "part_number") ?? 0)];
            if (places.Length != count)
                throw new TrackingException(TrackingError.NotMLflow, $"{client} gave {places.Length} addresses for {count} parts of '{file}'.");
            var parts = new List<(long Number, string ETag, string Url)>();
            for (int i = 0; i < count; i++)
            {
                long offset = i * chunk;
                string etag = await PutAsync(places[i], local, offset, Math.Min(chunk, local.Length - offset), sent, cancellation).ConfigureAwait(false);
                parts.Add((RestJson.Integer(places[i], "part_number") ?? i + 1, etag, RestJson.Text(places[i], "url")!));
            }
            using JsonDocument completed = await client.SendAsync(HttpMethod.Post, "mlflow-artifacts/mpu/complete/" + folder, body =>
            {
                body.WriteString("path", name);
                body.WriteString("upload_id", upload);
                body.WriteStartArray("parts");
                foreach ((long number, string etag, string url) in parts)
                {
                    body.WriteStartObject();
                    body.WriteNumber("part_number", number);
                    body.WriteString("etag", etag);
                    body.WriteString("url", url);
                    body.WriteEndObject();
                }
                body.WriteEndArray();
            }, Repeat.IfNothingHappened, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(folder, name, upload).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<string> PutAsync(JsonElement place, FileInfo local, long offset, long length, IProgress<long>? sent, CancellationToken cancellation)
    {
        Action<long>? report = sent is null ? null : part => sent.Report(offset + part);
        using HttpResponseMessage answer = await client.SendSignedAsync(
            HttpMethod.Put, Address(place), () => new FileContent(local.FullName, offset, length, report), Headers(place), cancellation).ConfigureAwait(false);
        // With its quotes, as storages want it back.
        return answer.Headers.TryGetValues("ETag", out IEnumerable<string>? etags) ? etags.First() : string.Empty;
    }

    /// <summary>Parts that are not put together are kept and paid for until they are given up, which Ctrl+C must not prevent.</summary>
    private async Task AbortAsync(string folder, string name, string upload)
    {
        using var limit = new CancellationTokenSource(AbortTime);
        try
        {
            using JsonDocument aborted = await client.SendAsync(HttpMethod.Post, "mlflow-artifacts/mpu/abort/" + folder, body =>
            {
                body.WriteString("path", name);
                body.WriteString("upload_id", upload);
            }, Repeat.IfNothingHappened, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TrackingException or OperationCanceledException)
        {
            // Whatever went wrong first is what there is to say.
        }
    }

    private static Uri Address(JsonElement json)
        => Uri.TryCreate(RestJson.Text(json, "url"), UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : throw new TrackingException(TrackingError.NotMLflow, "The server gave no signed http address.");

    private static List<KeyValuePair<string, string>> Headers(JsonElement json)
    {
        JsonElement headers = RestJson.Member(json, "headers");
        return headers.ValueKind == JsonValueKind.Object
            ? [.. headers.EnumerateObject().Select(header => new KeyValuePair<string, string>(header.Name, RestJson.Text(headers, header.Name) ?? string.Empty))]
            : [];
    }
}
