using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.ImportBigMLModel;

/// <summary>Paths of every kind, by parameter and by pipeline, begin at PowerShell's location.</summary>
public sealed class PathTests : IClassFixture<ModuleHost>, IDisposable
{
    private readonly ModuleHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    public PathTests(ModuleHost host)
    {
        _host = host;
        host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder.FullName).Succeeded();
        Copy("plain.json");
        Copy("with space.json");
        Copy("brackets [1].json");
        Copy("Schl\u00fcssel \u30c6\u30b9\u30c8.json");
        Copy(Path.Combine("sub", "inner.json"));
    }

    [Theory]
    [InlineData("Import-BigMLModel plain.json", "plain.json")]
    [InlineData("Import-BigMLModel ./plain.json", "plain.json")]
    [InlineData("Import-BigMLModel -Path 'with space.json'", "with space.json")]
    [InlineData("Import-BigMLModel 'Schl\u00fcssel \u30c6\u30b9\u30c8.json'", "Schl\u00fcssel \u30c6\u30b9\u30c8.json")]
    [InlineData("Import-BigMLModel -LiteralPath 'brackets [1].json'", "brackets [1].json")]
    [InlineData("Import-BigMLModel -LP 'brackets [1].json'", "brackets [1].json")]
    [InlineData("Import-BigMLModel 'brackets `[1`].json'", "brackets [1].json")]
    [InlineData("Import-BigMLModel p*.json", "plain.json")]
    [InlineData("Import-BigMLModel *s*.json", "brackets [1].json", "Schl\u00fcssel \u30c6\u30b9\u30c8.json", "with space.json")]
    [InlineData("Import-BigMLModel plain.json, sub/inner.json", "plain.json", "sub/inner.json")]
    [InlineData("Import-BigMLModel */inner.json", "sub/inner.json")]
    [InlineData("'plain.json', 'w*.json' | Import-BigMLModel", "plain.json", "with space.json")]
    [InlineData("[pscustomobject]@{ PSPath = 'brackets [1].json' } | Import-BigMLModel", "brackets [1].json")]
    [InlineData("[pscustomobject]@{ LiteralPath = 'plain.json' }, [pscustomobject]@{ LiteralPath = 'brackets [1].json' } | Import-BigMLModel", "plain.json", "brackets [1].json")]
    [InlineData("[System.IO.FileInfo]\"$pwd/plain.json\" | Import-BigMLModel", "plain.json")]
    [InlineData("Import-BigMLModel \"Microsoft.PowerShell.Core\\FileSystem::$pwd/plain.json\"", "plain.json")]
    public void PathsAreFound(string script, params string[] files)
    {
        RunResult result = _host.Run(script).Succeeded();
        Assert.Equal(
            files.Select(file => Path.Combine(_folder.FullName, file.Replace('/', Path.DirectorySeparatorChar))).Order(StringComparer.Ordinal),
            result.Output.Get("Source").Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheLocationCountsNotTheProcess()
    {
        RunResult result = _host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation('sub'); Import-BigMLModel inner.json").Succeeded();
        Assert.Equal(Path.Combine(_folder.FullName, "sub", "inner.json"), Assert.Single(result.Output).Get("Source"));
        Assert.NotEqual(_folder.FullName, Environment.CurrentDirectory);
    }

    [Theory]
    [InlineData("Import-BigMLModel none.json, plain.json")]
    [InlineData("Import-BigMLModel -LiteralPath none.json, plain.json")]
    [InlineData("Import-BigMLModel -LiteralPath 'pl*.json', plain.json")]
    [InlineData("Import-BigMLModel 'Nowhere:/none.json', plain.json")]
    [InlineData("'none.json', 'plain.json' | Import-BigMLModel")]
    public void APathThatIsNotThereIsAnErrorAndTheRestGoesOn(string script)
    {
        RunResult result = _host.Run(script);
        Assert.Single(result.Output);
        Assert.Equal("BigMLPathNotFound,BigMlFlow.PowerShell.Commands.ImportBigMLModelCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Error.CategoryInfo.Category);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
        Assert.Null(result.Terminating);
    }

    [Fact]
    public void WildcardsThatFindNothingAreSilentAsEverywhere() => Assert.Empty(_host.Run("Import-BigMLModel none*.json").Succeeded().Output);

    [Fact]
    public void OnlyTheFileSystemHasModels()
    {
        RunResult result = _host.Run("Import-BigMLModel Env:/PATH, plain.json");
        Assert.Single(result.Output);
        Assert.StartsWith("BigMLPathNotFileSystem,", result.Error.FullyQualifiedErrorId);
        Assert.Contains("Environment", result.Error.ErrorDetails.Message);
    }

    [Theory]
    [InlineData("not json", "")]
    [InlineData("{\"resource\": \"dataset/000000000000000000000001\", \"code\": 200, \"object\": {}}", "dataset")]
    [InlineData("", "")]
    [InlineData("{\"resource\": \"model/00000000000000000000", "")]
    public void AFileThatIsNoModelIsAnErrorThatNamesItAndTheRestGoesOn(string content, string says)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "bad.json"), content);
        RunResult result = _host.Run("Import-BigMLModel bad.json, plain.json; 'next'");
        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("BigMLModelUnreadable,", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, result.Error.CategoryInfo.Category);
        Assert.Contains("bad.json", result.Error.ErrorDetails.Message);
        Assert.Contains(says, result.Error.ErrorDetails.Message);
        Assert.Null(result.Terminating);
    }

    [Fact]
    public void AnEnsembleWithoutATreeSaysWhichAndWhere()
    {
        string folder = Path.Combine(_folder.FullName, "ensemble");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(ExampleModels.Ensemble))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        string tree = Directory.GetFiles(folder, "model_*")[0];
        File.Delete(tree);
        RunResult result = _host.Run("Import-BigMLModel ensemble");
        Assert.StartsWith("BigMLModelUnreadable,", result.Error.FullyQualifiedErrorId);
        Assert.Contains(Path.GetFileName(tree)["model_".Length..], result.Error.ErrorDetails.Message);
        Assert.Contains(folder, result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void ErrorActionStopEndsTheCommand()
    {
        RunResult result = _host.Run("Import-BigMLModel none.json, plain.json -ErrorAction Stop");
        Assert.Empty(result.Output);
        Assert.StartsWith("BigMLPathNotFound,", result.Terminating!.FullyQualifiedErrorId);
    }

    public void Dispose()
    {
        _host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", Project.Root);
        _folder.Delete(recursive: true);
    }

    private void Copy(string name)
    {
        string target = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(ExampleModels.Tree, target);
    }
}
