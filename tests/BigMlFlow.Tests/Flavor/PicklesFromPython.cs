using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Pickle;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using BigMlFlow.Parity;
using BigMlFlow.Tests.Examples;
using BigMlFlow.Tests.Gold;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>Models that Python saved are read without Python, and answer as they do there.</summary>
public sealed class PicklesFromPython(ITestOutputHelper output)
{
    private const string None = "(none)";
    private const string Secret = "0123456789abcdef0123456789abcdef01234567";

    private static readonly string SavedFolder = Path.GetFullPath(Path.Combine(RepositoryFiles.Examples, "..", "..", "shared", "gold", "saved"));

    public static TheoryData<string> Saved => Directory.Exists(SavedFolder)
        ? [.. Directory.GetDirectories(SavedFolder).SelectMany(Directory.GetDirectories).Select(path => Path.GetRelativePath(SavedFolder, path)).Order(StringComparer.Ordinal)]
        : [None];

    [Theory]
    [MemberData(nameof(Saved))]
    public void What_bigmlflow_saved_answers_as_there(string name)
    {
        Assert.SkipWhen(name == None, $"No directories that Python saved in '{SavedFolder}'.");
        string path = Path.Combine(SavedFolder, name);
        var warnings = new List<string>();
        BigMLModel model = ModelDirectory.Load(path, warnings.Add);

        // those of the older versions were saved by somebody who had credentials
        Assert.Equal(name.StartsWith("mlflow-2.22", StringComparison.Ordinal) || name.StartsWith("mlflow-3", StringComparison.Ordinal) ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains("credentials", warning, StringComparison.Ordinal));
        Assert.Equal(path, model.Source);
        Assert.Equal(model.Resource, ModelDirectory.Read(path).Resource);
        AssertAgrees(ReferenceOf(model.Resource), () => ModelDirectory.ReadBundle(path));
    }

    [Fact]
    public void Saved_again_it_says_that_it_was_rebuilt_and_holds_nothing_of_the_old_pickle()
    {
        Assert.SkipUnless(Directory.Exists(SavedFolder), $"No directories that Python saved in '{SavedFolder}'.");
        string path = Path.Combine(SavedFolder, "mlflow-3.17.2", "ensemble");
        using var folder = new TemporaryFolder();
        var warnings = new List<string>();
        ModelInfo info = ModelDirectory.Save(ModelDirectory.Load(path), folder.Combine("model"), onWarning: warnings.Add);

        Assert.Contains("rebuilt", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("rebuilt", ModelDirectory.Read(info.Path).Metadata["bigml_resource"]);
        Assert.DoesNotContain("cloudpickle", Latin1(Path.Combine(info.Path, info.Resource!.Replace('/', '_'))), StringComparison.Ordinal);
        AssertAgrees(ReferenceOf(info.Resource), () => ModelDirectory.ReadBundle(info.Path));

        warnings.Clear();
        ModelDirectory.Save(ModelDirectory.Load(info.Path), folder.Combine("again"), onWarning: warnings.Add);
        Assert.Single(warnings);
    }

    /// <summary>
    /// The bindings build the made-up models of all five types, and Python pickles them in every protocol: boosted and weighted
    /// trees, texts, items, codings, missing splits. One process makes them all.
    /// </summary>
    [Fact]
    public void What_the_bindings_make_of_any_model_answers_as_there()
    {
        PythonPeer.Require();
        const string script = """
            import json, os, pickle, sys
            import cloudpickle
            from bigml.api import BigML
            from bigml.model import Model
            from bigml.supervised import SupervisedModel
            for number, line in enumerate(sys.stdin):
                task = json.loads(line)
                api = BigML("", "", storage=os.path.dirname(task["path"]))
                with open(task["path"], encoding="utf-8") as handle:
                    document = json.load(handle)
                source = task["path"] if os.path.basename(task["path"]) == "ensemble.json" else document
                inner = document.get("object", document) if isinstance(document, dict) else {}
                boosted = (inner.get("boosting") or {}).get("objective_class") is not None
                model = Model(source, api=api) if boosted else SupervisedModel(source, api=api)
                dump = cloudpickle.dumps if number % 7 == 6 else lambda value: pickle.dumps(value, protocol=number % 7)
                model.api = None
                if hasattr(model, "local_model"):
                    model.local_model.api = None
                    if hasattr(model.local_model, "multi_model"):
                        model.local_model.multi_model.api = None
                with open(task["to"], "wb") as handle:
                    handle.write(dump(model))
                print(number)
            """;
        string[] types = ["model", "ensemble", "logisticregression", "linearregression", "deepnet"];
        ReferenceModel[] models = [.. GoldReports.Names.Where(name => types.Contains(name.Split('-')[0])).Select(GoldReports.Model)];
        Assert.NotEmpty(models);
        using var folder = new TemporaryFolder();
        string input = string.Join("\n", models.Select(model => JsonSerializer.Serialize(new { path = model.ModelPath, to = folder.Combine(model.Name) })));
        Assert.Equal(models.Length, PythonPeer.Run(script, input).Count);

        int cases = 0;
        foreach (ReferenceModel model in models)
            cases += AssertAgrees(model, () => PickledModel.Read(folder.Combine(model.Name), model.Name, _ => Assert.Fail("There are no credentials.")));
        output.WriteLine($"{models.Length} models, {cases} cases");
    }

    [Fact]
    public void Credentials_are_told_of_and_not_kept()
    {
        PythonPeer.Require();
        const string script = """
            import json, sys, cloudpickle
            from bigml.api import BigML
            from bigml.supervised import SupervisedModel
            source, target, name, key = json.loads(sys.stdin.read())
            with open(source, encoding="utf-8") as handle:
                model = SupervisedModel(json.load(handle), api=BigML(name, key, storage=None))
            with open(target, "wb") as handle:
                cloudpickle.dump(model, handle)
            """;
        using var folder = new TemporaryFolder();
        ModelInfo info = ModelDirectory.Save(ResourceBundle.FromFile(ExampleModels.PathOf("iris-tree")), folder.Combine("python"), new SaveOptions());
        string pickle = Path.Combine(info.Path, info.Resource!.Replace('/', '_'));
        PythonPeer.Run(script, JsonSerializer.Serialize((string[])[ExampleModels.PathOf("iris-tree"), pickle, "somebody", Secret]));
        Assert.Contains(Secret, Latin1(pickle), StringComparison.Ordinal);
        string file = Path.Combine(info.Path, "MLmodel");
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.Contains("resource:", StringComparison.Ordinal)));

        var warnings = new List<string>();
        BigMLModel model = ModelDirectory.Load(info.Path, warnings.Add);
        Assert.Contains("credentials", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, warnings[0], StringComparison.Ordinal);

        ModelInfo saved = ModelDirectory.Save(model, folder.Combine("saved"));
        foreach (string path in Directory.GetFiles(saved.Path, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, Latin1(path), StringComparison.Ordinal);
        Assert.All(model.Documents, document => Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(document.ToArray()), StringComparison.Ordinal));
    }

    /// <summary>A directory that Python saved of a real model; null where there is none.</summary>
    internal static string? SavedByPython(ReferenceModel model)
    {
        string newest = Path.Combine(SavedFolder, "mlflow-3.17.2");
        return Directory.Exists(newest) ? Directory.GetDirectories(newest).FirstOrDefault(path => ModelDirectory.Read(path).Resource == ResourceBundle.FromFile(model.ModelPath).Head.Id) : null;
    }

    private int AssertAgrees(ReferenceModel reference, Func<ResourceBundle> read)
    {
        ModelReport report = ParityRun.Run(reference, read);
        Assert.SkipWhen(report.Count(Verdict.Unsupported) > 0, $"Models of type '{report.Type}' cannot be read yet.");
        var differences = new StringWriter();
        Report.WriteDifferences(differences, report, verbose: false);
        Assert.True(report.Count(Verdict.Differed) == 0, $"{reference.Name}: {report.Count(Verdict.Differed)} of {report.Results.Count} cases differ:{Environment.NewLine}{string.Join("\n", differences.ToString().Split('\n').Take(10))}");
        Assert.True(report.Count(Verdict.Agreed) > 0);
        return report.Results.Count;
    }

    private static ReferenceModel ReferenceOf(string resource)
    {
        IEnumerable<ReferenceModel> real = GoldReports.Names.Select(GoldReports.Model).Where(model => Path.GetFileName(Path.GetDirectoryName(model.Folder)) == "real");
        return real.First(model => ResourceBundle.FromFile(model.ModelPath).Head.Id == resource);
    }

    private static string Latin1(string path) => Encoding.Latin1.GetString(File.ReadAllBytes(path));
}
