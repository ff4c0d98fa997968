using System;
using System.IO;
using System.Threading.Tasks;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests;

/// <summary>The engine host as a program: arguments in, views and errors out, an exit code that can be relied on.</summary>
public sealed class EngineHostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ArgumentsBindAsThoseOfPwshFile()
    {
        var result = await RunScript(
            "param([int] $Number, [switch] $On, [bool] $Flag, [Parameter(ValueFromRemainingArguments)] $Rest) \"$Number $On $Flag $Rest\"",
            "-Number", "5", "-On", "-Flag:$true", "two words", "-7");
        Assert.Equal(new ProcessResult(0, "5 True True two words -7\n", ""), result);
    }

    [Fact]
    public async Task ObjectsAreShownByTheirViewsWithoutColours()
    {
        var result = await RunScript("[pscustomobject]@{ Name = 'one'; Count = 1 }");
        Assert.Equal(new ProcessResult(0, "\nName Count\n---- -----\none      1\n\n", ""), result);
    }

    [Fact]
    public async Task TheModuleIsImported()
    {
        var result = await EngineProcess.RunHost(TestContext.Current.CancellationToken, "-Command", "(Get-Module BigMlFlow).ModuleBase");
        Assert.Equal(new ProcessResult(0, Project.Module + "\n", ""), result);
    }

    [Fact]
    public async Task AnErrorThatEndsTheScriptIsCode1()
    {
        var result = await RunScript("'before'\nthrow 'out of luck'\n'after'");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("before\n", result.Output);
        Assert.Contains("out of luck", result.Error, StringComparison.Ordinal);
        Assert.Contains("script.ps1:2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorThatDoesNotEndTheScriptIsShown()
    {
        var result = await RunScript("Get-Command no-such-command\n'after'");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("after\n", result.Output);
        Assert.Contains("no-such-command", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("if (", 1)]
    public async Task ScriptsEndWithTheirCode(string script, int code) => Assert.Equal(code, (await RunScript(script)).ExitCode);

    [Theory]
    [InlineData("Get-Command Get-Module", 0)]
    [InlineData("Get-Command no-such-command", 1)]
    [InlineData("Get-Command no-such-command; 'fine'", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("exit 4", 4)]
    public async Task TextsEndWithTheirCode(string text, int code) =>
        Assert.Equal(code, (await EngineProcess.RunHost(TestContext.Current.CancellationToken, "-Command", text)).ExitCode);

    [Theory]
    [InlineData("Runs a script")]
    [InlineData("No script 'no-such.ps1'", "no-such.ps1")]
    [InlineData("-Command takes one text", "-Command")]
    [InlineData("-Command takes one text", "-Command", "1", "2")]
    public async Task WrongUseIsCode2(string message, params string[] arguments)
    {
        var result = await EngineProcess.RunHost(TestContext.Current.CancellationToken, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressIsOneLineThatGoes()
    {
        using var output = new StringWriter();
        using var progress = new StringWriter();
        var ui = new EngineHost.TextHost(output, output, 20, progress).UI;
        ui.WriteProgress(0, new System.Management.Automation.ProgressRecord(1, "Scoring", "many, many rows") { PercentComplete = 40 });
        Assert.Equal("Scoring: many, many", progress.ToString());
        ui.WriteLine("a row");
        Assert.Equal("Scoring: many, many\r\u001b[K", progress.ToString());
        Assert.Equal("a row" + Environment.NewLine, output.ToString());
    }

    private Task<ProcessResult> RunScript(string script, params string[] arguments)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, script);
        return EngineProcess.RunHost(TestContext.Current.CancellationToken, [path, .. arguments]);
    }
}
