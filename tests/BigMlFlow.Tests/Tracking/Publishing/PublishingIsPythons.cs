using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using WireMock;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>What publishing writes to a server is what Python's client of that server's version was recorded to write.</summary>
public sealed class PublishingIsPythons
{
    private const string Step = "log_model registered_model_name";
    private const string Api = "/api/2.0/mlflow/";
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory]
    [InlineData("mlflow3.17.2-ensemble")]
    [InlineData("mlflow3.17.2-logistic")]
    [InlineData("mlflow2.22.5-ensemble")]
    [InlineData("mlflow2.17.2-linear")]
    [InlineData("mlflow2.9.2-logistic")]
    [InlineData("mlflow2.0.1-ensemble")]
    public async Task InTheSameOrderWithTheSameBodies(string transcript)
    {
        Exchange[] all = [.. Transcript.Read(transcript)];
        Exchange[] step = [.. all.Where(exchange => exchange.Step == Step)];
        Exchange[] writes = [.. step.Where(exchange => IsWrite(exchange.Method, exchange.Path))];
        string run = all.First(exchange => exchange.Endpoint == "runs/create").Answer.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        string name = writes.Single(exchange => exchange.Endpoint == "registered-models/create").Request.GetProperty("name").GetString()!;

        using var server = new StubServer();
        var sent = new List<(string Method, string Path, JsonNode Body)>();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        server.AnswerAll(request =>
        {
            if (IsWrite(request.Method, request.Path))
                sent.Add((request.Method, request.Path, JsonNode.Parse(request.Body!)!));
            return File(request, files) ?? Recorded(request, step, all);
        });
        using var connection = new TrackingConnection(new ConnectionSettings { TrackingUri = server.Address.ToString(), MaxRetries = 0 });
        await new Publisher(connection).PublishAsync(
            new PublishRequest("model") { RunId = run, RegisteredModelName = name },
            (placement, _) =>
            {
                Directory.CreateDirectory(placement.Folder);
                foreach (Exchange upload in step.Where(exchange => exchange.Method == "PUT"))
                    System.IO.File.WriteAllText(Path.Combine(placement.Folder, Path.GetFileName(upload.Path)), upload.Request.ValueKind == JsonValueKind.String ? upload.Request.GetString() : "pickle");
                return Task.CompletedTask;
            },
            null, Assert.Fail, TestContext.Current.CancellationToken);

        Assert.Equal(step.Where(exchange => exchange.Method == "PUT").Select(exchange => exchange.Path).Order(StringComparer.Ordinal), files.Keys.Select(file => Files + "/" + file));
        // There is no other way to find out that a server has none.
        if (transcript.StartsWith("mlflow2", StringComparison.Ordinal))
            Assert.Equal(1, sent.RemoveAll(request => request.Path == Api + "logged-models"));
        // The server notes the version with the model by itself; Python's own note of it doubles that.
        Exchange[] expected = [.. writes.Where(exchange => !exchange.Path.EndsWith("/tags", StringComparison.Ordinal))];
        Assert.Equal(expected.Select(exchange => exchange.Method + " " + exchange.Path), sent.Select(request => request.Method + " " + request.Path));
        foreach ((Exchange python, (string _, string path, JsonNode ours)) in expected.Zip(sent))
            Assert.Equal(Comparable(path, JsonNode.Parse(python.Request.GetRawText())!.AsObject()), Comparable(path, ours.AsObject()));
    }

    private static bool IsWrite(string method, string path) => method != "GET" && path.StartsWith(Api, StringComparison.Ordinal) && !path.EndsWith("/search", StringComparison.Ordinal);

    /// <summary>A body without what may differ: who and where, and the older name of a run's id.</summary>
    private static string Comparable(string path, JsonObject body)
    {
        if (body["tags"] is JsonArray tags)
            body["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create((string)tag!["key"]!))]);
        // Servers since 3.17 want the run too where it is not plain; they fill it in here.
        if (path.EndsWith("model-versions/create", StringComparison.Ordinal) && body["model_id"] is not null)
            body.Remove("run_id");
        if (body["model_json"] is { } record)
            body["model_json"] = JsonNode.Parse((string)record!);
        body.Remove("run_uuid");
        // Python noted its own version there until 2.17.
        (body["model_json"] as JsonObject)?.Remove("mlflow_version");
        return Sorted(body)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static (int Status, byte[] Body)? File(IRequestMessage request, SortedDictionary<string, byte[]> files)
    {
        if (request.Path == Files)
        {
            string folder = request.Query!["path"].Single() + "/";
            return (200, JsonSerializer.SerializeToUtf8Bytes(new
            {
                files = files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).Select(file => new { path = file.Key[folder.Length..], is_dir = false, file_size = file.Value.Length }),
            }));
        }
        if (!request.Path.StartsWith(Files, StringComparison.Ordinal))
            return null;
        string path = request.Path.Substring(Files.Length + 1);
        if (request.Method == "PUT")
            files[path] = request.BodyAsBytes ?? [];
        return (200, request.Method == "PUT" ? [] : files[path]);
    }

    /// <summary>The recorded answer to a request: of the step, or the first of all.</summary>
    private static (int Status, byte[] Body) Recorded(IRequestMessage request, Exchange[] step, Exchange[] all)
    {
        string path = request.Path;
        if (path == Api + "registered-models/get")
            return (404, Encoding.UTF8.GetBytes(StubServer.Error("RESOURCE_DOES_NOT_EXIST", "not yet")));
        // Python believes the answer to its creation, and does not look at what was made.
        if (path == Api + "model-versions/get")
            path = Api + "model-versions/create";
        string? metric = request.Query?.TryGetValue("metric_key", out WireMock.Types.WireMockList<string>? keys) == true ? "metric_key=" + keys.Single() : null;
        Exchange? exchange = step.Concat(all).FirstOrDefault(one =>
            one.Path == path && (one.Method == request.Method || path != request.Path) && (metric is null || one.Query.Contains(metric)));
        return exchange is null ? (404, "<!doctype html>"u8.ToArray()) : (exchange.Status, Encoding.UTF8.GetBytes(exchange.Answer.GetRawText()));
    }
}
