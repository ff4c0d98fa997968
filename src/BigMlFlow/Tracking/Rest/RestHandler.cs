using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BigMlFlow.Tracking.Rest;

/// <summary>The HTTP handler of a connection: proxy and certificates.</summary>
internal static class RestHandler
{
    internal static HttpMessageHandler Create(ConnectionSettings settings)
    {
        if (settings.InsecureTls && settings.ServerCertificatePath is not null)
            throw new TrackingException(TrackingError.InvalidValue, "Both a certificate to trust and to trust any were given (MLFLOW_TRACKING_SERVER_CERT_PATH, MLFLOW_TRACKING_INSECURE_TLS): leave one out.");
        var handler = new HttpClientHandler
        {
            // Redirects are followed by the client, which sends the login to its own server only.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
        };
        if (settings.Proxy is { } proxy)
            handler.Proxy = new WebProxy(proxy) { Credentials = settings.ProxyCredential, BypassProxyOnLocal = false };
        else if (settings.ProxyCredential is not null)
            handler.DefaultProxyCredentials = settings.ProxyCredential;
        if (settings.InsecureTls)
            handler.ServerCertificateCustomValidationCallback = static (_, _, _, _) => true;
        else if (settings.ServerCertificatePath is { } trusted)
            handler.ServerCertificateCustomValidationCallback = Trust(trusted);
        if (settings.ClientCertificatePath is { } own)
            handler.ClientCertificates.Add(ReadClientCertificate(own));
        return handler;
    }

    /// <summary>Trusts a server whose chain ends in one of the file's certificates, under its own name.</summary>
    private static Func<HttpRequestMessage, X509Certificate2?, X509Chain?, SslPolicyErrors, bool> Trust(string path)
    {
        X509Certificate2Collection roots = Read(path, file => { var all = new X509Certificate2Collection(); all.Import(file); return all; });
        return (_, certificate, chain, errors) =>
        {
            if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
                return false;
            using var own = new X509Chain();
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
            own.ChainPolicy.ExtraStore.AddRange(roots);
            if (!own.Build(certificate))
                return false;
            X509Certificate2 root = own.ChainElements[own.ChainElements.Count - 1].Certificate;
            return roots.Cast<X509Certificate2>().Any(known => known.RawData.SequenceEqual(root.RawData));
        };
    }

    private static X509Certificate2 ReadClientCertificate(string path)
#if NET
        => Read(path, static file => Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12"
            ? new X509Certificate2(file)
            : X509Certificate2.CreateFromPemFile(file));
#else
        => Read(path, static file => new X509Certificate2(file));
#endif

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TrackingException(TrackingError.InvalidValue, $"The certificate '{path}' cannot be read: {error.Message}", error);
        }
    }
}
