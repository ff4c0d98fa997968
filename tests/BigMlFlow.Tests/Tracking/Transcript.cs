using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace BigMlFlow.Tests.Tracking;

/// <summary>A recorded exchange between Python's client and a real server.</summary>
/// <param name="Number">Its place in the transcript.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, unescaped.</param>
/// <param name="Request">The request's JSON; undefined if it has none.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Answer">The answer's JSON; undefined if it is none.</param>
internal sealed record Exchange(int Number, string Method, string Path, JsonElement Request, int Status, JsonElement Answer)
{
    /// <summary>The endpoint: the path below the API's root, without ids.</summary>
    public string Endpoint
    {
        get
        {
            const string Root = "/api/2.0/mlflow/";
            if (!Path.StartsWith(Root, StringComparison.Ordinal))
                return Path;
            string[] parts = Path.Substring(Root.Length).Split('/');
            return string.Join('/', parts.Select(part => part.StartsWith("m-", StringComparison.Ordinal) ? "{id}" : part));
        }
    }
}

/// <summary>The transcripts, one exchange a line.</summary>
internal static class Transcript
{
    /// <summary>The names of all with MLflow servers; one empty name where there are none, for a test that skips.</summary>
    public static TheoryData<string> Names => new(SharedFiles.Transcripts is { } folder
        ? Directory.GetFiles(folder, "mlflow*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)
        : [string.Empty]);

    public static IEnumerable<Exchange> Read(string name)
    {
        Assert.SkipWhen(SharedFiles.Transcripts is null, "The transcripts are not beside the checkout.");
        foreach (string line in File.ReadLines(Path.Combine(SharedFiles.Transcripts!, name + ".jsonl")))
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            if (!json.TryGetProperty("request", out JsonElement request))
                continue;
            JsonElement answer = json.GetProperty("response");
            yield return new Exchange(
                json.GetProperty("n").GetInt32(),
                request.GetProperty("method").GetString()!,
                request.GetProperty("path").GetString()!,
                Json(request),
                answer.GetProperty("status").GetInt32(),
                Json(answer));
        }
    }

    private static JsonElement Json(JsonElement message)
        => message.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("json", out JsonElement json) ? json : default;
}
