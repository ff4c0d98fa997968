using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>-IncludeInput gives back the row with the answer behind its columns.</summary>
public sealed class IncludeInputTests : IClassFixture<ModuleHost>
{
    private readonly ModuleHost _host;

    public IncludeInputTests(ModuleHost host)
    {
        _host = host;
        host.Import(ExampleModels.Tree);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ id = 7; 'petal length' = '1.4'; Note = $null }")]
    [InlineData("[ordered]@{ id = 7; 'petal length' = '1.4'; Note = $null }")]
    public void TheColumnsOfTheRowComeFirst(string row)
    {
        var extended = Assert.Single(_host.Run($"{row} | Invoke-BigMLPrediction $model -IncludeInput").Succeeded().Output);
        Assert.Equal(
            ["id", "petal length", "Note", "Prediction", "Probability", "Confidence", "Votes", "Count", "Next", "Path", "Distribution", "UnusedFields"],
            extended.Properties.Select(property => property.Name));
        Assert.Equal(7, extended.Get("id"));
        Assert.Equal("1.4", extended.Get("petal length"));
        Assert.Equal("setosa", extended.Get("Prediction"));
    }

    [Fact]
    public void PrefixNamesWhatIsAdded()
    {
        var extended = Assert.Single(_host.Run("[pscustomobject]@{ Prediction = 'mine'; 'petal length' = 1.4 } | Invoke-BigMLPrediction $model -IncludeInput -Prefix 'iris '").Succeeded().Output);
        Assert.Equal("mine", extended.Get("Prediction"));
        Assert.Equal("setosa", extended.Get("iris Prediction"));
        Assert.Equal(2 + 9, extended.Properties.Count());
    }

    [Theory]
    [InlineData("prediction", "")]
    [InlineData("Count", "")]
    [InlineData("my path", "-Prefix 'my '")]
    public void ANameThatIsTakenIsAnErrorThatNamesIt(string column, string prefix)
    {
        RunResult result = _host.Run($"[pscustomobject]@{{ '{column}' = 1; 'petal length' = 1.4 }} | Invoke-BigMLPrediction $model -IncludeInput {prefix}");
        Assert.Empty(result.Output);
        Assert.StartsWith("BigMLColumnTaken,", result.Error.FullyQualifiedErrorId);
        Assert.Contains(column, result.Error.ErrorDetails.Message, System.StringComparison.OrdinalIgnoreCase);
        Assert.Contains("-Prefix", result.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void ColumnsThatDifferInCaseAloneAreNotLost()
    {
        RunResult result = _host.Run("$row = [System.Collections.Generic.Dictionary[string, object]]::new(); $row['note'] = 1; $row['Note'] = 2; , $row | Invoke-BigMLPrediction $model -IncludeInput -WarningAction SilentlyContinue");
        Assert.Empty(result.Output);
        Assert.StartsWith("BigMLColumnTaken,", result.Error.FullyQualifiedErrorId);
        Assert.Contains("'Note'", result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void ALaterRowMayHaveTheNameThatIsTaken()
    {
        RunResult result = _host.Run("[pscustomobject]@{ 'petal length' = 1.4 }, [pscustomobject]@{ 'petal length' = 1.4; count = 3 } | Invoke-BigMLPrediction $model -IncludeInput");
        Assert.Single(result.Output);
        Assert.StartsWith("BigMLColumnTaken,", result.Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void TheRowItselfIsLeftAsItIs() =>
        Assert.Equal("petal length", Assert.Single(_host.Run("$row = [pscustomobject]@{ 'petal length' = 1.4 }; $null = $row | Invoke-BigMLPrediction $model -IncludeInput; $row.psobject.Properties.Name").Succeeded().Output).ToString());
}
