using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace BigMlFlow.Tests.Tracking;

/// <summary>A recorded exchange between Python's client and a real server.</summary>
/// <param name="Step">What Python was doing.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, unescaped.</param>
/// <param name="Query">The pairs of the query, as <c>name=value</c>.</param>
/// <param name="Request">The request's JSON, or its text; undefined if it has neither.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Answer">The answer's JSON; undefined if it is none.</param>
internal sealed record Exchange(string Step, string Method, string Path, string[] Query, JsonElement Request, int Status, JsonElement Answer)
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
                json.GetProperty("step").GetString()!,
                request.GetProperty("method").GetString()!,
                request.GetProperty("path").GetString()!,
                [.. request.GetProperty("query").EnumerateArray().Select(pair => pair[0].GetString() + "=" + pair[1].GetString())],
                Json(request),
                answer.GetProperty("status").GetInt32(),
                Json(answer));
        }
    }

    private static JsonElement Json(JsonElement message)
        => message.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.Object && (body.TryGetProperty("json", out JsonElement json) || body.TryGetProperty("text", out json)) ? json : default;
}
