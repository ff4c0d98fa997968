using System;
using System.Net;
using System.Security;

namespace BigMlFlow.Tracking;

/// <summary>
/// Where to find MLflow, and how to get there. Secrets are held here and nowhere else: no text of this type shows one.
/// <see cref="FromEnvironment(string)"/> reads what Python's client reads; what a user says explicitly is set with <c>with</c>.
/// </summary>
public sealed partial record ConnectionSettings
{
    /// <summary>The tracking URI: <c>http(s)://…</c>, with a path prefix if there is one, or that of an embedded store; null is MLflow's default.</summary>
    public string? TrackingUri { get; init; }

    /// <summary>The registry URI, if the registry is elsewhere (MLFLOW_REGISTRY_URI); null is the tracking URI.</summary>
    public string? RegistryUri { get; init; }

    /// <summary>User and password for basic authentication. It wins over <see cref="Token"/>, as in MLflow's own client.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>A bearer token.</summary>
    public SecureString? Token { get; init; }

    /// <summary>Sends credentials over plain http to other machines too. To loopback addresses they always go.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>The workspace, which only servers with workspaces know (MLFLOW_WORKSPACE); null sends none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Trusts any certificate (MLFLOW_TRACKING_INSECURE_TLS).</summary>
    public bool InsecureTls { get; init; }

    /// <summary>A file of certificates to trust in place of the system's (MLFLOW_TRACKING_SERVER_CERT_PATH).</summary>
    public string? ServerCertificatePath { get; init; }

    /// <summary>A certificate of the client with its key (MLFLOW_TRACKING_CLIENT_CERT_PATH).</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>The proxy; null is the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>User and password for the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How long a server may keep silent: before an answer begins, and within an upload or download (MLFLOW_HTTP_REQUEST_TIMEOUT).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a request is tried again (MLFLOW_HTTP_REQUEST_MAX_RETRIES).</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The wait before the first new try; each further one doubles it (MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR).</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, a server's Retry-After included: beyond it the request fails.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Waits as long as a server's Retry-After says (MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER).</summary>
    public bool RespectRetryAfter { get; init; } = true;

    /// <summary>
    /// Whether files go to the server's storage in parts, past the server (MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD);
    /// null leaves it to the server to offer that.
    /// </summary>
    public bool? MultipartUpload { get; init; }

    /// <summary>Whether files come from the server's storage by signed addresses (MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD); null leaves it to the server.</summary>
    public bool? PresignedDownload { get; init; }

    /// <summary>From which size on a file is uploaded in parts, in bytes (MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE).</summary>
    public long MultipartMinimum { get; init; } = 500L << 20;

    /// <summary>The size of a part in bytes (MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE).</summary>
    public long MultipartChunk { get; init; } = 10L << 20;

    /// <summary>
    /// Below which an embedded store keeps the artifacts of experiments without a location of their own (_MLFLOW_SERVER_ARTIFACT_ROOT);
    /// null is the folder <c>mlruns</c>.
    /// </summary>
    public string? ArtifactRoot { get; init; }

    /// <summary>The folder that relative paths are meant from: PowerShell's location, not the process's folder. Null is the latter.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>The tracking URI, with no secret.</summary>
    public override string ToString() => StoreAddress.Shown(TrackingUri ?? StoreAddress.Default);
}
