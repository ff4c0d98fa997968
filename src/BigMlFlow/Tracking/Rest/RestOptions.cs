using System;
using System.Net;
using System.Security;

namespace BigMlFlow.Tracking.Rest;

/// <summary>
/// How to reach an MLflow server. Secrets are held here and nowhere else: no text of this type shows one.
/// </summary>
public sealed record RestOptions
{
    /// <summary>The tracking URI, http or https; a path prefix is kept, a user or password in it is refused.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>User and password for basic authentication. It wins over <see cref="Token"/>, as in MLflow's own client.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>A bearer token.</summary>
    public SecureString? Token { get; init; }

    /// <summary>Sends credentials over plain http to other machines too. To loopback addresses they always go.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>The workspace, which only servers with workspaces know; null sends none.</summary>
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

    /// <summary>How long one request may take before an answer begins (MLFLOW_HTTP_REQUEST_TIMEOUT).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a request is tried again (MLFLOW_HTTP_REQUEST_MAX_RETRIES).</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The wait before the first new try; each further one doubles it (MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR).</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, a server's Retry-After included: beyond it the request fails.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The address, with no secret.</summary>
    public override string ToString() => BaseUri.GetLeftPart(UriPartial.Path);
}
