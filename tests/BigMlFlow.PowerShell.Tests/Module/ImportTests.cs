using System;
using System.Linq;
using System.Threading.Tasks;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Module;

/// <summary>The module comes, goes and comes again in every way that a user imports it.</summary>
public sealed class ImportTests
{
    private const string Commands = "Get-Command -Module BigMlFlow | ForEach-Object Name";

    /// <summary>What the manifest promises, read as data.</summary>
    private static readonly string[] Promised = Names(new ModuleHost(null), "(Test-ModuleManifest $args[0]).ExportedCmdlets.Keys", Project.Module + "/BigMlFlow.psd1");

    [Fact]
    public void ExportsWhatTheManifestPromises()
    {
        using var host = new ModuleHost();
        Assert.NotEmpty(Promised);
        Assert.Equal(Promised, Names(host, Commands));
        Assert.Equal(Promised, Names(host, "(Get-Module BigMlFlow).ExportedCmdlets.Keys"));
    }

    [Theory]
    [InlineData("Import-Module $args[0]")]
    [InlineData("Import-Module $args[0] -Force")]
    [InlineData("Import-Module \"$($args[0])/BigMlFlow.psd1\" -Force")]
    [InlineData("Import-Module $args[0] -Force; Import-Module $args[0] -Force")]
    [InlineData("Remove-Module BigMlFlow; Import-Module $args[0]")]
    [InlineData("Remove-Module BigMlFlow; Import-Module $args[0] -Force")]
    [InlineData("Get-Module BigMlFlow | Remove-Module; Import-Module $args[0] -Global")]
    public void ImportingAgainExportsTheSame(string again)
    {
        using var host = new ModuleHost();
        host.Run(again, Project.Module).Succeeded();
        Assert.Equal(Promised, Names(host, Commands));
        Assert.Equal(Promised, Names(host, "(Get-Module BigMlFlow).ExportedCmdlets.Keys"));
    }

    [Fact]
    public void ImportTakesAPrefix()
    {
        using var host = new ModuleHost(null);
        var names = Names(host, "Import-Module $args[0] -Prefix My; " + Commands, Project.Module);
        Assert.Equal(Promised.Select(name => name.Replace("-", "-My", StringComparison.Ordinal)).Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void RemoveModuleLeavesNothing()
    {
        using var host = new ModuleHost();
        host.Run("Remove-Module BigMlFlow").Succeeded();
        Assert.Empty(Names(host, "Get-Module | Where-Object Name -Like *BigMlFlow* | ForEach-Object Name"));
        Assert.Empty(Names(host, "Get-Command -ListImported | Where-Object Source -Like *BigMlFlow* | ForEach-Object Name"));
    }

    [Fact]
    public async Task RunspacesImportAtOnce()
    {
        var imports = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var host = new ModuleHost();
            host.Run("Import-Module $args[0] -Force", Project.Module).Succeeded();
            return Names(host, Commands);
        }));
        Assert.All(await Task.WhenAll(imports), names => Assert.Equal(Promised, names));
    }

    [Fact]
    public void ParallelPipelinesImportAtOnce()
    {
        using var host = new ModuleHost();
        var counts = Names(host, "1..4 | ForEach-Object -Parallel { Import-Module $using:args[0]; @(Get-Command -Module BigMlFlow).Count }", Project.Module);
        Assert.Equal(Enumerable.Repeat(Promised.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), 4), counts);
    }

    [Fact]
    public void RemovingFromOneRunspaceLeavesTheOther()
    {
        using var one = new ModuleHost();
        using var other = new ModuleHost();
        one.Run("Remove-Module BigMlFlow").Succeeded();
        Assert.Equal(Promised, Names(other, Commands));
    }

    [Fact]
    public void CopiesInTwoFoldersBothImport()
    {
        using var copy = new ModuleCopy();
        using var host = new ModuleHost();
        Assert.Equal(Promised, Names(host, "Remove-Module BigMlFlow; Import-Module $args[0]; " + Commands, copy.Folder));
        Assert.Equal(new[] { copy.Folder }, Names(host, "(Get-Module BigMlFlow).ModuleBase"));
    }

    [Fact]
    public async Task AnOldPowerShellIsToldWhatIsNeeded()
    {
        // The version table of a real 7.2 is all that the check reads; a process of its own, since the table is shared.
        var result = await EngineProcess.RunHost(
            TestContext.Current.CancellationToken,
            "-Command", "$PSVersionTable['PSVersion'] = [version]'7.2.24'; Import-Module ./out/BigMlFlow -Force");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("BigMlFlow needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell 7.2.24.", result.Error.ReplaceLineEndings(" ").Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string[] Names(ModuleHost host, string script, params object?[] arguments) =>
        [.. host.Run(script, arguments).Succeeded().Output.Select(name => name.ToString()).Order(StringComparer.Ordinal)];
}
