using System;

namespace BigMlFlow.Tracking.Rest;

/// <summary>Addresses of servers: what is accepted, and what of them may be shown.</summary>
internal static class RestAddress
{
    /// <summary>The base address, ending in a slash.</summary>
    /// <exception cref="TrackingException">It is no http address, holds a password, or would send credentials unencrypted.</exception>
    internal static Uri Check(Uri uri, ConnectionSettings settings)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new TrackingException(TrackingError.InvalidValue, $"'{uri}' is not the address of a server: expected http:// or https://.");
        if (uri.UserInfo.Length > 0)
            throw new TrackingException(TrackingError.InvalidValue, $"The tracking URI {Shown(uri)} holds a user or password, where it would be shown and logged. Give them by -Credential or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.");
        bool secret = settings.Credential is not null || settings.Token is not null;
        if (secret && uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !settings.AllowUnencryptedAuthentication)
            throw new TrackingException(TrackingError.PermissionDenied, $"{Shown(uri)} is not encrypted, so no password or token is sent there. Use https, or -AllowUnencryptedAuthentication if the network is trusted.");
        string path = uri.GetLeftPart(UriPartial.Path);
        return new Uri(path.EndsWith("/", StringComparison.Ordinal) ? path : path + "/");
    }

    /// <summary>An address without query and user, which may hold secrets: signed addresses do.</summary>
    internal static string Shown(Uri uri)
        => uri.IsAbsoluteUri ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : uri.ToString();
}
