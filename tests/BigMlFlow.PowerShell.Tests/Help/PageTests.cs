using System;
using System.Collections.Generic;
using System.IO;
using BigMlFlow.HelpWriter;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Help;

/// <summary>Pages that are wrong are found out: each is a right one with one thing changed.</summary>
public sealed class PageTests(ModuleHost host) : IClassFixture<ModuleHost>, IDisposable
{
    private const string Import = "Import-BigMLModel";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("BigMlFlow");

    [Fact]
    public void RightPagesHaveNoComplaints() => Assert.Equal([], Complaints(page => page));

    [Fact]
    public void ACmdletWithoutAPage()
    {
        Complaints(page => page);
        File.Delete(PageOf(Import));
        Assert.Contains($"{Import} has no page {Path.Combine(HelpFile.Pages, Import)}.md.", Make());
    }

    [Fact]
    public void APageWithoutACmdlet()
    {
        Complaints(page => page);
        File.WriteAllText(PageOf("Get-Nothing"), "# Get-Nothing");
        Assert.Contains("Get-Nothing.md: the module has no such cmdlet.", Make());
    }

    [Theory]
    [InlineData("### -LiteralPath\n", "### -LiteralPaths\n", "-LiteralPath is not told of")]
    [InlineData("### -LiteralPath\n", "### -LiteralPaths\n", "Import-BigMLModel has no parameter -LiteralPaths")]
    [InlineData("### -LiteralPath\n", "### -Path\n", "-Path is told of twice")]
    [InlineData("### -Path\n", "### Path\n", "a parameter begins with a dash, not 'Path'")]
    [InlineData("## Parameters\n", "## Parameter\n", "there is no part 'Parameter'")]
    [InlineData("## Notes\n", "#### Notes\n", "the heading 'Notes' has no place here")]
    [InlineData("# Import-BigMLModel\n", "# Import-BigMLModels\n", "the heading is 'Import-BigMLModels', the file's name says 'Import-BigMLModel'")]
    [InlineData("### BigMlFlow.Models.BigMLModel\n", "### System.String\n", "the output BigMlFlow.Models.BigMLModel is not told of")]
    [InlineData("```powershell\n", "```text\n", "only paragraphs and lists can be shown here")]
    [InlineData("$model.Classes\n", "$model.Classes # which are the three species that the objective field has, sorted\n", "has a line of more than 76 characters")]
    public void AChangeIsFoundOut(string right, string wrong, string complaint)
    {
        List<string> complaints = Complaints(page =>
        {
            Assert.Contains(right, page);
            return page.Replace(right, wrong, StringComparison.Ordinal);
        });
        Assert.Contains(complaints, found => found.StartsWith(Import + ".md", StringComparison.Ordinal) && found.Contains(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public void APartThatIsGone()
    {
        Assert.Contains(Complaints(page => Without(page, "## Examples", "## Parameters")), found => found.Contains("there are 0 examples, fewer than 3", StringComparison.Ordinal));
        Assert.Contains(Complaints(page => Without(page, "## Description", "## Examples")), found => found.Contains("there is no description", StringComparison.Ordinal));
        Assert.Contains(Complaints(page => Without(page, "## Outputs", "## Notes")), found => found.Contains("it does not say what comes out", StringComparison.Ordinal));
        Assert.Contains(Complaints(page => "# Import-BigMLModel\n\n" + page[page.IndexOf("## Description", StringComparison.Ordinal)..]), found => found.Contains("there is no synopsis", StringComparison.Ordinal));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Without(string page, string from, string to) =>
        page[..page.IndexOf(from, StringComparison.Ordinal)] + page[page.IndexOf(to, StringComparison.Ordinal)..];

    private string PageOf(string cmdlet) => Path.Combine(_root.FullName, HelpFile.Pages, cmdlet + ".md");

    /// <summary>Copies the pages, changes that of Import-BigMLModel, and says what is found.</summary>
    private List<string> Complaints(Func<string, string> change)
    {
        Directory.CreateDirectory(Path.Combine(_root.FullName, HelpFile.Pages));
        foreach (string page in Directory.EnumerateFiles(Path.Combine(Project.Root, HelpFile.Pages)))
            File.Copy(page, PageOf(Path.GetFileNameWithoutExtension(page)), overwrite: true);
        File.WriteAllText(PageOf(Import), change(File.ReadAllText(PageOf(Import)).ReplaceLineEndings("\n")));
        return Make();
    }

    private List<string> Make()
    {
        HelpFile.Make(_root.FullName, ModuleCommands.All(host), out List<string> complaints);
        return complaints;
    }
}
