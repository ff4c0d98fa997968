using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using BigMlFlow.HelpWriter;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Help;

/// <summary>
/// Every example of the help runs as it stands where the module's examples lie: here those that need no command which only
/// the whole shell has, and all of them in tests/Pester/Help.Tests.ps1.
/// </summary>
public sealed class ExampleTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    /// <summary>The examples by cmdlet and title.</summary>
    private static Dictionary<string, HelpExample> All { get; } =
        HelpFile.ReadPages(Project.Root, []).SelectMany(page => page.Examples.Select(example => (page.Name + ": " + example.Title, example))).ToDictionary();

    private static IReadOnlyList<string> Bare { get; } = FindBare();

    public static TheoryData<string> Examples => [.. Bare];

    [Theory]
    [MemberData(nameof(Examples))]
    public void RunsInTheBareEngine(string name)
    {
        HelpExample example = All[name];
        foreach (string file in Directory.EnumerateFiles(Project.Examples, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_folder.FullName, "examples", Path.GetRelativePath(Project.Examples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        using var host = new ModuleHost();
        host.Run("[void]$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder.FullName).Succeeded();
        string shown = host.Show(example.Code);
        if (example.Output is not null)
            Assert.Equal(Lines(example.Output), Lines(shown));
    }

    [Fact]
    public void MostRunHereAndTheOthersInTheWholeShell()
    {
        output.WriteLine($"{Bare.Count} of the {All.Count} examples need nothing but the engine; {All.Count - Bare.Count} run in the whole shell only.");
        Assert.True(Bare.Count >= ModuleCommands.Names.Count);
        Assert.All(ModuleCommands.Names, name => Assert.Contains(Bare, example => example.StartsWith(name + ":", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private static string[] FindBare()
    {
        using var host = new ModuleHost();
        HashSet<string> known = new(host.Run("(Get-Command).Name").Succeeded().Output.Select(name => name.ToString()), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. All.Where(example => Parser.ParseInput(example.Value.Code, out _, out ParseError[] errors) is var script && errors.Length == 0
                && script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().All(command => known.Contains(command.GetCommandName())))
                .Select(example => example.Key),
        ];
    }
}
