using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BigMlFlow.Flavor;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>Model directories: what is saved is what is loaded, and what is wrong with one is said.</summary>
public sealed class Directories : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Examples => [.. ExampleModels.All.Select(model => model.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Examples))]
    public void Resources_come_back_byte_for_byte(string example)
    {
        ResourceBundle bundle = ResourceBundle.FromFile(ExampleModels.PathOf(example));
        ModelInfo info = ModelDirectory.Save(bundle, _folder.Combine("model"), new SaveOptions());
        ResourceBundle read = ModelDirectory.ReadBundle(info.Path);

        Assert.Equal(info.Path, read.Source);
        Assert.Equal(bundle.Head.Id, info.Resource);
        Assert.Equal(bundle.IsList, read.IsList);
        IReadOnlyList<ResourceDocument> saved = ModelComponents.Of(bundle), loaded = ModelComponents.Of(read);
        Assert.Equal(saved.Select(document => document.Id), loaded.Select(document => document.Id));
        Assert.Equal(saved.Select(document => document.ToArray()), loaded.Select(document => document.ToArray()));
        string folder = Path.GetDirectoryName(ExampleModels.PathOf(example))!;
        if (saved.Count == 1)
            Assert.Equal(File.ReadAllBytes(ExampleModels.PathOf(example)).AsSpan().Trim("\r\n"u8).ToArray(), saved[0].ToArray());
        foreach (ResourceDocument component in saved.Skip(1))
            Assert.Equal(File.ReadAllBytes(_folder.Combine("model", "bigml", component.Id.Replace('/', '_') + ".json")), component.ToArray());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Predictions_are_the_same_after_saving_and_loading(string example)
    {
        ExampleModel each = ExampleModels.Named(example);
        Assert.SkipUnless(each.IsSupported, $"Models of type '{each.Type}' cannot be read yet.");
        BigMLModel model = BigMLModel.Load(each.Path);
        ModelDirectory.Save(model, _folder.Combine("model"));
        BigMLModel loaded = ModelDirectory.Load(_folder.Combine("model"));

        Assert.Equal(_folder.Combine("model"), loaded.Source);
        Assert.NotEmpty(each.Rows);
        foreach (IReadOnlyDictionary<string, object?> row in each.Rows)
            Assert.Equal(Answer(model, row), Answer(loaded, row));
    }

    [Fact]
    public void A_listed_ensemble_stays_one_with_its_trees_in_the_order_of_the_list()
    {
        ResourceBundle files = ResourceBundle.FromFile(ExampleModels.PathOf("iris-ensemble"));
        ResourceDocument[] documents = [.. ModelComponents.Of(files)];
        string[] ids = [.. documents.Select(document => document.Id)];
        Array.Reverse(documents, 1, documents.Length - 1);

        foreach (IReadOnlyList<ResourceDocument> order in (IReadOnlyList<ResourceDocument>[])[documents, [.. ModelComponents.Of(files)]])
        {
            ModelInfo info = ModelDirectory.Save(ResourceBundle.FromDocuments(order, isList: true, "list"), _folder.Combine("model"), new SaveOptions { Force = true });
            ResourceBundle read = ModelDirectory.ReadBundle(info.Path);
            Assert.True(read.IsList);
            Assert.Equal(order.Select(document => document.Id), read.Documents.Select(document => document.Id));
            Assert.Equal("list", info.Flavors["bigml"]["components"]);
            Assert.Equal(!order.Select(document => document.Id).SequenceEqual(ids), info.Flavors["bigml"].ContainsKey("component_order"));
        }
    }

    [Fact]
    public void MLmodel_says_what_the_info_says()
    {
        DateTime before = DateTime.UtcNow.AddMilliseconds(-1);
        ModelInfo info = Save("iris-tree");
        ModelInfo read = ModelDirectory.Read(info.Path);

        Assert.Equivalent(info, read);
        Assert.InRange(read.UtcTimeCreated!.Value, before, DateTime.UtcNow);
        Assert.Matches("^[0-9a-f]{32}$", read.ModelUuid);
        Assert.Equal(["bigml", "python_function"], read.Flavors.Keys);
        Assert.Equal(info.Path, read.ToString());
        Assert.True(ModelDirectory.Exists(info.Path));
        long size = Directory.GetFiles(info.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).StartsWith("model_", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);
        Assert.Equal(size, read.ModelSizeBytes);
    }

    [Fact]
    public void A_component_that_is_missing_leaves_nothing_behind()
    {
        string[] files = Directory.GetFiles(Path.GetDirectoryName(ExampleModels.PathOf("iris-ensemble"))!);
        Directory.CreateDirectory(_folder.Combine("source"));
        foreach (string file in files.Order(StringComparer.Ordinal).SkipLast(1))
            File.Copy(file, _folder.Combine("source", Path.GetFileName(file)));
        ResourceBundle bundle = ResourceBundle.FromFile(_folder.Combine("source", "ensemble.json"));
        Assert.Throws<ResourceException>(() => ModelDirectory.Save(bundle, _folder.Combine("model"), new SaveOptions()));
        Assert.Equal([_folder.Combine("source")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_model_that_was_there_stays_when_saving_another_one_fails()
    {
        ModelInfo info = Save("iris-tree");
        var head = new ResourceDocument("ensemble/1", Encoding.UTF8.GetBytes("""{"resource":"ensemble/1","models":["model/2"]}"""));
        ResourceBundle broken = ResourceBundle.FromDocuments([head], isList: false, "broken");
        Assert.Throws<ResourceException>(() => ModelDirectory.Save(broken, info.Path, new SaveOptions { Force = true }));
        Assert.Equivalent(info, ModelDirectory.Read(info.Path));
        Assert.Equal([info.Path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("resource: bigml/MODEL.json", "resource: ../MODEL.json", FlavorError.OutsideDirectory, "leads out")]
    [InlineData("resource: bigml/MODEL.json", "resource: /etc/passwd", FlavorError.OutsideDirectory, "leads out")]
    [InlineData("resource: bigml/MODEL.json", "resource: 'C:\\x'", FlavorError.OutsideDirectory, "leads out")]
    [InlineData("resource: bigml/MODEL.json", "resource: bigml\\..\\..\\x", FlavorError.OutsideDirectory, "leads out")]
    [InlineData("resource: bigml/MODEL.json", "resource: ''", FlavorError.OutsideDirectory, "leads out")]
    [InlineData("resource: bigml/MODEL.json", "resource: bigml/other.json", FlavorError.Malformed, "no such file")]
    [InlineData("resource: bigml/MODEL.json", "resource: bigml", FlavorError.Malformed, "no such file")]
    [InlineData("resource: bigml/MODEL.json", "resource: bigml/MODEL.json\n    components: all", FlavorError.Malformed, "components")]
    [InlineData("  bigml:", "  lightgbm:", FlavorError.NoFlavor, "lightgbm, python_function")]
    [InlineData("flavors:", "flavours:", FlavorError.NoFlavor, "none")]
    [InlineData("flavors:", "- flavors:", FlavorError.Malformed, "not YAML")]
    public void A_directory_that_is_wrong_is_refused(string text, string replacement, FlavorError expected, string message)
    {
        ModelInfo info = Save("iris-tree");
        string path = Path.Combine(info.Path, "MLmodel");
        string name = info.Resource!.Replace('/', '_');
        string before = File.ReadAllText(path);
        string after = before.Replace(text.Replace("MODEL", name), replacement.Replace("MODEL", name));
        Assert.NotEqual(before, after);
        File.WriteAllText(path, after);
        FlavorException error = Assert.Throws<FlavorException>(() => ModelDirectory.Load(info.Path));
        Assert.Equal(expected, error.Error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(info.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MLmodel")]
    [InlineData("bigml")]
    [InlineData("bigml/iris")]
    public void A_link_out_of_the_directory_is_not_followed(string entry)
    {
        ModelInfo info = Save("iris-tree");
        string path = Path.Combine(info.Path, entry.Replace("iris", info.Resource!.Replace('/', '_') + ".json"));
        string outside = _folder.Combine("outside");
        if (Directory.Exists(path))
        {
            Directory.Move(path, outside);
            Directory.CreateSymbolicLink(path, outside);
        }
        else
        {
            File.Move(path, outside);
            File.CreateSymbolicLink(path, outside);
        }
        Assert.Equal(FlavorError.OutsideDirectory, Assert.Throws<FlavorException>(() => ModelDirectory.ReadBundle(info.Path)).Error);
    }

    [Fact]
    public void A_link_within_the_directory_is_followed_and_so_is_one_to_the_directory()
    {
        ModelInfo info = Save("iris-tree");
        string path = Path.Combine(info.Path, "bigml", info.Resource!.Replace('/', '_') + ".json");
        File.Move(path, Path.Combine(info.Path, "moved"));
        File.CreateSymbolicLink(path, Path.Combine("..", "moved"));
        Directory.CreateSymbolicLink(_folder.Combine("link"), info.Path);
        Assert.Equal(info.Resource, ModelDirectory.ReadBundle(info.Path).Head.Id);
        Assert.Equal(info.Resource, ModelDirectory.ReadBundle(_folder.Combine("link")).Head.Id);
    }

    [Fact]
    public void What_is_no_model_directory_is_told_from_what_is_none_at_all()
    {
        FlavorException none = Assert.Throws<FlavorException>(() => ModelDirectory.Load(_folder.Combine("none")));
        FlavorException empty = Assert.Throws<FlavorException>(() => ModelDirectory.Load(_folder.Path));
        Assert.All([none, empty], error => Assert.Equal(FlavorError.NoModel, error.Error));
        Assert.Contains("There is no directory", none.Message, StringComparison.Ordinal);
        Assert.Contains("no MLmodel file", empty.Message, StringComparison.Ordinal);
        Assert.False(ModelDirectory.Exists(_folder.Path));

        ModelInfo info = Save("iris-tree");
        Directory.Move(info.Path, _folder.Combine(".model.12345678.old"));
        FlavorException interrupted = Assert.Throws<FlavorException>(() => ModelDirectory.Load(info.Path));
        Assert.Contains(".model.12345678.old", interrupted.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.17.2", 0)]
    [InlineData("3.17.9", 0)]
    [InlineData("2.0.1", 0)]
    [InlineData("3.18.0", 1)]
    [InlineData("10.0.0", 1)]
    public void A_version_newer_than_known_is_a_warning(string version, int expected)
    {
        ExampleModel example = ExampleModels.All.First(model => model.IsSupported);
        ModelInfo info = Save(example.Name);
        string path = Path.Combine(info.Path, "MLmodel");
        File.WriteAllText(path, File.ReadAllText(path).Replace("mlflow_version: 3.17.2", "mlflow_version: " + version));
        var warnings = new List<string>();
        ModelDirectory.Load(info.Path, warnings.Add);
        Assert.Equal(expected, warnings.Count);
    }

    [Fact]
    public void Sites_cannot_tell_a_model_of_a_thousand_trees_by_the_size_of_its_MLmodel()
    {
        string[] ids = [.. Enumerable.Range(0, 1000).Select(number => $"model/{number:x24}")];
        var head = new ResourceDocument("ensemble/1", Encoding.UTF8.GetBytes($$"""{"resource":"ensemble/1","models":["{{string.Join("\",\"", ids)}}"]}"""));
        IEnumerable<ResourceDocument> trees = ids.Select(id => new ResourceDocument(id, Encoding.UTF8.GetBytes($$"""{"resource":"{{id}}","model":{"root":{} } }""")));
        ModelInfo info = ModelDirectory.Save(ResourceBundle.FromDocuments([head, .. trees], isList: true, "many"), _folder.Combine("model"), new SaveOptions());
        Assert.InRange(new FileInfo(Path.Combine(info.Path, "MLmodel")).Length, 1, 2000);
    }

    private static string Answer(BigMLModel model, IReadOnlyDictionary<string, object?> row)
    {
        try
        {
            return model.Predict(row).ToJson();
        }
        catch (RowException error)
        {
            return error.Message;
        }
    }

    private ModelInfo Save(string example)
        => ModelDirectory.Save(ResourceBundle.FromFile(ExampleModels.PathOf(example)), _folder.Combine("model"), new SaveOptions());
}
