using System.Text.Json;

namespace BigMlFlow.Tracking.Rest;

/// <summary>What a server says it offers (<c>/api/3.0/mlflow/server-info</c>, MLflow 3.15 for the transfers).</summary>
/// <param name="MultipartUploads">Files can go to its storage in parts.</param>
/// <param name="PresignedDownloads">Files can come from its storage by signed addresses.</param>
/// <param name="PresignedOnly">Files must go and come so (3.18).</param>
internal sealed record ServerInfo(bool MultipartUploads, bool PresignedDownloads, bool PresignedOnly)
{
    /// <summary>A server that offers none of it, or says nothing.</summary>
    internal static readonly ServerInfo None = new(false, false, false);

    internal static ServerInfo Of(JsonElement json) => new(
        RestJson.Flag(json, "multipart_uploads_enabled"),
        RestJson.Flag(json, "multipart_downloads_enabled"),
        RestJson.Flag(json, "artifacts_presigned_only"));
}
