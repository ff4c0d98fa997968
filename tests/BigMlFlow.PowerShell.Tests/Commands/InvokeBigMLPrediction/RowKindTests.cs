using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>A row may be anything that has columns, and its cells anything that a database or a script has in them.</summary>
public sealed class RowKindTests : IClassFixture<ModuleHost>
{
    private readonly ModuleHost _host;
    private readonly string _expected;

    public RowKindTests(ModuleHost host)
    {
        _host = host;
        host.Import(ExampleModels.Logistic);
        _expected = Answer("[pscustomobject]@{ 'sepal length' = '5.1'; 'sepal width' = '3.5'; 'petal length' = '1.4'; 'petal width' = '0.2' }");
        Assert.Contains("\"prediction\":\"setosa\",\"probability\":0.91941", _expected);
        Assert.NotEqual(_expected, Answer("@{ nothing = 1 }"));
    }

    [Theory]
    [InlineData("@{ 'sepal length' = '5.1'; 'sepal width' = '3.5'; 'petal length' = '1.4'; 'petal width' = '0.2' }")]
    [InlineData("[ordered]@{ 'sepal length' = '5.1'; 'sepal width' = '3.5'; 'petal length' = '1.4'; 'petal width' = '0.2' }")]
    [InlineData("@{ 'sepal length' = 5.1; 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }")]
    [InlineData("[pscustomobject]@{ 'sepal length' = [decimal]5.1; 'sepal width' = [single]3.5; 'petal length' = [psobject]1.4; 'petal width' = [psobject]'0.2' }")]
    [InlineData("[pscustomobject]@{ '000000' = '5.1'; '000001' = '3.5'; '000002' = '1.4'; '000003' = '0.2' }")]
    [InlineData("[pscustomobject]@{ 'Sepal Length' = '5.1'; 'SEPAL WIDTH' = '3.5'; 'Petal length' = '1.4'; 'PETAL WIDTH' = '0.2' }")]
    [InlineData("@{ 'Sepal Length' = '5.1'; 'SEPAL WIDTH' = '3.5'; 'Petal length' = '1.4'; 'PETAL WIDTH' = '0.2' }")]
    [InlineData("$d = [System.Collections.Generic.Dictionary[string, object]]::new(); $d['sepal length'] = 5.1; $d['sepal width'] = 3.5; $d['petal length'] = 1.4; $d['petal width'] = 0.2; , $d")]
    [InlineData("$d = [System.Collections.Generic.Dictionary[string, object]]::new(); $d['PETAL LENGTH'] = 9; $d['sepal length'] = 5.1; $d['sepal width'] = 3.5; $d['petal length'] = 1.4; $d['petal width'] = 0.2; , $d", true)]
    [InlineData("$o = [System.Version]'1.2'; $n = [psobject]$o; foreach ($p in @{ 'sepal length' = 5.1; 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }.GetEnumerator()) { $n.psobject.Properties.Add([psnoteproperty]::new($p.Key, $p.Value)) }; $n", true)]
    [InlineData("$o = [pscustomobject]@{ 'sepal length' = 5.1; 'sepal width' = 3.5; 'petal width' = 0.2 }; $o.psobject.Properties.Add([psscriptproperty]::new('petal length', { 1.2 + 0.2 })); $o")]
    [InlineData("$o = [pscustomobject]@{ length = 5.1; 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }; $o.psobject.Properties.Add([psaliasproperty]::new('sepal length', 'length')); $o", true)]
    public void TheSameRowHasTheSameAnswer(string row, bool hasMore = false)
    {
        string answer = Answer(row);
        if (hasMore)
            Assert.Equal(WithoutUnused(_expected), WithoutUnused(answer));
        else
            Assert.Equal(_expected, answer);
    }

    [Fact]
    public void ABlankNumberIsMissingWhateverTheModelsTokens()
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            JsonNode resource = JsonNode.Parse(System.IO.File.ReadAllText(ExampleModels.Tree))!;
            (resource["object"] ?? resource)["model"]!["missing_tokens"] = new JsonArray("NA");
            System.IO.File.WriteAllText(path, resource.ToJsonString());
            string Of(string cell) => _host.Run($"[pscustomobject]@{{ 'petal length' = {cell}; 'petal width' = '1.5' }} | Invoke-BigMLPrediction -Model '{path}'").Succeeded().ToJson().Single();
            Assert.Equal(Of("'NA'"), Of("''"));
            Assert.NotEqual(Of("'4.9'"), Of("''"));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData("$table.Rows")]
    [InlineData("[System.Data.DataView]::new($table)")]
    public void DataRows(string rows)
    {
        RunResult result = _host.Run(
            $$"""
            $table = [System.Data.DataTable]::new()
            foreach ($name in 'sepal length', 'sepal width', 'petal length', 'petal width') { [void]$table.Columns.Add($name, [decimal]) }
            [void]$table.Rows.Add(5.1, 3.5, 1.4, 0.2)
            [void]$table.Rows.Add([System.DBNull]::Value, 3.5, 1.4, 0.2)
            [void]$table.Rows.Add(5.1, 3.5, 1.4, 0.2)
            {{rows}} | Invoke-BigMLPrediction $model
            """).Succeeded();
        Assert.Equal([_expected, Answer("@{ 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }"), _expected], result.ToJson());
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("'N/A'")]
    [InlineData("[System.DBNull]::Value")]
    [InlineData("[double]::NaN")]
    public void CellsThatAreMissing(string cell) =>
        Assert.Equal(
            Answer("@{ 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }"),
            Answer($"[pscustomobject]@{{ 'sepal length' = {cell}; 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }}"));

    [Fact]
    public void ADateIsATextOfItsOwnAndNoMisreadNumber()
    {
        RunResult result = _host.Run("@{ 'petal length' = [datetime]'2024-02-29' } | Invoke-BigMLPrediction $model");
        Assert.Contains("2024-02-29T00:00:00", result.Error.ErrorDetails.Message);
    }

    [Fact]
    public void ACategoryMayComeAsAnything()
    {
        _host.Import(ExampleModels.Linear);
        const string Row = "@{{ 'sepal length' = 5.1; 'sepal width' = 3.5; 'petal width' = 0.2; species = {0} }}";
        string asText = Answer(string.Format(System.Globalization.CultureInfo.InvariantCulture, Row, "'virginica'"));
        Assert.Equal(asText, Answer(string.Format(System.Globalization.CultureInfo.InvariantCulture, Row, "[psobject]'virginica'")));
        Assert.NotEqual(asText, Answer(string.Format(System.Globalization.CultureInfo.InvariantCulture, Row, "'versicolor'")));
    }

    [Fact]
    public void InputObjectTakesARowWithoutAPipeline() =>
        Assert.Equal(
            _expected,
            Assert.Single(_host.Run("Invoke-BigMLPrediction $model -InputObject @{ 'sepal length' = '5.1'; 'sepal width' = '3.5'; 'petal length' = '1.4'; 'petal width' = '0.2' }").Succeeded().ToJson()));

    /// <summary>A CSV file may have columns of any name: none of them may set a parameter.</summary>
    [Fact]
    public void NoColumnBindsToAParameter()
    {
        RunResult result = _host.Run(
            """
            $names = (Get-Command Invoke-BigMLPrediction).Parameters.Keys
            $row = [ordered]@{ 'sepal length' = '5.1'; 'sepal width' = '3.5'; 'petal length' = '1.4'; 'petal width' = '0.2' }
            foreach ($name in $names) { $row[$name] = 'Threshold' }
            [pscustomobject]$row | Invoke-BigMLPrediction $model
            (Get-Command Invoke-BigMLPrediction).ParameterSets.Parameters | Where-Object ValueFromPipelineByPropertyName
            """).Succeeded();
        Assert.Equal(WithoutUnused(_expected), WithoutUnused((string)Assert.Single(result.Output).Methods["ToJson"].Invoke()));
    }

    private static string WithoutUnused(string json) => json[..json.IndexOf(",\"unused_fields\"", System.StringComparison.Ordinal)];

    private string Answer(string row) =>
        _host.Run($"& {{ {row} }} | Invoke-BigMLPrediction $model -WarningAction SilentlyContinue").Succeeded().ToJson().Single();
}
