using System;
using System.IO;
using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>The types of models that answer with something else than a class or a number: what they take, and how it shows.</summary>
public sealed class KindTests : IClassFixture<ModuleHost>, IDisposable
{
    private const string Series = """
        {"resource": "timeseries/5f1e000000000000000000aa", "objective_field": "000000", "input_fields": ["000000"], "time_series": {
            "fields": {"000000": {"name": "sales", "optype": "numeric"}},
            "ets_models": {"000000": [{"name": "A,A,N", "final_state": {"l": 10, "b": 2}, "aic": 1}, {"name": "naive", "value": [7], "aic": 2}]}}}
        """;

    private const string Topics = """
        {"resource": "topicmodel/5f1e000000000000000000aa", "input_fields": ["000000"], "topic_model": {
            "alpha": 1, "beta": 0.1, "hashed_seed": 1, "language": null, "bigrams": false, "case_sensitive": false,
            "fields": {"000000": {"name": "text", "optype": "text"}}, "termset": ["cat"], "term_topic_assignments": [[3, 3]],
            "topics": [{"name": "pets"}, {"name": "cars"}]}}
        """;

    private const string Rules = """
        {"resource": "association/5f1e000000000000000000aa", "input_fields": ["000000"], "associations": {
            "fields": {"000000": {"name": "tea", "optype": "categorical", "summary": {"categories": []}}, "000001": {"name": "cake", "optype": "categorical", "summary": {"categories": []}}},
            "items": [{"field_id": "000000", "name": "green"}, {"field_id": "000001", "name": "plum"}, {"field_id": "000001", "name": "rye"}],
            "rules": [{"id": "000001", "lhs": [0], "rhs": [1], "leverage": 0.25, "lift": 2}, {"id": "000002", "lhs": [0], "rhs": [2], "leverage": 0.125, "lift": 4}]}}
        """;

    private readonly ModuleHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    public KindTests(ModuleHost host) => _host = host;

    [Theory]
    [InlineData("@{ sales = @{ horizon = 2 } }")]
    [InlineData("[pscustomobject]@{ sales = [pscustomobject]@{ horizon = 2 } }")]
    [InlineData("[pscustomobject]@{ sales = [psobject]@{ horizon = [psobject]2 } }")]
    [InlineData("@{ sales = [pscustomobject]@{ horizon = 2; ets_models = [pscustomobject]@{ names = @([psobject]'A,A'); indices = [psobject]@() } } }")]
    [InlineData("[pscustomobject]@{ sales = '2' }")]
    public void TimeSeriesTakeRequestsOfAnyKind(string row)
    {
        Import(Series);
        Assert.Equal(["""{"forecast":{"000000":[{"model":"A,A,N","point_forecast":[12,14]}]}}"""], _host.Run($"{row} | Invoke-BigMLPrediction $model").Succeeded().ToJson());
    }

    [Fact]
    public void TheRequestIsKeptWithTheInput()
    {
        Import(Series);
        RunResult result = _host.Run("[pscustomobject]@{ sales = [pscustomobject]@{ horizon = 2 } } | Invoke-BigMLPrediction $model -IncludeInput | ForEach-Object { $_.sales.horizon; $_.PointForecast.ToString() }").Succeeded();
        Assert.Equal(["2", "12, 14"], result.Output.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData(Series, "@{ sales = @{ horizon = 2 } }", "Field Model PointForecast", "sales A,A,N 12, 14")]
    [InlineData(Topics, "@{ text = 'none' }", "Topic Probability Topics", "pets 0.50000 pets: 0.5, cars: 0.5")]
    [InlineData(Rules, "@{ tea = 'green' }", "Field Item Score Items", "cake plum 0.25000 cake = plum (0.25), cake = rye (0.125)")]
    [InlineData(Rules, "@{ tea = 'black' }", "Field Item Score Items", "")]
    public void Shows(string resource, string row, string header, string line)
    {
        Import(resource);
        AssertShows(row, header, line);
    }

    [Fact]
    public void ShowsScoresCentroidsAndProjections()
    {
        const string row = "@{ 'sepal length' = 5.1; 'sepal width' = 3.5; 'petal length' = 1.4; 'petal width' = 0.2 }";
        _host.Import(Path.Combine(Project.Examples, "models", "iris-anomaly.json"));
        AssertShows(row, "Score", @"0\.\d{5}");
        _host.Import(Path.Combine(Project.Examples, "models", "iris-cluster.json"));
        AssertShows(row, "CentroidName Distance CentroidId", @"\S.* \d+\.\d{5} \S+");
        _host.Import(Path.Combine(Project.Examples, "models", "iris-pca.json"));
        AssertShows(row, "Components", @"-?\d+\.\d+, .*\d");
    }

    [Fact]
    public void OptionsReachTheModelThatHasThem()
    {
        Import(Rules);
        Assert.Equal(["rye"], _host.Run("(@{ tea = 'green' } | Invoke-BigMLPrediction $model -ScoreBy lift).Item").Succeeded().Output.Select(value => value.ToString()));
        Assert.Equal(["1"], _host.Run("(@{ tea = 'green' } | Invoke-BigMLPrediction $model -MaxItems 1).Items.Count").Succeeded().Output.Select(value => value.ToString()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Import(string resource)
    {
        string path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(path, resource);
        _host.Import(path);
    }

    private void AssertShows(string row, string header, string line)
    {
        string[] lines = _host.Show($"{row} | Invoke-BigMLPrediction $model").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(header, OneSpace(lines[0]));
        string shown = lines.Length > 2 ? OneSpace(lines[2]) : string.Empty;
        if (shown != line)
            Assert.Matches("^" + line + "$", shown);
    }

    private static string OneSpace(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
