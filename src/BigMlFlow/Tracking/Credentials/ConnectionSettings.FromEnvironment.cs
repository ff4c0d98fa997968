using System;
using System.Globalization;
using System.IO;
using System.Net;
using BigMlFlow.Tracking.Credentials;

namespace BigMlFlow.Tracking;

/// <summary>The environment variables of Python's client, and its file of credentials.</summary>
public sealed partial record ConnectionSettings
{
    private const int MostRetries = 10;

    /// <summary>
    /// What the environment says: MLFLOW_TRACKING_URI, MLFLOW_REGISTRY_URI, MLFLOW_TRACKING_USERNAME and _PASSWORD (else
    /// <c>~/.mlflow/credentials</c>), _TOKEN, _INSECURE_TLS, _SERVER_CERT_PATH, _CLIENT_CERT_PATH, MLFLOW_WORKSPACE,
    /// MLFLOW_HTTP_REQUEST_*, and those about transfers in parts. Proxies are the system's business (HTTPS_PROXY).
    /// </summary>
    /// <param name="baseFolder">The folder that relative paths are meant from; null is the process's.</param>
    /// <exception cref="TrackingException">A variable is malformed, or asks for what is not supported.</exception>
    public static ConnectionSettings FromEnvironment(string? baseFolder = null)
        => FromEnvironment(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), baseFolder);

    internal static ConnectionSettings FromEnvironment(Func<string, string?> variable, string home, string? baseFolder)
    {
        var read = new Reader(variable);
        if (read.Flag("MLFLOW_TRACKING_AWS_SIGV4") == true)
            throw NotSupported("MLFLOW_TRACKING_AWS_SIGV4", "Requests are not signed for AWS here. Unset it, and use a user and password or a token.");
        if (read.Text("MLFLOW_TRACKING_AUTH") is { } plugin)
            throw NotSupported("MLFLOW_TRACKING_AUTH", $"'{plugin}' is a plugin of Python's client. Unset it, and use a user and password or a token.");
        var defaults = new ConnectionSettings();
        return defaults with
        {
            TrackingUri = read.Text("MLFLOW_TRACKING_URI"),
            RegistryUri = read.Text("MLFLOW_REGISTRY_URI"),
            Credential = Login(read, home),
            Token = read.Text("MLFLOW_TRACKING_TOKEN") is { } token ? new NetworkCredential(string.Empty, token).SecurePassword : null,
            Workspace = read.Text("MLFLOW_WORKSPACE"),
            InsecureTls = read.Flag("MLFLOW_TRACKING_INSECURE_TLS") ?? false,
            ServerCertificatePath = read.Text("MLFLOW_TRACKING_SERVER_CERT_PATH"),
            ClientCertificatePath = read.Text("MLFLOW_TRACKING_CLIENT_CERT_PATH"),
            Timeout = read.Seconds("MLFLOW_HTTP_REQUEST_TIMEOUT") ?? defaults.Timeout,
            MaxRetries = (int)Math.Min(read.Number("MLFLOW_HTTP_REQUEST_MAX_RETRIES") ?? defaults.MaxRetries, MostRetries),
            Backoff = read.Seconds("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR") ?? defaults.Backoff,
            RespectRetryAfter = read.Flag("MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER") ?? defaults.RespectRetryAfter,
            MultipartUpload = read.Flag("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"),
            PresignedDownload = read.Flag("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD"),
            MultipartMinimum = read.Number("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE") ?? defaults.MultipartMinimum,
            MultipartChunk = read.Number("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE") ?? defaults.MultipartChunk,
            ArtifactRoot = read.Text("_MLFLOW_SERVER_ARTIFACT_ROOT"),
            BaseFolder = baseFolder,
        };
    }

    /// <summary>User and password, each from its variable or else from the file; a login is both.</summary>
    private static NetworkCredential? Login(Reader read, string home)
    {
        (string? user, string? password) = (read.Text("MLFLOW_TRACKING_USERNAME"), read.Text("MLFLOW_TRACKING_PASSWORD"));
        if ((user is null || password is null) && home.Length > 0)
        {
            (string? userInFile, string? passwordInFile) = CredentialsFile.Read(Path.Combine(home, ".mlflow", "credentials"));
            (user, password) = (user ?? userInFile, password ?? passwordInFile);
        }
        return string.IsNullOrEmpty(user) || string.IsNullOrEmpty(password) ? null : new NetworkCredential(user, password);
    }

    private static TrackingException NotSupported(string name, string instead) => new(TrackingError.NotSupported, $"The environment variable {name} is not supported. {instead}");

    /// <summary>Reads variables; an empty one is as if it were not there.</summary>
    private sealed class Reader(Func<string, string?> variable)
    {
        public string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;

        public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
        {
            null => null,
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw Malformed(name, "true or false"),
        };

        public long? Number(string name)
            => Text(name) is not { } text ? null
                : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
                : throw Malformed(name, "a whole number");

        public TimeSpan? Seconds(string name)
            => Text(name) is not { } text ? null
                : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < 1e6 ? TimeSpan.FromSeconds(value)
                : throw Malformed(name, "a number of seconds");

        private static TrackingException Malformed(string name, string expected) => new(TrackingError.InvalidValue, $"The environment variable {name} has to be {expected}.");
    }
}
