using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Signatures;
using BigMlFlow.Models;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>Signatures: read and written as MLflow does, derived from a model, inferred from rows.</summary>
public sealed class Signatures
{
    private const string Inputs = """[{"type": "double", "name": "a", "required": true}, {"type": "array", "items": {"type": "array", "items": {"type": "string"}}, "name": "b", "required": false}, {"type": "object", "properties": {"x": {"type": "long", "required": true}, "y": {"type": "map", "values": {"type": "datetime"}, "required": false}}, "name": "c", "required": true}, {"type": "any", "name": "l\u00ednea \"q\"", "required": false}, {"type": "sparkml_vector", "name": "e", "required": true}]""";
    private const string Outputs = """[{"name": "out", "type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 4]}}]""";
    private const string Parameters = """[{"name": "m", "default": 0, "shape": null, "type": "long"}, {"name": "w", "default": [0.25, 1.0], "shape": [-1], "type": "double"}, {"name": "f", "default": false, "shape": null, "type": "boolean"}, {"name": "t", "default": "2026-11-22T07:40:00", "shape": null, "type": "datetime"}]""";

    [Fact]
    public void Json_comes_back_as_it_was()
    {
        var signature = ModelSignature.FromJson(Inputs, Outputs, Parameters);
        Assert.Equal(Inputs, signature.InputsToJson());
        Assert.Equal(Outputs, signature.OutputsToJson());
        Assert.Equal(Parameters, signature.ParametersToJson());
        Assert.Equal("'a': double (required)", signature.Inputs![0].ToString());
        Assert.Equal("línea \"q\"", signature.Inputs![3].Name);
        Assert.Equal([DataType.Double, DataType.Array, DataType.Object, DataType.Any, DataType.SparkVector], signature.Inputs!.Select(column => column.Type));

        PythonPeer.Require();
        const string script = """
            import json, sys
            from mlflow.models import ModelSignature
            given = json.load(sys.stdin)
            print(json.dumps(ModelSignature.from_dict(given).to_dict()))
            """;
        JsonElement theirs = PythonPeer.Run(script, JsonSerializer.Serialize(new { inputs = Inputs, outputs = Outputs, @params = Parameters }))[0];
        Assert.Equal(signature.InputsToJson(), theirs.GetProperty("inputs").GetString());
        Assert.Equal(signature.OutputsToJson(), theirs.GetProperty("outputs").GetString());
        Assert.Equal(signature.ParametersToJson(), theirs.GetProperty("params").GetString());
    }

    [Theory]
    [InlineData("""[{"name": "plasma glucose", "type": "double"}]""")] // MLflow 2.0
    [InlineData("""[{"type": "string"}]""")]
    public void What_older_versions_wrote_is_required(string inputs)
        => Assert.True(Assert.Single(ModelSignature.FromJson(inputs).Inputs!).Required);

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[]")]
    [InlineData("[{}")]
    [InlineData("""[{"name": "a"}]""")]
    [InlineData("""[{"type": "number", "name": "a"}]""")]
    [InlineData("""[{"type": "double", "name": "a"}, {"type": "double"}]""")]
    [InlineData("""[{"type": "array", "name": "a"}]""")]
    [InlineData("""[{"type": "tensor", "name": "a", "tensor-spec": {"dtype": "f8"}}]""")]
    [InlineData("""[{"type": "tensor", "name": "a", "tensor-spec": {"dtype": "f8", "shape": ["x"]}}]""")]
    [InlineData("""[{"type": "double", "name": "b"}, {"type": "tensor", "name": "a", "tensor-spec": {"dtype": "f8", "shape": [1]}}]""")]
    public void What_is_no_signature_is_refused(string inputs)
        => Assert.Contains("signature's inputs", Assert.Throws<FlavorException>(() => ModelSignature.FromJson(inputs)).Message, StringComparison.Ordinal);

    [Fact]
    public void Python_s_directories_have_theirs()
    {
        string saved = Path.GetFullPath(Path.Combine(RepositoryFiles.Examples, "..", "..", "shared", "gold", "saved"));
        Assert.SkipUnless(Directory.Exists(saved), $"No directories that Python saved in '{saved}'.");
        int signed = 0;
        foreach (string path in Directory.GetDirectories(saved).SelectMany(Directory.GetDirectories))
        {
            ModelSignature? signature = ModelDirectory.Read(path).Signature;
            Assert.Equal(File.ReadAllText(Path.Combine(path, "MLmodel")).Contains("signature:", StringComparison.Ordinal), signature is not null);
            signed += signature is null ? 0 : 1;
            if (path.EndsWith("with_options", StringComparison.Ordinal))
            {
                Assert.Equal(["plasma glucose", "bmi"], signature!.Inputs!.Select(column => column.Name));
                Assert.All(signature.Inputs!, column => Assert.False(column.Required));
                Assert.Contains(signature.Parameters!, parameter => parameter is { Name: "weights" or "threshold" });
            }
        }
        Assert.True(signed > 8);
    }

    [Theory]
    [InlineData("iris-tree", """["prediction": string, "probability": double]""", 0)]
    [InlineData("iris-boosted", """["prediction": string, "probability": double]""", 0)]
    [InlineData("iris-fusion", """["prediction": string, "probability": double]""", 0)]
    [InlineData("petal-regression", """["prediction": double]""", 0)]
    [InlineData("petal-linear", """["prediction": double]""", -1)]
    [InlineData("iris-cluster", """["centroid_name": string, "distance": double]""", 0)]
    [InlineData("iris-anomaly", """["score": double]""", 0)]
    public void Derived_from_a_model(string example, string outputs, int required)
    {
        BigMLModel model = BigMLModel.Load(ExampleModels.PathOf(example));
        var typed = ModelSignature.Of(model, SignatureKind.Typed);
        var any = ModelSignature.Of(model, SignatureKind.Any, PythonFunction.DataFrame);

        Assert.Equal(model.Fields.Inputs.Select(field => field.Name), typed.Inputs!.Select(column => column.Name));
        Assert.Equal(typed.Inputs!.Select(column => (column.Name, column.Required)), any.Inputs!.Select(column => (column.Name, column.Required)));
        Assert.All(any.Inputs!, column => Assert.Equal(DataType.Any, column.Type));
        foreach ((var field, ColumnSpec column) in model.Fields.Inputs.Zip(typed.Inputs!))
            Assert.Equal(field.OpType == BigMlFlow.Models.Fields.OpType.Numeric ? DataType.Double : DataType.String, column.Type);
        Assert.Equal(outputs, "[" + string.Join(", ", typed.Outputs!.Select(column => $"\"{column.Name}\": {column.Type.ToString().ToLowerInvariant()}")) + "]");
        Assert.Equal(required < 0, typed.Inputs!.Any(column => column.Required));
        Assert.Null(typed.Parameters);
        Assert.Equal("""[{"name": "output", "default": "", "shape": null, "type": "string"}]""", any.ParametersToJson());
    }

    [Fact]
    public void Inferred_from_rows()
    {
        Dictionary<string, object?>[] rows =
        [
            new() { ["number"] = 1, ["csv"] = "5.1", ["flag"] = true, ["text"] = "1x", ["when"] = DateTime.UnixEpoch, ["items"] = new[] { 1, 2 }, ["object"] = new Dictionary<string, object?> { ["k"] = "v" }, ["empty"] = null },
            new() { ["number"] = 2.5m, ["csv"] = "", ["flag"] = false, ["text"] = "2", ["when"] = null, ["items"] = Array.Empty<int>(), ["object"] = new Dictionary<string, object?> { ["k"] = "v", ["l"] = 1 } },
        ];
        Assert.Equal(
            """[{"type": "double", "name": "number", "required": true}, {"type": "double", "name": "csv", "required": false}, {"type": "boolean", "name": "flag", "required": true}, {"type": "string", "name": "text", "required": true}, {"type": "datetime", "name": "when", "required": false}, {"type": "array", "items": {"type": "double"}, "name": "items", "required": true}, {"type": "object", "properties": {"k": {"type": "string", "required": true}, "l": {"type": "double", "required": false}}, "name": "object", "required": true}, {"type": "any", "name": "empty", "required": false}]""",
            ModelSignature.Infer(rows).InputsToJson());
        Assert.Equal("""[{"type": "double", "name": "number", "required": true}]""", ModelSignature.Infer(rows, [new Dictionary<string, object?> { ["number"] = 1 }]).OutputsToJson());
        Assert.Contains("'a'", Assert.Throws<FlavorException>(() => ModelSignature.Infer([new Dictionary<string, object?> { ["a"] = 1 }, new Dictionary<string, object?> { ["a"] = true }])).Message, StringComparison.Ordinal);
        Assert.Throws<FlavorException>(() => ModelSignature.Infer([]));
        Assert.Throws<FlavorException>(() => ModelSignature.Infer([new Dictionary<string, object?> { ["a"] = new Random() }]));
    }

    [Fact]
    public void Inferred_as_MLflow_infers_from_the_same_rows()
    {
        PythonPeer.Require();
        string[] sets =
        [
            """[{"a": 1.5, "b": "x", "c": true}, {"a": null, "b": "y"}]""",
            """[{"a": ["x", "y"], "b": {"k": 1.5}}, {"a": ["z"], "b": {"k": 2.5}}]""",
            """[{"a": [[1.5], [2.5]], "b": {"k": {"l": ["m"]}}}]""",
            """[{"a": [{"k": 1.5}, {"k": 2.5}], "b": null}]""",
            """[{"a": [{"k": 1.5}, {"l": "x"}]}, {"a": [{"k": 1.5, "l": "x"}]}]""",
            """[{"a": [], "b": {}}]""",
            """[{"a": {"k": null}, "b": [null, "x"]}]""",
        ];
        const string script = """
            import json, sys, warnings
            warnings.simplefilter("ignore")
            from mlflow.models import infer_signature
            for line in sys.stdin:
                print(json.dumps(infer_signature(json.loads(line)).to_dict()["inputs"]))
            """;
        IReadOnlyList<JsonElement> theirs = PythonPeer.Run(script, string.Join("\n", sets));
        foreach ((string set, JsonElement inputs) in sets.Zip(theirs))
        {
            var rows = JsonSerializer.Deserialize<List<Dictionary<string, object?>>>(set)!;
            Assert.Equal(inputs.GetString(), ModelSignature.Infer(rows).InputsToJson());
        }
    }
}
