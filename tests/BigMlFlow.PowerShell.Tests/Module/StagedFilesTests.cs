using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Module;

/// <summary>What lies in the staged module, read from its files: the Desktop half cannot be run everywhere.</summary>
public sealed class StagedFilesTests
{
    [Theory]
    [InlineData("BigMlFlow.psd1")]
    [InlineData("BigMlFlow.psm1")]
    [InlineData("BigMlFlow.Format.ps1xml")]
    [InlineData("LICENSE")]
    [InlineData("bin/Core/BigMlFlow.dll")]
    [InlineData("bin/Core/BigMlFlow.Loading.dll")]
    [InlineData("bin/Core/BigMlFlow.PowerShell.dll")]
    [InlineData("bin/Core/YamlDotNet.dll")]
    [InlineData("bin/Desktop/BigMlFlow.dll")]
    [InlineData("bin/Desktop/BigMlFlow.PowerShell.dll")]
    [InlineData("bin/Desktop/System.Text.Json.dll")]
    [InlineData("bin/Desktop/YamlDotNet.dll")]
    public void Has(string path) => Assert.True(File.Exists(Path.Combine(Project.Module, path)));

    [Fact]
    public void TakesEverythingFromTheEngineAndNothingOfItAlong()
    {
        var staged = Directory.EnumerateFiles(Project.Module, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToArray();
        Assert.DoesNotContain("System.Management.Automation.dll", staged);
        Assert.DoesNotContain(staged, name => name!.StartsWith("Microsoft.PowerShell.", StringComparison.OrdinalIgnoreCase));
        Assert.False(File.Exists(Path.Combine(Project.Module, "bin", "Core", "System.Text.Json.dll")), "PowerShell 7 has its own System.Text.Json.");
    }

    /// <summary>Azure Automation takes no path of 140 characters or more; the module's own folder is counted.</summary>
    [Fact]
    public void PathsAreShort() =>
        Assert.Equal([], Directory.EnumerateFiles(Project.Module, "*", SearchOption.AllDirectories)
            .Select(path => Path.Combine("BigMlFlow", Path.GetRelativePath(Project.Module, path))).Where(path => path.Length >= 140));

    [Theory]
    [InlineData("Core", ".NETCoreApp,Version=v8.0")]
    [InlineData("Desktop", ".NETFramework,Version=v4.7.2")]
    public void OursAreReleaseAssembliesOfTheirFramework(string edition, string framework)
    {
        var ours = Directory.GetFiles(Folder(edition), "BigMlFlow*.dll");
        Assert.NotEmpty(ours);
        foreach (var path in ours)
        {
            using var file = new AssemblyFile(path);
            Assert.Equal(framework, file.AttributeText("TargetFrameworkAttribute"));
            Assert.Equal("Release", file.AttributeText("AssemblyConfigurationAttribute"));
        }
    }

    /// <summary>PowerShell 5.1's own assembly has this version, and Azure Automation refuses modules that want a later one.</summary>
    [Theory]
    [InlineData("Core")]
    [InlineData("Desktop")]
    public void CmdletsWantTheEngineOfPowerShellStandard(string edition)
    {
        using var file = new AssemblyFile(Path.Combine(Folder(edition), "BigMlFlow.PowerShell.dll"));
        Assert.Equal(new Version(3, 0, 0, 0), file.References["System.Management.Automation"]);
    }

    [Fact]
    public void EveryReferenceOfDesktopIsThereOrInTheFramework()
    {
        var framework = Project.Metadata("Net472References");
        var missing = new List<string>();
        foreach (var path in Directory.GetFiles(Folder("Desktop"), "*.dll"))
        {
            using var file = new AssemblyFile(path);
            foreach (var (name, version) in file.References)
            {
                if (name == "System.Management.Automation")
                    continue;
                var candidates = new[] { Folder("Desktop"), framework, Path.Combine(framework, "Facades") }.Select(folder => Path.Combine(folder, name + ".dll"));
                if (candidates.FirstOrDefault(File.Exists) is not { } found)
                    missing.Add($"{Path.GetFileName(path)} wants {name} {version}: not there");
                else if (AssemblyFile.VersionOf(found) is var has && has < version)
                    missing.Add($"{Path.GetFileName(path)} wants {name} {version}: there is {has}");
            }
        }

        Assert.Equal([], missing);
    }

    private static string Folder(string edition) => Path.Combine(Project.Module, "bin", edition);

    /// <summary>The metadata of an assembly that need not be loadable here.</summary>
    private sealed class AssemblyFile : IDisposable
    {
        private readonly PEReader _file;
        private readonly MetadataReader _metadata;

        public AssemblyFile(string path)
        {
            _file = new PEReader(File.OpenRead(path));
            _metadata = _file.GetMetadataReader();
        }

        public Dictionary<string, Version> References => _metadata.AssemblyReferences.Select(_metadata.GetAssemblyReference)
            .ToDictionary(reference => _metadata.GetString(reference.Name), reference => reference.Version);

        public static Version VersionOf(string path)
        {
            using var file = new AssemblyFile(path);
            return file._metadata.GetAssemblyDefinition().Version;
        }

        /// <summary>The text that an attribute of the assembly was made with.</summary>
        public string? AttributeText(string attribute)
        {
            foreach (var handle in _metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                var candidate = _metadata.GetCustomAttribute(handle);
                if (candidate.Constructor.Kind != HandleKind.MemberReference)
                    continue;
                var type = _metadata.GetMemberReference((MemberReferenceHandle)candidate.Constructor).Parent;
                if (type.Kind == HandleKind.TypeReference && _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)type).Name) == attribute)
                {
                    var value = _metadata.GetBlobReader(candidate.Value);
                    value.ReadUInt16(); // the prolog
                    return value.ReadSerializedString();
                }
            }

            return null;
        }

        public void Dispose() => _file.Dispose();
    }
}
