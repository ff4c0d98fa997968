using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace BigMlFlow.HelpWriter;

/// <summary>Holds a page against the cmdlet: nothing may lack, and nothing may be told of that is not there.</summary>
internal static class PageChecker
{
    /// <summary>The fewest examples that a cmdlet has.</summary>
    public const int FewestExamples = 3;

    /// <summary>The longest line of code: a console of 80 characters shows it in one piece.</summary>
    public const int LongestLine = 76;

    /// <summary>Adds what is wrong to the complaints.</summary>
    public static void Check(HelpPage page, CmdletInfo cmdlet, List<string> complaints)
    {
        void Complain(string what) => complaints.Add($"{page.File}: {what}.");

        if (page.Synopsis.Length == 0)
            Complain("there is no synopsis");
        if (page.Description.Count == 0)
            Complain("there is no description");
        if (page.Outputs.Count == 0)
            Complain("it does not say what comes out");
        if (page.Examples.Count < FewestExamples)
            Complain($"there are {page.Examples.Count} examples, fewer than {FewestExamples}");
        foreach (HelpExample example in page.Examples)
        {
            if (example.Code.Length == 0)
                Complain($"the example '{example.Title}' has no code");
            if (example.Code.Split('\n').Any(line => line.Length > LongestLine))
                Complain($"the example '{example.Title}' has a line of more than {LongestLine} characters, which a console would break");
            if (example.Remarks.Count == 0)
                Complain($"the example '{example.Title}' has no remarks");
        }

        HashSet<string> parameters = [.. Parameters(cmdlet)];
        HashSet<string> told = [];
        foreach (HelpEntry entry in page.Parameters)
        {
            if (!told.Add(entry.Name))
                Complain($"-{entry.Name} is told of twice");
            else if (!parameters.Contains(entry.Name))
                Complain($"{cmdlet.Name} has no parameter -{entry.Name}");
            else if (entry.Text.Count == 0)
                Complain($"nothing is said of -{entry.Name}");
        }

        foreach (string parameter in parameters.Except(told).Order(StringComparer.Ordinal))
            Complain($"-{parameter} is not told of");
        foreach (PSTypeName output in cmdlet.OutputType.Where(output => page.Outputs.All(entry => entry.Name != output.Name)))
            Complain($"the output {output.Name} is not told of");
    }

    /// <summary>The parameters that a page tells of: not the common ones, which the engine's own help describes.</summary>
    private static IEnumerable<string> Parameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Keys.Where(name => !Cmdlet.CommonParameters.Contains(name) && !Cmdlet.OptionalCommonParameters.Contains(name));
}
