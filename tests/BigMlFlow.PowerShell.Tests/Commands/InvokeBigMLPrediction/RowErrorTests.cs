using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>A row that is refused is an error that says which, where and why; the others are answered all the same.</summary>
public sealed class RowErrorTests : IClassFixture<ModuleHost>
{
    private const string Rows = "$rows = @{ 'petal length' = 1.4 }, @{ 'petal length' = 'long' }, @{ 'petal length' = 5.9 };";

    private readonly ModuleHost _host;

    public RowErrorTests(ModuleHost host)
    {
        _host = host;
        host.Import(ExampleModels.Tree);
    }

    [Fact]
    public void ARefusedRowSaysRowFieldAndValueAndTheRestGoesOn()
    {
        RunResult result = _host.Run(Rows + "$rows | Invoke-BigMLPrediction $model");
        Assert.Equal(["setosa", "versicolor"], result.Output.Get("Prediction"));
        ErrorRecord error = result.Error;
        Assert.Equal("BigMLRowRefused,BigMlFlow.PowerShell.Commands.InvokeBigMLPredictionCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.StartsWith("Row 2: ", error.ErrorDetails.Message);
        Assert.Contains("petal length", error.ErrorDetails.Message);
        Assert.Contains("long", error.ErrorDetails.Message);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(true, _host.Run("[object]::ReferenceEquals($args[0], $rows[1])", error.TargetObject).Succeeded().Output.Single().BaseObject);
        Assert.Equal(["petal length", "long"], _host.Run("$args[0].Exception.Field; $args[0].Exception.Value", error).Succeeded().Output.Select(text => text.ToString()));
    }

    [Fact]
    public void ErrorActionStopEndsAtTheFirstBadRow()
    {
        RunResult result = _host.Run(Rows + "$rows | Invoke-BigMLPrediction $model -ErrorAction Stop");
        Assert.Equal("setosa", Assert.Single(result.Output).Get("Prediction"));
        Assert.StartsWith("BigMLRowRefused", result.Terminating!.FullyQualifiedErrorId);
    }

    [Fact]
    public void ErrorVariableCollectsSilently()
    {
        RunResult result = _host.Run(Rows + "$rows | Invoke-BigMLPrediction $model -ErrorAction SilentlyContinue -ErrorVariable bad; $bad").Succeeded();
        Assert.Equal(3, result.Output.Count);
        Assert.IsType<ErrorRecord>(result.Output[2].BaseObject);
    }

    [Fact]
    public void ErrorActionIgnoreLeavesNoTrace() =>
        Assert.Equal(2, _host.Run("$Error.Clear();" + Rows + "$rows | Invoke-BigMLPrediction $model -ErrorAction Ignore; if ($Error) { $Error }").Succeeded().Output.Count);

    [Theory]
    [InlineData("5", "Int32")]
    [InlineData("'5.1,3.5,1.4'", "String")]
    [InlineData("[datetime]'2024-01-01'", "DateTime")]
    public void AValueWithoutColumnsIsNoRow(string value, string type)
    {
        RunResult result = _host.Run($"@{{ 'petal length' = 1.4 }}, {value}, @{{ 'petal length' = 1.4 }} | Invoke-BigMLPrediction $model");
        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("BigMLNotARow,", result.Error.FullyQualifiedErrorId);
        Assert.Contains("Row 2", result.Error.ErrorDetails.Message);
        Assert.Contains(type, result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void APropertyThatCannotBeReadIsAnErrorOfItsRow()
    {
        RunResult result = _host.Run(
            """
            $bad = [pscustomobject]@{ 'petal width' = 1 }
            $bad.psobject.Properties.Add([psscriptproperty]::new('petal length', { throw 'no connection' }))
            @{ 'petal length' = 1.4 }, $bad, @{ 'petal length' = 1.4 } | Invoke-BigMLPrediction $model
            """);
        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("BigMLRowUnreadable,", result.Error.FullyQualifiedErrorId);
        Assert.Contains("Row 2", result.Error.ErrorDetails.Message);
        Assert.Contains("no connection", result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void ADeletedDataRowIsAnErrorOfItsRow()
    {
        RunResult result = _host.Run(
            """
            $table = [System.Data.DataTable]::new()
            [void]$table.Columns.Add('petal length', [double])
            foreach ($length in 1.4, 4.5, 5.9) { [void]$table.Rows.Add($length) }
            $table.AcceptChanges()
            $rows = @($table.Rows)
            $rows[1].Delete()
            $rows | Invoke-BigMLPrediction $model
            """);
        Assert.Equal(["setosa", "versicolor"], result.Output.Get("Prediction"));
        Assert.StartsWith("BigMLRowUnreadable,", result.Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void AThousandBadRowsAreAThousandErrors()
    {
        RunResult result = _host.Run(
            """
            1..10000 | ForEach-Object { @{ 'petal length' = if ($_ % 10) { '1.4' } else { "bad $_" } } } | Invoke-BigMLPrediction $model
            """);
        Assert.Equal(9000, result.Output.Count);
        Assert.Equal(1000, result.Errors.Count);
        Assert.Equal(
            Enumerable.Range(1, 1000).Select(bad => $"Row {bad * 10}"),
            result.Errors.Select(error => error.ErrorDetails.Message.Split(':')[0]));
    }

    [Fact]
    public void RowsWithoutAnyFieldOfTheModelAreWarnedOfOnce()
    {
        RunResult result = _host.Run("1..3 | ForEach-Object { [pscustomobject]@{ 'sepal length;petal length' = '5.1;1.4' } } | Invoke-BigMLPrediction $model").Succeeded();
        Assert.Equal(3, result.Output.Count);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("sepal length;petal length", warning);
        Assert.Contains("It uses petal length, petal width", warning);
        Assert.Contains("delimiter", warning);
    }

    [Fact]
    public void OneColumnThatMatchesIsEnoughForNoWarning() =>
        Assert.Empty(_host.Run("@{ 'petal length' = 1.4; other = 2 } | Invoke-BigMLPrediction $model").Succeeded().Warnings);

    [Theory]
    [InlineData("5", "BigMLNotAModel")]
    [InlineData("'./no such model.json'", "BigMLPathNotFound")]
    [InlineData("'Env:/PATH'", "BigMLPathNotFileSystem")]
    public void AModelThatIsNoneEndsTheCommandBeforeTheFirstRow(string model, string id)
    {
        RunResult result = _host.Run($"@{{ 'petal length' = 1.4 }} | Invoke-BigMLPrediction -Model {model}; 'next'");
        Assert.Equal("next", Assert.Single(result.Output).ToString());
        Assert.StartsWith(id + ",", result.Error.FullyQualifiedErrorId);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void ModelTakesAPathRelativeToTheLocation()
    {
        RunResult result = _host.Run("$ExecutionContext.SessionState.Path.PushCurrentLocation('x'); [void]$ExecutionContext.SessionState.Path.SetLocation($args[0]); @{ 'petal length' = 1.4 } | Invoke-BigMLPrediction ./models/iris-tree.json; [void]$ExecutionContext.SessionState.Path.PopLocation('x')", Project.Examples);
        Assert.Equal("setosa", Assert.Single(result.Succeeded().Output).Get("Prediction"));
    }

    /// <summary>Every property that shows in a table or a file is there for every row, whatever the row.</summary>
    [Fact]
    public void AnswersOfOneModelAllHaveTheSameColumns()
    {
        RunResult result = _host.Run("@{ 'petal length' = 1.4 }, @{ none = 1 }, @{ 'petal width' = '' } | Invoke-BigMLPrediction $model -WarningAction SilentlyContinue").Succeeded();
        List<string> columns = [.. result.Output.Select(answer => string.Join(",", answer.Properties.Select(property => property.Name)))];
        Assert.Equal("Prediction,Probability,Confidence,Votes,Count,Next,Path,Distribution,UnusedFields", Assert.Single(columns.Distinct()));
    }
}
