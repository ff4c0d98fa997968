using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>-CsvPath reads a file as it is, -OutputPath writes one whole or not at all.</summary>
public sealed class FileTests : IClassFixture<ModuleHost>, IDisposable
{
    private static readonly string Iris = Path.Combine(Project.Examples, "data", "iris.csv");

    private readonly ModuleHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    public FileTests(ModuleHost host)
    {
        _host = host;
        host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder.FullName).Succeeded();
        host.Import(ExampleModels.Tree);
    }

    [Theory]
    [InlineData("iris.csv")]
    [InlineData("iris-missing.csv")]
    public void AFileIsAnsweredAsItsRowsAre(string file)
    {
        string path = Path.Combine(Project.Examples, "data", file);
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        object[] rows = [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).Aggregate(new PSObject(), (row, cell) => { row.Properties.Add(new PSNoteProperty(cell.First, cell.Second)); return row; }))];
        var expected = _host.Run("$args[0] | Invoke-BigMLPrediction $model", (object)rows).Succeeded().ToJson();
        Assert.Equal(lines.Length - 1, expected.Count);
        Assert.Equal(expected, _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0]", path).Succeeded().ToJson());
    }

    [Theory]
    [InlineData("petal length;petal width\n1.4;0.2\n", "utf-8", "-Delimiter ';'")]
    [InlineData("petal length\tpetal width\n1.4\t0.2\n", "utf-8", "-Delimiter \"`t\"")]
    [InlineData("petal length,petal width\r\n\"1.4\",\"0.2\"\r\n", "utf-16", "")]
    [InlineData("petal length,petal width\n1.4,0.2\n", "utf-16", "-Encoding unicode")]
    [InlineData("petal length,\u00e4\n1.4,\u00df\n", "iso-8859-1", "-Encoding latin1")]
    [InlineData("petal length,\u00e4\n1.4,\u00df\n", "iso-8859-1", "-Encoding windows-1252")]
    public void FilesOfEveryMakeAreRead(string text, string encoding, string options)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows [1].csv"), text, Encoding.GetEncoding(encoding));
        var row = Assert.Single(_host.Run($"Invoke-BigMLPrediction $model -CsvPath './rows [1].csv' -IncludeInput {options}").Succeeded().Output);
        Assert.Equal("setosa", row.Get("Prediction"));
        Assert.Equal("1.4", row.Get("petal length"));
        if (row.Properties["\u00e4"] is { } other)
            Assert.Equal("\u00df", other.Value);
    }

    [Fact]
    public void OutputPathWritesTheRowsAndTheAnswers()
    {
        RunResult result = _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.csv -IncludeInput -Prefix 'my ' -Verbose", Iris).Succeeded();
        Assert.Empty(result.Output);
        string[] lines = File.ReadAllLines(Path.Combine(_folder.FullName, "out.csv"));
        Assert.StartsWith("sepal length,sepal width,petal length,petal width,species,my ", lines[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(151, lines.Length);
        Assert.StartsWith("5.1,3.5,1.4,0.2,setosa,setosa,0.98692", lines[1], StringComparison.Ordinal);
        Assert.Contains(result.Verbose, message => message.Contains("150", StringComparison.Ordinal) && message.Contains("out.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void JsonLinesHoldTheFullAnswers()
    {
        _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.jsonl", Iris).Succeeded();
        Assert.Equal(
            _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0]", Iris).Succeeded().ToJson(),
            File.ReadAllLines(Path.Combine(_folder.FullName, "out.jsonl")));
    }

    [Fact]
    public void AFileThatIsThereIsKeptUnlessForced()
    {
        string output = Path.Combine(_folder.FullName, "out.csv");
        File.WriteAllText(output, "mine");
        RunResult result = _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.csv", Iris);
        Assert.StartsWith("BigMLTargetExists,", result.Error.FullyQualifiedErrorId);
        Assert.Equal("mine", File.ReadAllText(output));
        _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.csv -Force", Iris).Succeeded();
        Assert.NotEqual("mine", File.ReadAllText(output));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        RunResult result = _host.Run("Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.csv -WhatIf", Iris).Succeeded();
        Assert.Contains("out.csv", result.Shown);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-OutputPath ./out.csv")]
    public void ABadRowSaysRowLineFieldAndValue(string output)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), "note,petal length\n\"two\nlines\",1.4\nx,long\ny,1.4\n");
        RunResult result = _host.Run($"Invoke-BigMLPrediction $model -CsvPath ./rows.csv {output}");
        Assert.Equal(output.Length > 0 ? 0 : 2, result.Output.Count);
        Assert.StartsWith("BigMLRowRefused,", result.Error.FullyQualifiedErrorId);
        Assert.StartsWith("Row 2 (line 4 of '", result.Error.ErrorDetails.Message);
        Assert.Contains("rows.csv", result.Error.ErrorDetails.Message);
        Assert.Contains("\"petal length\" for value long", result.Error.ErrorDetails.Message);
        if (output.Length > 0)
            Assert.Equal(3, File.ReadAllLines(Path.Combine(_folder.FullName, "out.csv")).Length - 1);
    }

    [Fact]
    public void ErrorActionStopLeavesNoFile()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), "petal length\n1.4\nlong\n1.4\n");
        RunResult result = _host.Run("Invoke-BigMLPrediction $model -CsvPath ./rows.csv -OutputPath ./out.csv -ErrorAction Stop");
        Assert.StartsWith("BigMLRowRefused,", result.Terminating!.FullyQualifiedErrorId);
        Assert.Equal(["rows.csv"], _folder.GetFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData("petal length,petal width\n1.4,0.2\n1.4,0.2,3\n", "")]
    [InlineData("petal length,petal length\n1.4,0.2\n", "petal length")]
    [InlineData("petal length,petal width\n\"1.4,0.2\n", "")]
    public void AMalformedFileIsOneErrorAndLeavesNoOutput(string text, string says)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), text);
        RunResult result = _host.Run("Invoke-BigMLPrediction $model -CsvPath ./rows.csv -OutputPath ./out.csv");
        Assert.StartsWith("BigMLFileFailed,", result.Error.FullyQualifiedErrorId);
        Assert.Contains("rows.csv", result.Error.ErrorDetails.Message);
        Assert.Contains(says, result.Error.ErrorDetails.Message);
        Assert.Equal(["rows.csv"], _folder.GetFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData("-CsvPath ./none.csv", "BigMLPathNotFound")]
    [InlineData("-CsvPath $iris -Encoding klingon", "BigMLFileFailed")]
    [InlineData("-CsvPath $iris -OutputPath ./none/out.csv", "BigMLFileFailed")]
    [InlineData("-CsvPath Env:/PATH", "BigMLPathNotFileSystem")]
    public void WhatCannotBeReadOrWrittenIsAnError(string parameters, string id)
    {
        RunResult result = _host.Run($"$iris = $args[0]; Invoke-BigMLPrediction $model {parameters}", Iris);
        Assert.Empty(result.Output);
        Assert.StartsWith(id + ",", result.Error.FullyQualifiedErrorId);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void AnotherDelimiterIsWarnedOf()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "rows.csv"), "petal length;petal width\n1.4;0.2\n");
        string warning = Assert.Single(_host.Run("Invoke-BigMLPrediction $model -CsvPath ./rows.csv").Succeeded().Warnings);
        Assert.Contains("';'", warning);
        Assert.Contains("petal length, petal width", warning);
    }

    [Fact]
    public void AFilesAnswersStreamToo()
    {
        File.WriteAllLines(Path.Combine(_folder.FullName, "rows.csv"), Enumerable.Repeat("1.4", 100_000).Prepend("petal length"));
        Assert.Equal("1", _host.Run("$count = 0; foreach ($once in 1) { Invoke-BigMLPrediction $model -CsvPath ./rows.csv | ForEach-Object { $count++; break } }; \"$count\"").Succeeded().Output.Single().ToString());
    }

    [Fact]
    public async System.Threading.Tasks.Task CtrlCEndsAFileAndLeavesNoOutput()
    {
        string rows = Path.Combine(_folder.FullName, "rows.csv");
        File.WriteAllLines(rows, Enumerable.Repeat("1.4", 3_000_000).Prepend("petal length"));
        bool stopped = await _host.Stop("Invoke-BigMLPrediction $model -CsvPath ./rows.csv -OutputPath ./out.csv", System.Threading.Tasks.Task.Delay(100, TestContext.Current.CancellationToken));
        Assert.True(stopped);
        Assert.Equal(["rows.csv"], _folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public void NumbersAreWrittenTheSameInEveryCulture()
    {
        _host.Run("[System.Threading.Thread]::CurrentThread.CurrentCulture = 'de-DE'; Invoke-BigMLPrediction $model -CsvPath $args[0] -OutputPath ./out.csv", Iris).Succeeded();
        Assert.StartsWith("setosa,0.98692", File.ReadLines(Path.Combine(_folder.FullName, "out.csv")).ElementAt(1), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", Project.Root);
        _folder.Delete(recursive: true);
    }
}
