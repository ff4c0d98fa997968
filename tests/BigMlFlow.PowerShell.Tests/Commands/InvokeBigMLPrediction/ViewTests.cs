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
