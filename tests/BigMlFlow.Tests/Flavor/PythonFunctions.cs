using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Flavor;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>The ways in which a saved model answers as MLflow's python_function, or does not.</summary>
public sealed class PythonFunctions : IDisposable
{
    private const string Script = """
        import json, os, sys, tempfile
        os.environ["MLFLOW_TRACKING_URI"] = "file://" + tempfile.gettempdir()
        import bigmlflow, mlflow.pyfunc, pandas
        for line in sys.stdin:
            task = json.loads(line)
            native = bigmlflow.load_model(task["path"])
            function = mlflow.pyfunc.load_model(task["path"])
            frame = pandas.DataFrame(task["rows"], index=range(100, 100 + len(task["rows"])))
            answer = function.predict(frame)
            first = answer.columns[0]
            one = mlflow.pyfunc.load_model(task["path"], model_config={"output": first}).predict(frame)
            expected = [native.predict({key: value for key, value in row.items() if value is not None}, full=True) for row in task["rows"]]
            print(json.dumps({
                "first": first,
                "same": [row[first] for row in expected] == list(answer[first]) == list(one),
                "keys": set().union(*expected) == set(answer.columns),
                "index": list(answer.index) == list(frame.index),
                "kind": type(one).__name__ + str(one.ndim),
                "scalars": all(pandas.api.types.is_scalar(cell) for row in answer.to_dict("records") for cell in row.values()),
                "missing": len(function.predict(pandas.DataFrame(index=[0, 1]))),
                "records": list(function.predict(pandas.DataFrame(task["rows"][:1]))[first]) == list(function.predict(pandas.DataFrame([task["rows"][0]]))[first])}))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void As_a_DataFrame_with_the_prediction_first(int mlflow)
    {
        PythonPeer.Require();
        ExampleModel[] examples = [.. ExampleModels.All.Where(model => model.Type is not "linearregression")]; // whose fields are all required
        var tasks = new List<string>();
        foreach (ExampleModel example in examples)
        {
            ModelInfo info = Save(example.Name, PythonFunction.DataFrame);
            var rows = example.Rows.Where((_, place) => place % 30 == 0).Select((row, place) => row.ToDictionary(cell => cell.Key, cell => place % 2 == 0 && cell.Key.StartsWith("petal", StringComparison.Ordinal) ? null : Number(cell.Value)));
            tasks.Add(JsonSerializer.Serialize(new { path = info.Path, rows }));
        }
        IReadOnlyList<JsonElement> results = PythonPeer.Run(Script, string.Join("\n", tasks), mlflow);
        Assert.Equal(examples.Length, results.Count);
        foreach ((ExampleModel example, JsonElement result) in examples.Zip(results))
        {
            string first = result.GetProperty("first").GetString()!;
            Assert.Equal(example.Type switch { "cluster" => "centroid_name", "anomaly" => "score", "pca" => "PC1", _ => "prediction" }, first);
            foreach (string check in (string[])["same", "keys", "index", "scalars", "records"])
                Assert.True(result.GetProperty(check).GetBoolean(), $"{example.Name}: {check}");
            Assert.Equal("ndarray1", result.GetProperty("kind").GetString());
            Assert.Equal(2, result.GetProperty("missing").GetInt32());
        }
    }

    [Fact]
    public void Not_at_all_leaves_data_alone()
    {
        foreach (ExampleModel example in ExampleModels.All)
        {
            ModelInfo info = Save(example.Name, PythonFunction.None);
            Assert.Equal(["bigml"], info.Flavors.Keys);
            Assert.Equal(["resource"], info.Flavors["bigml"].Keys.Where(key => key != "components"));
            Assert.All(Directory.GetFiles(info.Path, "*", SearchOption.AllDirectories), file => Assert.True(Path.GetFileName(file) == "MLmodel" || Path.GetExtension(file) == ".json", file));
            ResourceBundle read = ModelDirectory.ReadBundle(info.Path);
            Assert.Equal(example.Type, read.Head.Type);
            Assert.Equal(read.Head.Id, ModelDirectory.Read(info.Path).Resource);
        }
    }

    [Fact]
    public void The_module_has_a_name_that_tells_its_content()
    {
        Assert.Matches("^bigmlflow_directory_[0-9a-f]{8}$", PythonShim.Module);
        ModelInfo info = Save("iris-fusion", PythonFunction.Records);
        string module = Assert.Single(Directory.GetFiles(Path.Combine(info.Path, "code")));
        Assert.Equal(PythonShim.Module + ".py", Path.GetFileName(module));
        Assert.Equal("code", info.Flavors["bigml"]["code"]);
        Assert.Equal("code", info.Flavors["python_function"]["code"]);
        Assert.Null(Save("iris-tree", PythonFunction.Records).Flavors["bigml"]["code"]);
        Assert.DoesNotContain("code", Save("iris-tree", PythonFunction.Records).Flavors["python_function"].Keys);
    }

    private static object? Number(object? cell)
        => double.TryParse(cell as string, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : cell is "" ? null : cell;

    private ModelInfo Save(string example, PythonFunction function)
        => ModelDirectory.Save(ResourceBundle.FromFile(ExampleModels.PathOf(example)), _folder.Combine(example), new SaveOptions { Force = true, PythonFunction = function });
}
