using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Signatures;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>What else a directory can hold: notes, examples, code, a signature, other flavors; and that Python reads all of it.</summary>
public sealed class SavingOptions : IDisposable
{
    private static readonly Dictionary<string, object?> Notes = new()
    {
        ["team"] = "ops",
        ["threshold"] = 0.5,
        ["count"] = 3,
        ["on"] = "no",
        ["labels"] = new[] { "a", "2026-11-22" },
        ["nested"] = new Dictionary<string, object?> { ["línea"] = "‑ 'q'", ["none"] = null, ["yes"] = true },
        ["when"] = new DateTime(2026, 11, 22, 7, 40, 0, DateTimeKind.Utc),
    };

    private static readonly Dictionary<string, object?>[] Rows =
    [
        new() { ["sepal length"] = "5.1", ["petal length"] = 1.4, ["species"] = "Iris-setosa" },
        new() { ["sepal length"] = "", ["petal length"] = null, ["extra"] = true },
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Notes_stay_what_they_are()
    {
        ModelInfo info = Save(new SaveOptions { Metadata = Notes });
        IReadOnlyDictionary<string, object?> read = ModelDirectory.Read(info.Path).Metadata;
        Assert.Equal(Notes.Keys.Order(), read.Keys.Order());
        Assert.Equal(["ops", 0.5, 3L, "no"], new[] { read["team"], read["threshold"], read["count"], read["on"] });
        Assert.Equal(["a", "2026-11-22"], (List<object?>)read["labels"]!);
        Assert.Equal("‑ 'q'", ((Dictionary<string, object?>)read["nested"]!)["línea"]);
        Assert.False(ModelDirectory.Read(Save(new SaveOptions()).Path).Metadata.Any());
    }

    [Fact]
    public void An_example_of_rows_is_a_table_of_numbers_and_texts_with_null_for_what_is_missing()
    {
        ModelInfo info = Save(new SaveOptions { InputExample = InputExample.FromRows(Rows) });
        Assert.Equal(
            """{"columns": ["sepal length", "petal length", "species", "extra"], "data": [[5.1, 1.4, "Iris-setosa", null], [null, null, null, true]]}""",
            File.ReadAllText(Path.Combine(info.Path, "input_example.json")));
        JsonElement serving = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(info.Path, "serving_input_example.json")));
        Assert.Equal(4, serving.GetProperty("dataframe_split").GetProperty("columns").GetArrayLength());
        Assert.Equivalent(
            new Dictionary<string, object?> { ["artifact_path"] = "input_example.json", ["pandas_orient"] = "split", ["serving_input_path"] = "serving_input_example.json", ["type"] = "dataframe" },
            ModelDirectory.Read(info.Path).SavedInputExampleInfo);
    }

    [Fact]
    public void An_example_with_parameters_or_of_another_kind()
    {
        ModelInfo info = Save(new SaveOptions { InputExample = InputExample.FromObject(new Dictionary<string, object?> { ["bmi"] = 30.5 }, new Dictionary<string, object?> { ["threshold"] = 0.25 }) });
        Assert.Equal("""{"inputs": {"bmi": 30.5}, "params": {"threshold": 0.25}}""", File.ReadAllText(Path.Combine(info.Path, "input_example.json")));
        Assert.Equal("{\n  \"inputs\": {\n    \"bmi\": 30.5\n  },\n  \"params\": {\n    \"threshold\": 0.25\n  }\n}", File.ReadAllText(Path.Combine(info.Path, "serving_input_example.json")));
        IReadOnlyDictionary<string, object?> read = ModelDirectory.Read(info.Path).SavedInputExampleInfo!;
        Assert.Equal("true", read["params"]);
        Assert.Equal("json_object", read["type"]);
        Assert.Equal(FlavorError.InvalidOption, Assert.Throws<FlavorException>(() => InputExample.FromRows([])).Error);
    }

    [Fact]
    public void Code_is_copied_without_what_Python_compiled()
    {
        Directory.CreateDirectory(_folder.Combine("helpers", "__pycache__"));
        Directory.CreateDirectory(_folder.Combine("helpers", "inner"));
        File.WriteAllText(_folder.Combine("helpers", "__init__.py"), "x = 1");
        File.WriteAllText(_folder.Combine("helpers", "inner", "a.py"), "y = 2");
        File.WriteAllText(_folder.Combine("helpers", "__pycache__", "a.pyc"), "z");
        File.WriteAllText(_folder.Combine("rules.py"), "w = 3");
        ModelInfo info = Save(new SaveOptions { CodePaths = [_folder.Combine("helpers") + Path.DirectorySeparatorChar, _folder.Combine("rules.py")] });
        string code = Path.Combine(info.Path, "code");
        Assert.Equal(["helpers/__init__.py", "helpers/inner/a.py", "rules.py"], Directory.GetFiles(code, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(code, path)).Order(StringComparer.Ordinal));
        Assert.Equal("code", info.Flavors["bigml"]["code"]);
        Assert.Equal("code", info.Flavors["python_function"]["code"]);

        string[][] wrong = [[_folder.Combine("none.py")], [_folder.Combine("rules.py"), _folder.Combine("rules.py")], [_folder.Path]];
        foreach (string[] paths in wrong)
            Assert.Equal(FlavorError.InvalidOption, Assert.Throws<FlavorException>(() => Save(new SaveOptions { CodePaths = paths })).Error);
        Assert.True(ModelDirectory.Exists(info.Path));
    }

    [Fact]
    public void A_flavor_is_added_to_a_model_that_has_others()
    {
        Directory.CreateDirectory(_folder.Combine("other"));
        File.WriteAllText(_folder.Combine("other", "MLmodel"), """
            artifact_path: model
            flavors:
              lightgbm: {data: model.lgb, lgb_version: 4.0.0}
              python_function: {loader_module: mlflow.lightgbm}
            metadata: {a: 1, b: 2}
            mlflow_version: 2.9.2
            model_uuid: 0123456789abcdef0123456789abcdef
            run_id: fedcba9876543210fedcba9876543210
            something_new: {x: 2026-11-22}
            utc_time_created: '2026-01-02 03:04:05.000006'
            """);
        ModelInfo info = Save(new SaveOptions { MLmodel = ModelDirectory.Read(_folder.Combine("other")), Metadata = new Dictionary<string, object?> { ["b"] = 3 } });
        ModelInfo read = ModelDirectory.Read(info.Path);
        Assert.Equal(["bigml", "lightgbm", "python_function"], read.Flavors.Keys);
        Assert.Equal("bigmlflow.bigml", read.Flavors["python_function"]["loader_module"]);
        Assert.Equal("4.0.0", read.Flavors["lightgbm"]["lgb_version"]);
        Assert.Equal("0123456789abcdef0123456789abcdef", read.ModelUuid);
        Assert.Equal("fedcba9876543210fedcba9876543210", read.RunId);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(60), read.UtcTimeCreated);
        Assert.Equal([1L, 3L], new[] { read.Metadata["a"], read.Metadata["b"] });
        Assert.Contains("something_new:\n  x: 2026-11-22\n", File.ReadAllText(Path.Combine(info.Path, "MLmodel")), StringComparison.Ordinal);
        Assert.DoesNotContain("bigml", ModelDirectory.Read(_folder.Combine("other")).Flavors.Keys);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void MLflow_reads_all_of_it(int mlflow)
    {
        PythonPeer.Require();
        var signature = ModelSignature.FromJson(
            """[{"type": "double", "name": "sepal length", "required": false}, {"type": "double", "name": "petal length", "required": false}]""",
            """[{"type": "string", "name": "prediction", "required": true}]""",
            """[{"name": "threshold", "default": 0.5, "shape": null, "type": "double"}, {"name": "w", "default": [1.5], "shape": [-1], "type": "double"}]""");
        File.WriteAllText(_folder.Combine("rules.py"), "w = 3");
        ModelInfo info = Save(new SaveOptions { Metadata = Notes, InputExample = InputExample.FromRows(Rows), Signature = signature, CodePaths = [_folder.Combine("rules.py")] });
        const string script = """
            import json, os, sys, tempfile
            os.environ["MLFLOW_TRACKING_URI"] = "file://" + tempfile.gettempdir()
            import mlflow.pyfunc
            from mlflow.models import Model
            path = sys.stdin.read()
            model = Model.load(path)
            info = model.get_model_info()
            example = model.load_input_example(path)
            loaded = mlflow.pyfunc.load_model(path)
            import rules
            print(json.dumps({"metadata": model.metadata, "signature": model.signature.to_dict(), "uuid": info.model_uuid, "time": info.utc_time_created, "size": model.model_size_bytes,
                              "example": json.loads(example.to_json(orient="split", index=False)), "rules": rules.w, "flavors": model.flavors,
                              "serving": json.loads(model.get_serving_input(path)), "dependencies": open(mlflow.pyfunc.get_model_dependencies(path)).read()}, default=str))
            """;
        JsonElement read = PythonPeer.Run(script, info.Path, mlflow)[0];
        Assert.Equal(
            """{"count": 3, "labels": ["a", "2026-11-22"], "nested": {"l\u00ednea": "\u2011 'q'", "none": null, "yes": true}, "on": "no", "team": "ops", "threshold": 0.5, "when": "2026-11-22 07:40:00+00:00"}""",
            read.GetProperty("metadata").GetRawText());
        Assert.Equal(signature.InputsToJson(), read.GetProperty("signature").GetProperty("inputs").GetString());
        Assert.Equal(signature.OutputsToJson(), read.GetProperty("signature").GetProperty("outputs").GetString());
        Assert.Equal(signature.ParametersToJson(), read.GetProperty("signature").GetProperty("params").GetString());
        Assert.Equal(info.ModelUuid, read.GetProperty("uuid").GetString());
        Assert.Equal(info.ModelSizeBytes, read.GetProperty("size").GetInt64());
        Assert.Equal("""{"columns": ["sepal length", "petal length", "species", "extra"], "data": [[5.1, 1.4, "Iris-setosa", null], [null, null, null, true]]}""", read.GetProperty("example").GetRawText());
        Assert.Equal(3, read.GetProperty("rules").GetInt32());
        Assert.Equal(File.ReadAllText(Path.Combine(info.Path, "requirements.txt")), read.GetProperty("dependencies").GetString());
        Assert.Equal(4, read.GetProperty("serving").GetProperty("dataframe_split").GetProperty("columns").GetArrayLength());
        Assert.Equal(["bigml", "python_function"], read.GetProperty("flavors").EnumerateObject().Select(flavor => flavor.Name));
    }

    private ModelInfo Save(SaveOptions options)
        => ModelDirectory.Save(ResourceBundle.FromFile(ExampleModels.PathOf("iris-tree")), _folder.Combine("model"), options with { Force = true });
}
