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
/// Artifacts that an MLflow server keeps: <c>mlflow-artifacts:</c> URIs. They go through the server, or, where it offers that,
/// to and from its storage by signed addresses.
/// </summary>
internal sealed class ProxiedArtifactStore : IArtifactStore
{
    private const string Service = "mlflow-artifacts/artifacts";

    private readonly RestClient _client;
    private readonly bool _ownsClient;
    private readonly string _root;
    private readonly SignedTransfers _signed;

    /// <param name="uri">What the store is known by.</param>
    /// <param name="client">The server.</param>
    /// <param name="ownsClient">Whether the client is disposed with the store.</param>
    /// <param name="root">The path of the root below the server's artifacts, unescaped.</param>
    internal ProxiedArtifactStore(string uri, RestClient client, bool ownsClient, string root)
    {
        Uri = uri;
        _client = client;
        _ownsClient = ownsClient;
        _root = ArtifactPath.Check(root.Trim('/'));
        _signed = new SignedTransfers(client);
    }

    public string Uri { get; }

    public void Dispose()
    {
        if (_ownsClient)
            _client.Dispose();
    }

    public async Task<IReadOnlyList<ArtifactFile>> ListAsync(string path, CancellationToken cancellation)
    {
        string folder = ArtifactPath.Join(_root, ArtifactPath.Check(path));
        using JsonDocument answer = await _client.GetAsync(Service, [new("path", folder)], cancellation).ConfigureAwait(false);
        return
        [
            .. RestJson.Items(answer.RootElement, "files")
                .Select(file =>
                {
                    string name = ArtifactPath.CheckListed(RestJson.Text(file, "path") ?? string.Empty, Uri);
                    bool isFolder = RestJson.Flag(file, "is_dir");
                    // The size of an empty file is a default, which servers omit.
                    return new ArtifactFile(ArtifactPath.Join(path, name), isFolder, isFolder ? null : RestJson.Integer(file, "file_size") ?? 0);
                })
                .OrderBy(file => file.ArtifactPath, StringComparer.Ordinal),
        ];
    }

    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellation)
    {
        string file = ArtifactPath.Join(_root, ArtifactPath.CheckFile(path));
        if (await _signed.TryOpenReadAsync(file, cancellation).ConfigureAwait(false) is { } stream)
            return stream;
        Uri uri = At(file);
        HttpResponseMessage answer = await _client.SendAsync(HttpMethod.Get, uri, () => null, Repeat.Always, cancellation).ConfigureAwait(false);
        return await AnswerStream.OpenAsync(answer, uri, _client.Settings.Timeout).ConfigureAwait(false);
    }

    public async Task UploadAsync(string path, string localFile, IProgress<long>? sent, CancellationToken cancellation)
    {
        string file = ArtifactPath.Join(_root, ArtifactPath.CheckFile(path));
        var info = new FileInfo(localFile);
        if (!info.Exists)
            throw new TrackingException(TrackingError.NotFound, $"There is no file '{localFile}' to upload.");
        if (await _signed.TryUploadAsync(file, info, sent, cancellation).ConfigureAwait(false))
            return;
        using HttpResponseMessage answer = await _client.SendAsync(
            HttpMethod.Put,
            At(file),
            () => new FileContent(info.FullName, 0, info.Length, sent is null ? null : sent.Report),
            Repeat.Always,
            cancellation).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellation)
    {
        string file = ArtifactPath.Join(_root, ArtifactPath.CheckFile(path));
        try
        {
            using HttpResponseMessage answer = await _client.SendAsync(HttpMethod.Delete, At(file), () => null, Repeat.Always, cancellation).ConfigureAwait(false);
        }
        catch (TrackingException error) when (error.Error == TrackingError.NotFound)
        {
            // That is what was wanted.
        }
    }

    private Uri At(string file) => _client.At($"api/2.0/{Service}/{ArtifactPath.Escape(file)}");
}
