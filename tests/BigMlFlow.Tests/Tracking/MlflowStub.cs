using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using WireMock;

namespace BigMlFlow.Tests.Tracking;

/// <summary>
/// As much of an MLflow server as publishing needs, in memory, to look into and to let fail where a test wants it: real
/// servers do not fail to order.
/// </summary>
internal sealed class MlflowStub : IDisposable
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";
    private const string Api = "/api/2.0/mlflow/";

    private readonly StubServer _server = new();
    private readonly object _lock = new();
    private readonly bool _hasLoggedModels;

    public MlflowStub(bool hasLoggedModels)
    {
        _hasLoggedModels = hasLoggedModels;
        _server.AnswerAll(request =>
        {
            lock (_lock)
                return Interfere?.Invoke(request) ?? Answer(request);
        });
    }

    public Uri Address => _server.Address;

    public SortedDictionary<string, byte[]> Artifacts { get; } = new(StringComparer.Ordinal);

    /// <summary>The runs with their states.</summary>
    public Dictionary<string, string> Runs { get; } = [];

    /// <summary>The logged models with their states.</summary>
    public Dictionary<string, string> Models { get; } = [];

    public HashSet<string> RegisteredModels { get; } = [];

    public List<JsonObject> Versions { get; } = [];

    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>The state that new versions have, and the next ones when they are asked about.</summary>
    public Queue<string> VersionStates { get; } = new();

    /// <summary>The requests it got, as <c>METHOD path</c>.</summary>
    public IReadOnlyList<string> Calls => _server.Calls;

    /// <summary>Looks at a request before it is answered; what it gives is the answer.</summary>
    public Func<IRequestMessage, (int Status, byte[] Body)?>? Interfere { get; set; }

    /// <summary>Answers a request as if nothing were wrong, for those who let its answer get lost.</summary>
    public (int Status, byte[] Body) Answer(IRequestMessage request)
    {
        string path = request.Path;
        if (path == Files)
            return List(request.Query!["path"].Single());
        if (path.StartsWith(Files + "/", StringComparison.Ordinal))
            return File(request, path.Substring(Files.Length + 1));
        if (!path.StartsWith(Api, StringComparison.Ordinal))
            return (404, "<html>"u8.ToArray());
        JsonObject body = request.Body is { Length: > 0 } text ? JsonNode.Parse(text)!.AsObject() : [];
        JsonNode? answer = Api2(request, path.Substring(Api.Length), body);
        return answer is null ? Error("RESOURCE_DOES_NOT_EXIST") : (answer is JsonValue ? 404 : 200, Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    public static (int Status, byte[] Body) Error(string code, int status = 404) => (status, Encoding.UTF8.GetBytes(StubServer.Error(code, "The stub says " + code)));

    public void Dispose() => _server.Dispose();

    private JsonNode? Api2(IRequestMessage request, string endpoint, JsonObject body)
    {
        string Text(string name) => body[name]?.GetValue<string>() ?? request.Query?[name].Single() ?? string.Empty;
        switch (endpoint)
        {
            case "runs/create":
                string id = Guid.NewGuid().ToString("N");
                Runs[id] = "RUNNING";
                return new JsonObject { ["run"] = Run(id) };
            case "runs/get":
                return Runs.ContainsKey(Text("run_id")) ? new JsonObject { ["run"] = Run(Text("run_id")) } : null;
            case "runs/update":
                Runs[Text("run_id")] = Text("status");
                return new JsonObject();
            case "runs/log-batch" or "runs/outputs" or "runs/log-model":
                return new JsonObject();
            case "registered-models/get":
                return RegisteredModels.Contains(Text("name")) ? new JsonObject { ["registered_model"] = new JsonObject { ["name"] = Text("name") } } : null;
            case "registered-models/create":
                RegisteredModels.Add(Text("name"));
                return new JsonObject { ["registered_model"] = new JsonObject { ["name"] = Text("name") } };
            case "registered-models/alias":
                Aliases[Text("alias")] = Text("version");
                return new JsonObject();
            case "model-versions/create":
                var version = new JsonObject { ["name"] = Text("name"), ["version"] = $"{Versions.Count + 1}", ["source"] = Text("source"), ["run_id"] = Text("run_id"), ["status"] = State() };
                Versions.Add(version);
                return new JsonObject { ["model_version"] = version.DeepClone() };
            case "model-versions/get":
                JsonObject? found = Versions.FirstOrDefault(one => (string)one["version"]! == Text("version"));
                if (found is not null && VersionStates.Count > 0)
                    found["status"] = State();
                return found is null ? null : new JsonObject { ["model_version"] = found.DeepClone() };
            case "model-versions/get-download-uri":
                JsonObject? wanted = Versions.FirstOrDefault(one => (string)one["version"]! == Text("version"));
                return wanted is null ? null : new JsonObject { ["artifact_uri"] = (string)wanted["source"]! is var source && source.StartsWith("models:/m-", StringComparison.Ordinal) ? "mlflow-artifacts:/0/models/" + source.Substring(8) + "/artifacts" : source };
            case "model-versions/search":
                return new JsonObject { ["model_versions"] = new JsonArray([.. Versions.Select(one => one.DeepClone())]) };
            case "model-versions/delete":
                Versions.RemoveAll(one => (string)one["version"]! == Text("version"));
                return new JsonObject();
        }
        if (!_hasLoggedModels || !endpoint.StartsWith("logged-models", StringComparison.Ordinal))
            return JsonValue.Create("no such endpoint");
        if (endpoint == "logged-models/search")
            return new JsonObject { ["models"] = new JsonArray([.. Models.Keys.Select(Model)]) };
        string modelId = endpoint == "logged-models" ? "m-" + Guid.NewGuid().ToString("N") : endpoint.Split('/')[1];
        if (request.Method != "GET")
            Models[modelId] = endpoint == "logged-models" ? "LOGGED_MODEL_PENDING" : Text("status");
        return Models.ContainsKey(modelId) ? new JsonObject { ["model"] = Model(modelId) } : null;
    }

    private string State() => VersionStates.TryDequeue(out string? state) ? state : "READY";

    private JsonObject Run(string id) => new()
    {
        ["info"] = new JsonObject { ["run_id"] = id, ["experiment_id"] = "0", ["status"] = Runs[id], ["artifact_uri"] = $"mlflow-artifacts:/0/{id}/artifacts" },
        ["data"] = new JsonObject
        {
            ["params"] = new JsonArray(new JsonObject { ["key"] = "p", ["value"] = "1" }),
            ["metrics"] = new JsonArray(new JsonObject { ["key"] = "acc", ["value"] = 0.5, ["timestamp"] = 1, ["step"] = 0 }),
        },
    };

    private JsonObject Model(string id) => new()
    {
        ["info"] = new JsonObject { ["model_id"] = id, ["experiment_id"] = "0", ["name"] = "model", ["status"] = Models[id], ["artifact_uri"] = $"mlflow-artifacts:/0/models/{id}/artifacts" },
    };

    private (int Status, byte[] Body) List(string folder)
    {
        var entries = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, byte[]> file in Artifacts.Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            string[] rest = file.Key.Substring(folder.Length + 1).Split('/');
            entries[rest[0]] = rest.Length > 1
                ? new JsonObject { ["path"] = rest[0], ["is_dir"] = true }
                : new JsonObject { ["path"] = rest[0], ["is_dir"] = false, ["file_size"] = file.Value.Length };
        }
        return (200, Encoding.UTF8.GetBytes(new JsonObject { ["files"] = new JsonArray([.. entries.Values]) }.ToJsonString()));
    }

    private (int Status, byte[] Body) File(IRequestMessage request, string path)
    {
        switch (request.Method)
        {
            case "PUT":
                Artifacts[path] = request.BodyAsBytes ?? [];
                return (200, []);
            case "DELETE":
                foreach (string file in Artifacts.Keys.Where(file => file == path || file.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
                    Artifacts.Remove(file);
                return (200, "{}"u8.ToArray());
            default:
                return Artifacts.TryGetValue(path, out byte[]? content) ? (200, content) : Error("RESOURCE_DOES_NOT_EXIST");
        }
    }
}
