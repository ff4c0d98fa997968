using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Module;

/// <summary>Another module's version of a library that this one uses too, in one process: neither disturbs the other.</summary>
public sealed class IsolationTests
{
    private static readonly string Other = Project.Metadata("OtherYamlDotNet");
    private static readonly Version OtherVersion = AssemblyName.GetAssemblyName(Other).Version!;
    private static readonly Version OurVersion = AssemblyName.GetAssemblyName(Path.Combine(Project.Module, "bin", "Core", "YamlDotNet.dll")).Version!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EachHasItsOwnYamlDotNet(bool othersFirst)
    {
        Assert.NotEqual(OtherVersion, OurVersion);
        using var copy = new ModuleCopy();
        using var host = new ModuleHost(null);
        if (othersFirst)
            LoadOther();
        host.Run("Import-Module $args[0]", copy.Folder).Succeeded();
        if (!othersFirst)
            LoadOther();

        var context = AssemblyLoadContext.All.Single(context => context.Assemblies.Any(assembly => assembly.Location.StartsWith(copy.Folder, StringComparison.Ordinal)
            && assembly.GetName().Name == "BigMlFlow.PowerShell"));
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.Equal(OurVersion, context.LoadFromAssemblyName(new AssemblyName("YamlDotNet")).GetName().Version);
        Assert.Equal(OtherVersion, AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("YamlDotNet")).GetName().Version);
    }

    [Fact]
    public void OnlyTheLoadingAssemblyIsOutsideTheContext()
    {
        using var host = new ModuleHost();
        var outside = AssemblyLoadContext.All.Where(context => context.Name != "BigMlFlow").SelectMany(context => context.Assemblies)
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(Project.Module, StringComparison.Ordinal));
        Assert.Equal(["BigMlFlow.Loading"], outside.Select(assembly => assembly.GetName().Name));
    }

    [Fact]
    public void NothingIsLoadedThatIsNotUsed()
    {
        using var copy = new ModuleCopy();
        using var host = new ModuleHost(copy.Folder);
        var loaded = AssemblyLoadContext.All.SelectMany(context => context.Assemblies)
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(copy.Folder, StringComparison.Ordinal))
            .Select(assembly => assembly.GetName().Name!);
        Assert.Equal([], loaded.Except(["BigMlFlow.Loading", "BigMlFlow.PowerShell", "BigMlFlow"]));
    }

    private static void LoadOther() =>
        Assert.Equal(OtherVersion, AssemblyLoadContext.Default.LoadFromAssemblyPath(Other).GetName().Version);
}
