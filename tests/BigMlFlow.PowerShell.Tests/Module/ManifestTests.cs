using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Module;

public sealed class ManifestTests
{
    private static readonly string Path = System.IO.Path.Combine(Project.Module, "BigMlFlow.psd1");

    [Fact]
    public void IsValid()
    {
        using var host = new ModuleHost(null);
        var result = host.Run("Test-ModuleManifest $args[0]", Path).Succeeded();
        Assert.Empty(result.Warnings);
        var module = Assert.IsType<PSModuleInfo>(Assert.Single(result.Output).BaseObject);
        Assert.Equal(new Version(5, 1), module.PowerShellVersion);
        Assert.Equal(new Version(4, 7, 2), module.DotNetFrameworkVersion);
        Assert.Equal(["Desktop", "Core"], module.CompatiblePSEditions);
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
    }

    [Fact]
    public void HasTheVersionOfTheAssemblies()
    {
        using var host = new ModuleHost(null);
        var manifest = Assert.Single(host.Run("Test-ModuleManifest $args[0]", Path).Succeeded().Output);
        var assembly = AssemblyName.GetAssemblyName(System.IO.Path.Combine(Project.Module, "bin", "Core", "BigMlFlow.PowerShell.dll"));
        Assert.Equal(((PSModuleInfo)manifest.BaseObject).Version, new Version(assembly.Version!.ToString(3)));
    }

    /// <summary>Names, not wildcards: the engine finds commands of a module that is not yet imported by them.</summary>
    [Fact]
    public void NamesItsExports()
    {
        using var host = new ModuleHost(null);
        var data = (Hashtable)Assert.Single(host.Run(File.ReadAllText(Path)).Succeeded().Output).BaseObject;
        var exports = ((object[])data["CmdletsToExport"]!).Cast<string>().ToArray();
        Assert.NotEmpty(exports);
        Assert.DoesNotContain(exports, name => name.Contains('*', StringComparison.Ordinal));
        Assert.All(["FunctionsToExport", "VariablesToExport", "AliasesToExport"], key => Assert.Empty((object[])data[key]!));
    }
}
