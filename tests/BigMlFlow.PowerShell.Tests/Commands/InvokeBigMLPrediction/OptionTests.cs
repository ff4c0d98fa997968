using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>The options reach the model, however they are spelled, and what a model has no meaning for is an error.</summary>
public sealed class OptionTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    private const string Row = "@{ 'sepal length' = '6.1'; 'sepal width' = '2.8'; 'petal length' = '4.7'; 'petal width' = '1.6' } | ";

    [Theory]
    [InlineData("")]
    [InlineData("-MissingStrategy Last")]
    [InlineData("-MissingStrategy last")]
    [InlineData("-MissingStrategy 0")]
    public void LastIsTheDefaultStrategy(string option)
    {
        host.Import(ExampleModels.Tree);
        RunResult result = host.Run($"@{{ 'petal width' = 1.6 }} | Invoke-BigMLPrediction $model {option}").Succeeded();
        Assert.Equal(150d, Assert.Single(result.Output).Get("Count"));
    }

    [Fact]
    public void ProportionalFollowsBothBranches()
    {
        host.Import(ExampleModels.Tree);
        RunResult result = host.Run("@{ 'petal width' = 1.6 } | Invoke-BigMLPrediction $model -MissingStrategy Proportional").Succeeded();
        Assert.NotEqual(host.Run("@{ 'petal width' = 1.6 } | Invoke-BigMLPrediction $model").ToJson(), result.ToJson());
    }

    [Theory]
    [InlineData("@{ PositiveClass = 'virginica'; Threshold = 0.01 }", "virginica")]
    [InlineData("@{ PositiveClass = 'virginica'; Threshold = 0.99 }", "versicolor")]
    [InlineData("@{ positive_class = 'virginica'; threshold = '0.01'; kind = 'probability' }", "virginica")]
    [InlineData("([ordered]@{ POSITIVECLASS = 'virginica'; THRESHOLD = 0.01; KIND = 'PROBABILITY' })", "virginica")]
    [InlineData("@{ PositiveClass = 'setosa'; Threshold = [decimal]0.5 }", "versicolor")]
    public void OperatingPointIsAHashtable(string point, string expected)
    {
        host.Import(ExampleModels.Logistic);
        Assert.Equal(expected, Assert.Single(host.Run($"{Row} Invoke-BigMLPrediction $model -OperatingPoint {point}").Succeeded().Output).Get("Prediction"));
    }

    [Theory]
    [InlineData("@{ PositiveClass = 'virginica' }", "needs a PositiveClass and a Threshold")]
    [InlineData("@{ PositiveClass = 'virginica'; Threshold = 'high' }", "'high' is no threshold")]
    [InlineData("@{ PositiveClass = 'virginica'; Threshold = 0.5; Kind = 'luck' }", "Probability, Confidence or Votes")]
    [InlineData("@{ PositiveClass = 'virginica'; Treshold = 0.5 }", "'Treshold' is no part of an operating point")]
    [InlineData("@{ PositiveClass = 'virginia'; Threshold = 0.5 }", "setosa, versicolor, virginica")]
    [InlineData("@{ PositiveClass = 'virginica'; Threshold = 1.5 }", "0 to 1")]
    public void AWrongOperatingPointSaysWhatIsRight(string point, string message)
    {
        host.Import(ExampleModels.Logistic);
        RunResult result = host.Run($"{Row} Invoke-BigMLPrediction $model -OperatingPoint {point}");
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Error.ToString());
    }

    [Theory]
    [InlineData("Probability")]
    [InlineData("Confidence")]
    [InlineData("Votes")]
    public void OperatingKindDecides(string kind)
    {
        host.Import(ExampleModels.Ensemble);
        Assert.Equal("versicolor", Assert.Single(host.Run($"{Row} Invoke-BigMLPrediction $model -OperatingKind {kind}").Succeeded().Output).Get("Prediction"));
    }

    [Theory]
    [InlineData("-Method Plurality")]
    [InlineData("-Method Confidence")]
    [InlineData("-Method Probability")]
    public void MethodsCombineAnEnsemble(string method)
    {
        host.Import(ExampleModels.Ensemble);
        Assert.Equal("versicolor", Assert.Single(host.Run($"{Row} Invoke-BigMLPrediction $model {method}").Succeeded().Output).Get("Prediction"));
    }

    [Theory]
    [InlineData(1, "virginica")]
    [InlineData(10, "versicolor")]
    public void AThresholdOfVotesLetsItsClassWin(int votes, string expected)
    {
        host.Import(ExampleModels.Ensemble);
        const string Split = "@{ 'sepal length' = '6.2'; 'sepal width' = '2.2'; 'petal length' = '4.5'; 'petal width' = '1.5' } | "; // one vote for virginica
        Assert.Equal(expected, Assert.Single(host.Run($"{Split} Invoke-BigMLPrediction $model -Method Threshold -ThresholdVotes {votes} -ThresholdCategory virginica").Succeeded().Output).Get("Prediction"));
    }

    [Theory]
    [InlineData("-Method Plurality", "Method")]
    [InlineData("-MissingStrategy Proportional", "MissingStrategy")]
    [InlineData("-Median", "Median")]
    public void AnOptionThatTheTypeLacksIsAnError(string option, string name)
    {
        host.Import(ExampleModels.Logistic);
        RunResult result = host.Run($"{Row} Invoke-BigMLPrediction $model {option}; 'next'");
        Assert.Equal("next", Assert.Single(result.Output).ToString());
        Assert.StartsWith("BigMLOptionInvalid,", result.Error.FullyQualifiedErrorId);
        Assert.Equal($"A logistic regression has no -{name}. It takes -OperatingPoint, -OperatingKind, -Form.", result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void ATypeWithoutOptionsSaysSo()
    {
        host.Import(System.IO.Path.Combine(Project.Examples, "models", "iris-cluster.json"));
        RunResult result = host.Run($"{Row} Invoke-BigMLPrediction $model -Form Votes");
        Assert.Equal("A cluster has no -Form. It takes no options.", result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void OutputTypesAreThoseThatComeOut()
    {
        string[] declared = [.. host.Run("(Get-Command Invoke-BigMLPrediction).OutputType.Name").Succeeded().Output.Select(name => name.ToString())];
        foreach (string model in new[] { ExampleModels.Tree, ExampleModels.Regression })
        {
            host.Import(model);
            Assert.Contains(host.Run($"({Row} Invoke-BigMLPrediction $model).GetType().FullName").Succeeded().Output.Single().ToString(), declared);
        }

        Assert.Contains("System.Management.Automation.PSObject", declared);
    }
}
