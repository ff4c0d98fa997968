using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using BigMlFlow.Tracking;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Credentials;

/// <summary>The environment means to us what it means to Python's client.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void AnEmptyOneIsTheDefault()
    {
        ConnectionSettings settings = Read();
        Assert.Equal(new ConnectionSettings(), settings);
        Assert.Equal("sqlite:///mlflow.db", settings.ToString());
    }

    [Fact]
    public void EveryVariableIsRead()
    {
        ConnectionSettings settings = Read(
            ("MLFLOW_TRACKING_URI", "https://mlflow.example.org/prefix"), ("MLFLOW_REGISTRY_URI", "https://registry.example.org"),
            ("MLFLOW_TRACKING_USERNAME", "me"), ("MLFLOW_TRACKING_PASSWORD", "pw"), ("MLFLOW_TRACKING_TOKEN", "tok"), ("MLFLOW_WORKSPACE", "blue"),
            ("MLFLOW_TRACKING_INSECURE_TLS", "TRUE"), ("MLFLOW_TRACKING_CLIENT_CERT_PATH", "/c.pem"), ("MLFLOW_HTTP_REQUEST_TIMEOUT", "2.5"),
            ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "99"), ("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "3"), ("MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER", "0"),
            ("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "false"), ("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "1"),
            ("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "7"), ("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "8"));
        Assert.Equal(("https://mlflow.example.org/prefix", "https://registry.example.org", "blue"), (settings.TrackingUri, settings.RegistryUri, settings.Workspace));
        Assert.Equal(("me", "pw", "tok"), (settings.Credential!.UserName, settings.Credential.Password, new NetworkCredential(string.Empty, settings.Token).Password));
        Assert.Equal((true, "/c.pem", TimeSpan.FromSeconds(2.5), 10, TimeSpan.FromSeconds(3), false), (settings.InsecureTls, settings.ClientCertificatePath, settings.Timeout, settings.MaxRetries, settings.Backoff, settings.RespectRetryAfter));
        Assert.Equal((false, true, 7L, 8L), (settings.MultipartUpload, settings.PresignedDownload, settings.MultipartMinimum, settings.MultipartChunk));
        Assert.DoesNotContain("pw", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFileOfCredentialsComesSecond()
    {
        _home.Write(".mlflow/credentials", Encoding.UTF8.GetBytes("# mine\n[other]\nmlflow_tracking_username = no\n[mlflow]\n; note\nMLFLOW_TRACKING_USERNAME = file user\nmlflow_tracking_password: a=b%%c \n"));
        Assert.Equal(("file user", "a=b%c"), Login());
        Assert.Equal(("env", "a=b%c"), Login(("MLFLOW_TRACKING_USERNAME", "env")));
        Assert.Equal(("env", "x"), Login(("MLFLOW_TRACKING_USERNAME", "env"), ("MLFLOW_TRACKING_PASSWORD", "x")));
    }

    [Fact]
    public void HalfALoginIsNone() => Assert.Null(Read(("MLFLOW_TRACKING_USERNAME", "env")).Credential);

    [Theory]
    [InlineData("MLFLOW_TRACKING_AWS_SIGV4", "true", TrackingError.NotSupported)]
    [InlineData("MLFLOW_TRACKING_AUTH", "kubernetes", TrackingError.NotSupported)]
    [InlineData("MLFLOW_TRACKING_INSECURE_TLS", "maybe", TrackingError.InvalidValue)]
    [InlineData("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "-1", TrackingError.InvalidValue)]
    [InlineData("MLFLOW_HTTP_REQUEST_TIMEOUT", "1,5", TrackingError.InvalidValue)]
    public void WhatIsNotUnderstoodIsSaid(string name, string value, TrackingError kind)
    {
        TrackingException error = Assert.Throws<TrackingException>(() => Read((name, value)));
        Assert.Equal(kind, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("databricks", "Save-BigMLModel")]
    [InlineData("databricks://profile", "Save-BigMLModel")]
    [InlineData("databricks-uc", "Save-BigMLModel")]
    [InlineData("uc:http://localhost:8080", "Save-BigMLModel")]
    [InlineData("azureml://region.api.azureml.ms/mlflow/v1.0/x", "az ml model create")]
    [InlineData("postgresql://user:secret@host/db", "--backend-store-uri")]
    [InlineData("mysql+pymysql://user:secret@host/db", "--backend-store-uri")]
    [InlineData("redis://user:secret@host", "'redis'")]
    public void UrisThatAreNotSupportedSayWhatToDo(string uri, string words)
    {
        TrackingException error = Assert.Throws<TrackingException>(() => new TrackingConnection(new ConnectionSettings { TrackingUri = uri }));
        Assert.Equal(TrackingError.NotSupported, error.Error);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRegistryCanBeElsewhere()
    {
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = "http://localhost:1/a", RegistryUri = "http://localhost:2" });
        Assert.Equal(("http://localhost:1/a/", "http://localhost:2/"), (connection.Tracking.Uri, connection.Registry.Uri));
        using var one = new TrackingConnection(new ConnectionSettings { TrackingUri = "http://localhost:1" });
        Assert.Equal("http://localhost:1/", one.Registry.Uri);
    }

    private (string User, string Password) Login(params (string Name, string Value)[] variables)
    {
        NetworkCredential login = Read(variables).Credential!;
        return (login.UserName, login.Password);
    }

    private ConnectionSettings Read(params (string Name, string Value)[] variables)
    {
        var values = new Dictionary<string, string>();
        foreach ((string name, string value) in variables)
            values[name] = value;
        return ConnectionSettings.FromEnvironment(values.GetValueOrDefault, _home.Path, null);
    }
}
