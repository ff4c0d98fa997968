using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Models;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Tool;

/// <summary>The tool as a user runs it: a process, files, pipes and exit codes.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private static readonly string Models = Path.Combine(RepositoryFiles.Examples, "models");
    private static readonly string Iris = Path.Combine(RepositoryFiles.Examples, "data", "iris.csv");
    private static readonly string Tree = Path.Combine(Models, "iris-tree.json");

    private readonly string _folder = Directory.CreateTempSubdirectory("bigmlflow-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AFileBecomesAFile()
    {
        string output = Path.Combine(_folder, "predictions.csv");
        ToolProcess tool = await ToolProcess.Run("predict", "--model", Tree, "--input", Iris, "--output", output);
        Assert.Equal((0, "", ""), (tool.ExitCode, tool.Output, tool.Errors));
        string[] lines = File.ReadAllLines(output);
        Assert.Equal("prediction,probability,confidence", lines[0]);
        Assert.Equal(File.ReadAllLines(Iris).Length, lines.Length);
        Assert.StartsWith("setosa,0.98", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task APipeBecomesAPipe()
    {
        ToolProcess tool = await ToolProcess.Run(File.ReadAllBytes(Iris), ["predict", "--model", Tree]);
        Assert.Equal(0, tool.ExitCode);
        Assert.Equal(File.ReadAllLines(Iris).Length, tool.Lines.Length);
        Assert.Equal("prediction,probability,confidence", tool.Lines[0]);
    }

    [Fact]
    public async Task JsonLinesAreTheFullAnswers()
    {
        string output = Path.Combine(_folder, "x.jsonl");
        ToolProcess tool = await ToolProcess.Run(
            Encoding.UTF8.GetBytes("{\"petal length\": 1.4, \"extra\": \"ü\"}\n{\"petal length\": \"abc\"}\n{\"000002\": 6}\n"),
            ["predict", "--model", Tree, "--format", "jsonl", "--output", output]);
        Assert.Equal(1, tool.ExitCode);
        Assert.StartsWith("row 2 (line 2): Mismatch input data type in field \"petal length\" for value abc.", tool.Errors, StringComparison.Ordinal);
        JsonElement[] answers = File.ReadAllLines(output).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.Equal(3, answers.Length);
        Assert.Equal("setosa", answers[0].GetProperty("prediction").GetString());
        Assert.Equal("petal length <= 2.45", answers[0].GetProperty("path")[0].GetString());
        Assert.Equal("extra", answers[0].GetProperty("unused_fields")[0].GetString());
        Assert.Equal("abc", answers[1].GetProperty("error").GetProperty("value").GetString());
        Assert.Equal("petal width", answers[2].GetProperty("next").GetString());
    }

    [Fact]
    public async Task ASavedModelAnswersAsItsResourceDoes()
    {
        string saved = Path.Combine(_folder, "saved");
        ModelDirectory.Save(BigMLModel.Load(Path.Combine(Models, "iris-ensemble")), saved);
        ToolProcess resource = await ToolProcess.Run("predict", "--model", Path.Combine(Models, "iris-ensemble"), "--input", Iris);
        ToolProcess directory = await ToolProcess.Run("predict", "--model", saved, "--input", Iris);
        Assert.Equal((0, ""), (directory.ExitCode, directory.Errors));
        Assert.Equal(resource.Output, directory.Output);
        Assert.Equal(File.ReadAllLines(Iris).Length, directory.Lines.Length);

        File.Delete(Path.Combine(saved, "MLmodel"));
        File.WriteAllText(Path.Combine(saved, "MLmodel"), "flavors: {}");
        Assert.Equal(2, (await ToolProcess.Run("predict", "--model", saved, "--input", Iris)).ExitCode);
    }

    [Fact]
    public async Task OptionsAreTheBindingsKeywords()
    {
        string rows = "{}\n";
        ToolProcess last = await ToolProcess.Run(Encoding.UTF8.GetBytes(rows), ["predict", "--model", Tree, "--format", "jsonl"]);
        ToolProcess proportional = await ToolProcess.Run(Encoding.UTF8.GetBytes(rows), ["predict", "--model", Tree, "--format", "jsonl", "--options", """{"missing_strategy": 1}"""]);
        ToolProcess bare = await ToolProcess.Run(Encoding.UTF8.GetBytes(rows), ["predict", "--model", Tree, "--format", "jsonl", "--options", """{"full": false}"""]);
        Assert.Contains("\"distribution_unit\":\"categories\"", last.Output, StringComparison.Ordinal);
        Assert.Contains("\"distribution_unit\":\"categorical\"", proportional.Output, StringComparison.Ordinal);
        Assert.Equal("\"setosa\"", bare.Output.Trim());
    }

    [Fact]
    public async Task TextOfAnotherDressIsRead()
    {
        byte[] rows = Encoding.Latin1.GetBytes("größe;petal length;petal width\n1;1.4;0.2\n");
        ToolProcess tool = await ToolProcess.Run(rows, ["predict", "--model", Tree, "--delimiter", ";", "--encoding", "windows-1252", "--include-input", "--prefix", "p."]);
        Assert.Equal(["größe;petal length;petal width;p.prediction;p.probability;p.confidence", "1;1.4;0.2;setosa;0.9869281045751634;0.92865"], tool.Lines);
    }

    [Fact]
    public async Task ATableWithoutMatchingColumnsIsWarnedOf()
    {
        ToolProcess tool = await ToolProcess.Run("a;b\n1;2\n"u8.ToArray(), ["predict", "--model", Tree]);
        Assert.Equal(0, tool.ExitCode);
        Assert.StartsWith("warning: None of the columns (a;b) is a field of model/", tool.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-file.json", "There is no file")]
    [InlineData("data/iris.csv", "is not JSON")]
    [InlineData("data", "holds no BigML resource")]
    public async Task AModelThatIsNoneIsAnError(string path, string message)
    {
        ToolProcess tool = await ToolProcess.Run("predict", "--model", Path.Combine(RepositoryFiles.Examples, path), "--input", Iris);
        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.StartsWith("error: ", tool.Errors, StringComparison.Ordinal);
        Assert.Contains(message, tool.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1\n", "line 2: the row has 1 field, the header 2")]
    [InlineData("a,a\n1,2\n", "names 'a' twice")]
    public async Task AMalformedTableLeavesNoFile(string rows, string message)
    {
        string output = Path.Combine(_folder, "predictions.csv");
        ToolProcess tool = await ToolProcess.Run(Encoding.UTF8.GetBytes(rows), ["predict", "--model", Tree, "--output", output]);
        Assert.Equal(2, tool.ExitCode);
        Assert.Contains(message, tool.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("predict", "--model", "x", "--nonsense")]
    [InlineData("guess")]
    public async Task WrongArgumentsAreToldWithTheUsage(params string[] arguments)
    {
        ToolProcess tool = await ToolProcess.Run(arguments);
        Assert.Equal(2, tool.ExitCode);
        Assert.NotEqual("", tool.Errors);
    }

    [Theory]
    [InlineData("--options", "{\"missing_strategy\": 7}", "missing_strategy")]
    [InlineData("--options", "{\"method\": 1}", "Method")]
    [InlineData("--format", "xml", "no format 'xml'")]
    [InlineData("--delimiter", "ab", "no delimiter")]
    [InlineData("--encoding", "klingon", "no encoding")]
    public async Task WrongValuesAreTold(string option, string value, string message)
    {
        ToolProcess tool = await ToolProcess.Run(File.ReadAllBytes(Iris), ["predict", "--model", Tree, option, value]);
        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Contains(message, tool.Errors, StringComparison.Ordinal);
    }
}
