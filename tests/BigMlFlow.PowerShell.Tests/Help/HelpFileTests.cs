using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.HelpWriter;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Help;

/// <summary>The help file is what the pages and the staged module say, and the engine shows it.</summary>
public sealed class HelpFileTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    public static TheoryData<string> Cmdlets => [.. ModuleCommands.Names];

    public static TheoryData<string> Topics =>
        [.. Directory.EnumerateFiles(Path.Combine(Project.Root, "en-US"), "about_*.help.txt").Select(path => Path.GetFileName(path)[..^".help.txt".Length])];

    [Fact]
    public void EveryCmdletAndParameterHasHelpThatHoldsAndTheFileIsUpToDate()
    {
        string made = HelpFile.Make(Project.Root, ModuleCommands.All(host), out List<string> complaints);
        Assert.Equal([], complaints);
        Assert.True(
            File.ReadAllText(Path.Combine(Project.Root, HelpFile.Target)).ReplaceLineEndings("\n") == made,
            $"{HelpFile.Target} is not what the pages and the cmdlets say: run 'dotnet run --project tools/HelpWriter'.");
        Assert.Equal(File.ReadAllText(Path.Combine(Project.Root, HelpFile.Target)), File.ReadAllText(Path.Combine(Project.Module, HelpFile.Target)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void GetHelpHasItAll(string cmdlet)
    {
        PSObject help = Assert.Single(host.Run("Get-Help $args[0] -Full", cmdlet).Succeeded().Output);
        Assert.NotEmpty(Text(help, "$args[0].Synopsis"));
        Assert.DoesNotContain("[<CommonParameters>]", Text(help, "$args[0].Synopsis")); // what the engine makes up where there is no help
        Assert.NotEmpty(Text(help, "$args[0].description.Text"));
        Assert.NotEmpty(Text(help, "$args[0].returnValues.returnValue.type.name"));
        Assert.True(int.Parse(Text(help, "@($args[0].examples.example).Count"), System.Globalization.CultureInfo.InvariantCulture) >= 3);

        var known = ModuleCommands.All(host).Single(command => command.Name == cmdlet);
        foreach (string parameter in known.Parameters.Keys.Where(name => !Cmdlet.CommonParameters.Contains(name)))
            Assert.NotEmpty(host.Run("(Get-Help $args[0] -Parameter $args[1]).description.Text", cmdlet, parameter).Succeeded().Output);
    }

    [Fact]
    public void GetHelpShowsWhatAUserLooksFor()
    {
        string shown = host.Show("Get-Help Invoke-BigMLPrediction -Full");
        Assert.Contains("Invoke-BigMLPrediction [-Model] <Object>", shown);
        Assert.Contains("[-MissingStrategy {Last | Proportional}]", shown);
        Assert.Contains("-InputObject <PSObject>", shown);
        Assert.Contains("Accept pipeline input?       True (ByValue)", shown);
        Assert.Contains("Default value                Last", shown);
        Assert.Contains("---------- Example 1: Predict for one row ----------", shown);
        Assert.Contains("BigMlFlow.Models.Predictions.Classification", shown);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void TopicsAreFoundAndFitAConsole(string topic)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Project.Root, "en-US", topic + ".help.txt"));
        Assert.Equal(["TOPIC", "    " + topic], lines[..2]);
        Assert.All(lines, line => Assert.True(line.Length <= 76 && line.All(letter => letter is >= ' ' and <= '~'), line));
        Assert.Contains("    " + topic, Text(null, "(Get-Help $args[1])", topic).ReplaceLineEndings("\n").Split('\n'));
    }

    private string Text(object? help, string script, string? topic = null) =>
        string.Join("\n", host.Run(script, help, topic).Succeeded().Output.Select(text => text?.ToString()));
}
