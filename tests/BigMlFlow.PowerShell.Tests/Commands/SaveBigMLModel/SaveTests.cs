using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.SaveBigMLModel;

/// <summary>A model is saved whole or not at all, where and when the user says so, and is imported again.</summary>
public sealed class SaveTests : IClassFixture<ModuleHost>, IDisposable
{
    private readonly ModuleHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    public SaveTests(ModuleHost host)
    {
        _host = host;
        host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder.FullName).Succeeded();
        host.Import(ExampleModels.Tree);
    }

    [Theory]
    [InlineData("iris-tree.json")]
    [InlineData("iris-ensemble")]
    [InlineData("iris-logistic.json")]
    public void AnImportedCopyAnswersAsTheModelDoes(string model)
    {
        _host.Import(Path.Combine(Project.Examples, "models", model));
        const string Rows = "@{ 'petal length' = 1.4 }, @{ 'petal length' = 4.8; 'petal width' = 1.7 }, @{ 'sepal width' = 3 }";
        var saved = Assert.Single(_host.Run("$saved = $model | Save-BigMLModel -Path ./saved; $saved").Succeeded().Output);
        Assert.Equal(Path.Combine(_folder.FullName, "saved"), saved.Get("Path"));
        Assert.Equal(_host.Run("$model.Resource").Output.Single().ToString(), saved.Get("Resource"));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "saved", "MLmodel")));
        var expected = _host.Run(Rows + " | Invoke-BigMLPrediction $model").Succeeded().ToJson();
        Assert.Equal(expected, _host.Run(Rows + " | Invoke-BigMLPrediction ($saved | Import-BigMLModel)").Succeeded().ToJson());
        Assert.Equal(expected, _host.Run(Rows + " | Invoke-BigMLPrediction $saved").Succeeded().ToJson());
        Assert.Equal(expected, _host.Run(Rows + " | Invoke-BigMLPrediction ./saved").Succeeded().ToJson());
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        RunResult result = _host.Run("$model | Save-BigMLModel ./saved -WhatIf").Succeeded();
        Assert.Empty(result.Output);
        Assert.Contains("What if:", result.Shown);
        Assert.Contains("iris-tree", result.Shown);
        Assert.Contains(Path.Combine(_folder.FullName, "saved"), result.Shown);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void AFolderInUseIsKeptUnlessForced()
    {
        string folder = _folder.CreateSubdirectory("saved").FullName;
        File.WriteAllText(Path.Combine(folder, "keep.txt"), "mine");
        RunResult refused = _host.Run("$model | Save-BigMLModel ./saved");
        Assert.Empty(refused.Output);
        Assert.Equal("BigMLTargetExists,BigMlFlow.PowerShell.Commands.SaveBigMLModelCommand", refused.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, refused.Error.CategoryInfo.Category);
        Assert.Contains("-Force", refused.Error.ErrorDetails.RecommendedAction);
        Assert.Contains(folder, refused.Error.ErrorDetails.Message);
        Assert.Equal(["keep.txt"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));

        _host.Run("$model | Save-BigMLModel ./saved -Force").Succeeded();
        Assert.False(File.Exists(Path.Combine(folder, "keep.txt")));
        Assert.True(File.Exists(Path.Combine(folder, "MLmodel")));
        Assert.Equal(["saved"], _folder.EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public void AnEmptyFolderIsTaken()
    {
        _folder.CreateSubdirectory("saved");
        _host.Run("$model | Save-BigMLModel ./saved").Succeeded();
    }

    [Fact]
    public void AScriptBlockGivesEachModelItsPath()
    {
        RunResult result = _host.Run("Import-BigMLModel $args[0], $args[1] | Save-BigMLModel -Path { \"./all/$($_.Name)\" }", ExampleModels.Tree, ExampleModels.Logistic).Succeeded();
        Assert.Equal(["iris-logistic", "iris-tree"], Directory.GetDirectories(Path.Combine(_folder.FullName, "all")).Select(Path.GetFileName).Order());
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void OneThatFailsDoesNotKeepTheOthers()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "all", "iris-tree", "busy"));
        RunResult result = _host.Run("Import-BigMLModel $args[0], $args[1] | Save-BigMLModel -Path { \"./all/$($_.Name)\" }", ExampleModels.Tree, ExampleModels.Logistic);
        Assert.EndsWith("iris-logistic", (string)Assert.Single(result.Output).Get("Path")!, StringComparison.Ordinal);
        Assert.StartsWith("BigMLTargetExists,", result.Error.FullyQualifiedErrorId);
        Assert.Null(result.Terminating);
    }

    [Theory]
    [InlineData("sub folder [1]")]
    [InlineData("Schl\u00fcssel \u30c6\u30b9\u30c8")]
    public void PathsAreTakenAsTheyAre(string name)
    {
        _host.Run("$model | Save-BigMLModel -Path $args[0]", "./" + name).Succeeded();
        Assert.True(File.Exists(Path.Combine(_folder.FullName, name, "MLmodel")));
        Assert.Single(_host.Run("Import-BigMLModel -LiteralPath $args[0]", "./" + name).Succeeded().Output);
    }

    [Fact]
    public void OnlyTheFileSystemIsWrittenTo()
    {
        RunResult result = _host.Run("$model | Save-BigMLModel -Path Env:/x");
        Assert.StartsWith("BigMLPathNotFileSystem,", result.Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void AFileInTheWayIsAnErrorThatLeavesIt()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "saved"), "a file");
        RunResult result = _host.Run("$model | Save-BigMLModel ./saved");
        Assert.Empty(result.Output);
        Assert.Contains(Path.Combine(_folder.FullName, "saved"), result.Error.ErrorDetails.Message);
        Assert.Equal("a file", File.ReadAllText(Path.Combine(_folder.FullName, "saved")));
    }

    [Fact]
    public void VerboseSaysWhatWasSavedWhere() =>
        Assert.Contains(
            _host.Run("$null = $model | Save-BigMLModel ./saved -Verbose").Succeeded().Verbose,
            message => message.StartsWith("Saved model/", StringComparison.Ordinal) && message.EndsWith($"in '{Path.Combine(_folder.FullName, "saved")}'.", StringComparison.Ordinal));

    [Fact]
    public void TheViewSaysWhereItIsAndWhatCanOpenIt()
    {
        string[] lines = _host.Show("$model | Save-BigMLModel ./saved").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Resource", "Flavors"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
        Assert.Equal("Path", lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Matches(@"^model/\w+ .*bigml.*python_func", lines[2]);
    }

    public void Dispose()
    {
        _host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", Project.Root);
        _folder.Delete(recursive: true);
    }
}
