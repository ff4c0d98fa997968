using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using BigMlFlow.Flavor;
using BigMlFlow.Models;
using BigMlFlow.Parity;
using BigMlFlow.Tests.Gold;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>
/// Directories that are saved here open in Python, with bigmlflow's loader and with MLflow's python_function, without a
/// warning, and answer there as here: the examples, the real models, and some of each type that were made up.
/// </summary>
public sealed class OpensInPython(ITestOutputHelper output)
{
    private const int MadeUpOfEachType = 4;
    private const int RowsOfEach = 25;

    /// <summary>One process for all directories: starting Python takes longer than most of them.</summary>
    private const string Script = """
        import copy, json, logging, math, os, sys, tempfile, warnings
        os.environ["MLFLOW_TRACKING_URI"] = "file://" + tempfile.gettempdir()
        logging.disable = lambda *level: None  # the bindings switch everybody's warnings off
        import bigmlflow, mlflow.pyfunc, pandas
        logged = []
        class Collect(logging.Handler):
            def emit(self, record):
                logged.append(record.getMessage())
        for name in ("mlflow", "BigML"):
            logging.getLogger(name).addHandler(Collect(logging.WARNING))

        def plain(value):
            if isinstance(value, dict):
                return {str(key): plain(item) for key, item in value.items()}
            if isinstance(value, (list, tuple, set)):
                return [plain(item) for item in value]
            if hasattr(value, "item"):
                value = value.item()
            return None if isinstance(value, float) and not math.isfinite(value) else value

        def answer(function):
            try:
                return plain(function())
            except Exception as error:
                return {"error": type(error).__name__ + ": " + str(error)}

        for line in sys.stdin:
            task = json.loads(line)
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                native = bigmlflow.load_model(task["path"])
                function = mlflow.pyfunc.load_model(task["path"])
                answers = []
                for row in task["rows"]:
                    answers.append({"native": answer(lambda: native.predict(copy.deepcopy(row), full=True)),
                                    "function": answer(lambda: function.predict(pandas.DataFrame([row]))[0]) if row else None})
            said = [str(item.message) for item in warned if not issubclass(item.category, (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ResourceWarning))] + logged
            logged.clear()
            print(json.dumps({"answers": answers, "warnings": said}))
        """;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void With_the_same_answers(int mlflow)
    {
        PythonPeer.Require();
        using var folder = new TemporaryFolder();
        var tasks = new List<(string Name, BigMLModel Model, IReadOnlyList<JsonElement> Rows, string Line)>();
        foreach ((string name, BigMLModel model, IReadOnlyList<JsonElement> rows) in Models())
        {
            ModelInfo info = ModelDirectory.Save(model, folder.Combine(name));
            tasks.Add((name, model, rows, JsonSerializer.Serialize(new { path = info.Path, rows })));
        }
        Assert.NotEmpty(tasks);

        IReadOnlyList<JsonElement> results = PythonPeer.Run(Script, string.Join("\n", tasks.Select(task => task.Line)), mlflow);
        Assert.Equal(tasks.Count, results.Count);
        var differences = new List<string>();
        int compared = 0, refused = 0;
        foreach (((string name, BigMLModel model, IReadOnlyList<JsonElement> rows, _), JsonElement result) in tasks.Zip(results))
        {
            differences.AddRange(result.GetProperty("warnings").EnumerateArray().Select(warning => $"{name} warns: {warning}"));
            foreach ((JsonElement row, JsonElement answers) in rows.Zip(result.GetProperty("answers").EnumerateArray()))
            {
                JsonElement? ours = Answer(model, row);
                foreach (JsonProperty theirs in answers.EnumerateObject().Where(answer => answer.Value.ValueKind != JsonValueKind.Null))
                {
                    compared++;
                    refused += ours is null ? 1 : 0;
                    if (Difference(ours, theirs.Value) is { } difference)
                        differences.Add($"{name} {theirs.Name} {row}: {difference}");
                }
            }
        }
        output.WriteLine($"MLflow {mlflow}: {tasks.Count} directories, {compared} answers compared, {refused} of them refusals, {differences.Count} differ");
        output.WriteLine(string.Join("\n", tasks.GroupBy(task => task.Model.Type).Select(type => $"{type.Key}: {type.Count()}")));
        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(20)));
    }

    private static IEnumerable<(string Name, BigMLModel Model, IReadOnlyList<JsonElement> Rows)> Models()
    {
        foreach (ExampleModel example in ExampleModels.All.Where(example => example.IsSupported))
            yield return ("example " + example.Name, BigMLModel.Load(example.Path), [.. example.Rows.Where((_, place) => place % 20 == 0).Select(row => JsonSerializer.SerializeToElement(row))]);
        var counts = new Dictionary<string, int>();
        foreach (string name in GoldReports.Names)
        {
            ReferenceModel model = GoldReports.Model(name);
            bool isReal = Path.GetFileName(Path.GetDirectoryName(model.Folder)) == "real";
            string type = isReal ? "real" : name.Split('-')[0];
            counts[type] = counts.GetValueOrDefault(type) + 1;
            if ((!isReal && counts[type] > MadeUpOfEachType) || GoldReports.Of(name).Count(Verdict.Unsupported) > 0)
                continue;
            IReadOnlyList<JsonElement> rows = model.ReadRows();
            // where the bindings fail by accident there is nothing to compare
            var sound = model.ReadCases().Where(each => each.IsFull || !each.Options.EnumerateObject().Any()).GroupBy(each => each.Row)
                .Where(cases => cases.All(each => !each.IsQuirk)).Select(cases => cases.Key).Order().Take(RowsOfEach);
            rows = [.. sound.Select(row => rows[row])];
            yield return (name, BigMLModel.Load(model.ModelPath), rows);
            if (PicklesFromPython.SavedByPython(model) is { } directory)
                yield return (name + " rebuilt", ModelDirectory.Load(directory), rows);
        }
    }

    /// <summary>Our answer, or null where the row is refused.</summary>
    private static JsonElement? Answer(BigMLModel model, JsonElement row)
    {
        try
        {
            string json = model.Predict(row.EnumerateObject().Select(cell => new KeyValuePair<string, object?>(cell.Name, cell.Value))).ToJson();
            return JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (RowException)
        {
            return null;
        }
    }

    private static string? Difference(JsonElement? ours, JsonElement theirs)
    {
        if (ours is null || theirs.TryGetProperty("error", out _))
            return ours is null == theirs.TryGetProperty("error", out _) ? null : $"ours {ours}, theirs {theirs}";
        return new Comparison(_ => new Tolerance(1.01e-5, 1e-6)).Difference(Known(theirs), Known(ours.Value));
    }

    /// <summary>Without the members that a row of a DataFrame does not tell from absent ones.</summary>
    private static JsonElement Known(JsonElement answer)
        => JsonSerializer.SerializeToElement(new JsonObject(answer.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText())))));
}
