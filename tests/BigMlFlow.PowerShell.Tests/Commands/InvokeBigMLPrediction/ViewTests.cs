using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>What a user sees without asking for more: the answer, how sure it is, and why.</summary>
public sealed class ViewTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    private const string Row = "[pscustomobject]@{ 'sepal length' = '6.1'; 'sepal width' = '2.8'; 'petal length' = '4.7'; 'petal width' = '1.6'; species = 'versicolor' } | Invoke-BigMLPrediction $model";

    [Fact]
    public void AClassification()
    {
        host.Import(ExampleModels.Tree);
        string[] lines = Lines(Row);
        Assert.Equal(["Prediction", "Probability", "Confidence", "Path"], lines[0].Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^versicolor +0\.\d{5} +0\.\d{5} petal length > 2\.45 AND petal width <= 1\.75 AND ", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void ARegression()
    {
        host.Import(ExampleModels.Regression);
        string[] lines = Lines(Row);
        Assert.Equal(["Prediction", "Confidence", "Path"], lines[0].Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^ +\d\.\d+ +\d\.\d+ \S", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("iris-cluster.json", @"^CentroidName +Distance +CentroidId *$", @"^Cluster \d +\d\.\d{5} \w+ *$")]
    [InlineData("iris-anomaly.json", @"^ *Score *$", @"^ *0\.\d{5} *$")]
    [InlineData("iris-pca.json", @"^Components *$", @"^-?\d+\.\d+, -?\d+\.\d+")]
    public void AnAnswerOfAModelWithoutAnObjective(string model, string header, string line)
    {
        host.Import(System.IO.Path.Combine(Project.Examples, "models", model));
        string[] lines = Lines(Row);
        Assert.Matches(header, lines[0]);
        Assert.Matches(line, lines[2]);
    }

    /// <summary>Whatever kind of answer comes to the core, it is told of and looks as one would want it to.</summary>
    [Fact]
    public void EveryKindOfAnswerIsDeclaredAndHasAView()
    {
        host.Import(ExampleModels.Tree);
        System.Type kind = Assert.Single(host.Run(Row).Succeeded().Output).BaseObject.GetType().BaseType!;
        string[] kinds = [.. kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind)).Select(type => type.FullName!).Order(System.StringComparer.Ordinal)];
        Assert.True(kinds.Length >= 9);
        Assert.Equal(kinds.Append("System.Management.Automation.PSObject"), host.Run("(Get-Command Invoke-BigMLPrediction).OutputType.Name").Output.Select(name => name.ToString()).Order(System.StringComparer.Ordinal));
        var formats = System.Xml.Linq.XDocument.Load(System.IO.Path.Combine(Project.Module, "BigMlFlow.Format.ps1xml"));
        Assert.Equal([], kinds.Except(formats.Descendants("TypeName").Select(name => name.Value)));
    }

    [Fact]
    public void ListsOfAnAnswerAreCompactText()
    {
        host.Import(ExampleModels.Tree);
        Assert.Equal(
            ["petal length <= 2.45", "setosa: 50", "000000"],
            host.Run("$answer = @{ 'petal length' = '1.4'; 'sepal length' = '5' } | Invoke-BigMLPrediction $model; \"$($answer.Path.ToString())\"; $answer.Distribution.ToString(); $answer.UnusedFields.ToString()").Succeeded().Output.Select(text => text.ToString()));
    }

    private string[] Lines(string script) => host.Show(script).Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
}
