using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>No culture changes a number that is read, or a name that is looked up.</summary>
public sealed class CultureTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    private const string Script =
        """
        $culture = [System.Globalization.CultureInfo]::GetCultureInfo($args[0])
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture
        [System.Threading.Thread]::CurrentThread.CurrentUICulture = $culture
        (1.5).ToString()
        'TITLE'.ToLower()
        $answers = @(
            [pscustomobject]@{ 'SEPAL LENGTH' = '6.1'; 'SEPAL WIDTH' = '2.8'; 'PETAL LENGTH' = '4.7'; 'PETAL WIDTH' = '1.6' }
            @{ 'sepal length' = 6.1; 'sepal width' = [decimal]2.8; 'petal length' = 4.7; 'petal width' = '1.6' }
        ) | Invoke-BigMLPrediction $model -OperatingPoint @{ POSITIVECLASS = 'virginica'; THRESHOLD = 0.31; KIND = 'PROBABILITY' }
        foreach ($answer in $answers) { $answer.ToJson(); "$answer $($answer.Probability)" }
        ($answers[0] | Invoke-BigMLPrediction $model -WarningAction SilentlyContinue).Distribution.ToString()
        @{ 'petal length' = '4,7' } | Invoke-BigMLPrediction $model -ErrorAction SilentlyContinue -ErrorVariable bad
        $bad.ErrorDetails.Message
        """;

    [Theory]
    [InlineData("de-DE", "1,5", "title")]
    [InlineData("tr-TR", "1,5", "t\u0131tle")]
    public void AnswersAreThoseOfTheInvariantCulture(string culture, string number, string lower)
    {
        host.Import(ExampleModels.Logistic);
        string[] expected = Run("");
        string[] found = Run(culture);
        Assert.Equal([number, lower], found[..2]);
        Assert.Equal(expected[2..], found[2..]);
        Assert.Contains("4,7", found[^1]);
    }

    private string[] Run(string culture) => [.. host.Run(Script, culture).Succeeded().Output.Select(text => text.ToString())];
}
