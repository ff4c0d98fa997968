using System;
using System.IO;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Resources;

/// <summary>The parts of an ensemble are found beside it, and one that is not there is named.</summary>
public sealed class ComponentFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bigmlflow-tests-").FullName;
    private readonly string[] _parts;

    public ComponentFileTests()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryFiles.Examples, "models", "iris-ensemble")))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        _parts = Directory.GetFiles(_folder, "model_*").Order(StringComparer.Ordinal).ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PartsHaveAnExtensionOrNone()
    {
        File.Move(_parts[0], _parts[0] + ".json");
        ResourceBundle bundle = ResourceBundle.FromFolder(_folder);
        Assert.Equal("ensemble", bundle.Head.Type);
        foreach (string part in _parts)
            Assert.Equal(Id(part), bundle.Component(Id(part)).Id);
        Assert.Equal(_parts.Length + 1, bundle.Documents.Count);
    }

    [Fact]
    public void AMissingPartIsNamedWithWhereItWasLookedFor()
    {
        File.Delete(_parts[2]);
        var error = Assert.Throws<ResourceException>(() => BigMLModel.Load(_folder));
        Assert.Contains($"The component {Id(_parts[2])} of ensemble/", error.Message, StringComparison.Ordinal);
        Assert.Contains($"looked for '{Path.GetFileName(_parts[2])}' and '{Path.GetFileName(_parts[2])}.json' in '{_folder}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APartThatIsAnotherModelIsRefused()
    {
        File.Copy(_parts[0], _parts[1], overwrite: true);
        var error = Assert.Throws<ResourceException>(() => BigMLModel.Load(_folder));
        Assert.Contains($"should hold the component {Id(_parts[1])}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedPartIsNamed()
    {
        File.WriteAllText(_parts[1], File.ReadAllText(_parts[1])[..500]);
        var error = Assert.Throws<ResourceException>(() => BigMLModel.Load(_folder));
        Assert.Contains(_parts[1], error.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIdDoesNotLeadOutOfTheFolder()
    {
        File.WriteAllText(Path.Combine(_folder, "outside"), File.ReadAllText(_parts[0]));
        ResourceBundle bundle = ResourceBundle.FromFolder(_folder);
        foreach (string id in new[] { "model/../outside", "../outside", "outside", "/etc/passwd", "model/..%2Foutside", "model\\outside" })
            Assert.Contains("no resource id", Assert.Throws<ResourceException>(() => bundle.Component(id)).Message, StringComparison.Ordinal);
    }

    private static string Id(string path) => Path.GetFileNameWithoutExtension(path).Replace('_', '/');
}
