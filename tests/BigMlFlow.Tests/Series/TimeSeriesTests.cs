using System.Collections;
using System.Collections.Generic;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Series;

/// <summary>Forecasts: the formulae by hand, what a row may ask for, and what it may not.</summary>
public sealed class TimeSeriesTests
{
    private static readonly BigMLModel Model = ModelText.Load(Resource(
        """
        {"name": "naive", "value": [1, 2], "aic": 9},
        {"name": "drift", "value": 10, "slope": -1, "aic": 2},
        {"name": "A,N,N", "final_state": {"l": 3.5}, "aic": 5},
        {"name": "A,A,A", "final_state": {"l": 3.5, "b": 0.5, "s": [1, 2]}, "bic": 1},
        {"name": "M,Ad,M", "final_state": {"l": 1, "b": 2, "s": [3]}, "phi": 0.5, "bic": 0},
        {"name": "M,M,N", "final_state": {"l": 2, "b": 3}},
        {"name": "M,Md,A", "final_state": {"l": 2, "b": 4, "s": [1]}, "phi": 0.5}
        """));

    [Theory]
    [InlineData("naive", "[1,2,1]")]
    [InlineData("drift", "[9,8,7]")]
    [InlineData("A,N,N", "[3.5,3.5,3.5]")]
    [InlineData("A,A,A", "[6,5.5,7]")] // 3.5 + h/2, and the seasons 2, 1, 2
    [InlineData("M,Ad,M", "[6,7.5,8.25]")] // (1 + 2 (0.5 + 0.25 …)) 3
    [InlineData("M,M,N", "[6,18,54]")]
    [InlineData("M,Md,A", "[5,6.65685,7.72717]")] // 2 · 4^(0.5 + 0.25 …) + 1
    public void FollowsTheFormula(string name, string points)
        => Assert.Equal(
            $$"""{"000000":[{"model":"{{name}}","point_forecast":{{points}}}]}""",
            Model.Answer("""{"sales": {"horizon": 3, "ets_models": {"names": ["^NAME$"]}}}""".Replace("NAME", name)));

    [Theory]
    [InlineData("""{"horizon": 1}""", "drift")]
    [InlineData("""{"horizon": 1, "ets_models": {}}""", "drift")]
    [InlineData("""{"horizon": 1, "ets_models": null}""", "drift")]
    [InlineData("1", "drift")]
    [InlineData("\"1\"", "drift")]
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [2, 0, 99]}}""", "naive A,N,N")]
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [2], "names": ["^n", "N,N"]}}""", "A,N,N naive")]
    [InlineData("""{"horizon": 1, "ets_models": {"names": ["nothing"]}}""", "")]
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [0, 1, 2, 3], "criterion": "aic"}}""", "drift A,N,N naive A,A,A")]
    [InlineData("""{"horizon": 1, "ets_models": {"criterion": "bic", "limit": 2}}""", "M,Ad,M A,A,A")]
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [0, 1, 2], "criterion": "aic", "limit": -1}}""", "drift A,N,N")]
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [0, 1], "limit": 1}}""", "naive drift")] // no limit without a criterion
    [InlineData("""{"horizon": 1, "ets_models": {"indices": [0, 1], "criterion": "none"}}""", "naive drift")]
    public void ChoosesSubmodels(string request, string names)
    {
        var forecast = Assert.IsType<Forecast>(Model.Predict(ModelText.Row($$"""{"000000": {{request}}, "other": 1}""")));
        var models = new List<string>();
        foreach (SubmodelForecast each in forecast.Forecasts)
            models.Add(each.Model);
        Assert.Equal(names, string.Join(" ", models));
    }

    [Fact]
    public void TakesHashtables()
    {
        var request = new Hashtable { ["horizon"] = 2, ["ets_models"] = new Hashtable { ["names"] = "drift", ["indices"] = new object[] { 0 } } };
        var forecast = (Forecast)Model.Predict([new("sales", request)]);
        Assert.Equal("sales (naive): 1, 2; sales (drift): 9, 8", forecast.ToString());
        Assert.Equal(("sales", "naive", "1, 2"), (forecast.Field, forecast.Model, forecast.PointForecast!.ToString()));
    }

    [Fact]
    public void AnEmptyRequestIsAnsweredByTheStoredForecast()
    {
        Assert.Equal("""{"000000":[{"model":"A,N,N","point_forecast":[0.123456789]}]}""", Model.Answer("{}"));
        Assert.Equal("""{"000000":[{"model":"A,N,N","point_forecast":[0.123456789]}]}""", Model.Answer("""{"sales": null, "note": "x"}"""));
        Assert.Equal("""{"forecast":{"000000":[{"model":"A,N,N","point_forecast":[0.123456789]}]}}""", Model.Predict([]).ToJson());
    }

    [Fact]
    public void ARequestForNoFieldHasNoForecast()
    {
        Assert.Equal("{}", Model.Answer("""{"unknown": {"horizon": 2}}"""));
        Assert.Null(((Forecast)Model.Predict(ModelText.Row("""{"unknown": {"horizon": 2}}"""))).PointForecast);
    }

    [Theory]
    [InlineData("""{"sales": {}}""", "horizon")]
    [InlineData("""{"unknown": {}}""", "horizon")]
    [InlineData("""{"sales": [3]}""", "dictionary")]
    [InlineData("""{"sales": "soon"}""", "soon")]
    [InlineData("""{"sales": 2.5}""", "2.5")]
    [InlineData("""{"sales": {"horizon": 2.5}}""", "whole number")]
    [InlineData("""{"sales": {"horizon": 1000001}}""", "too long")]
    [InlineData("""{"sales": {"horizon": 1e300}}""", "too long")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": [1]}}""", "ets_models")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"index": [1]}}}""", "Only indices, names, criterion, limit allowed")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"indices": ["a"]}}}""", "indices")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"names": [1]}}}""", "names")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"names": ["("]}}}""", "regular expressions")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"criterion": 1}}}""", "criterion")]
    [InlineData("""{"sales": {"horizon": 2, "ets_models": {"criterion": "aic", "limit": "few"}}}""", "limit")]
    [InlineData("""{"sales": {"horizon": 900, "ets_models": {"names": ["M,M"]}}}""", "from step 646 on")] // 2 · 3^646 is too large
    public void RefusesOtherRequests(string row, string part)
        => Assert.Contains(part, Assert.Throws<RowException>(() => Model.Predict(ModelText.Row(row))).Message);

    [Fact]
    public void ARefusedRowDoesNotSpoilTheNext()
    {
        Predictor predictor = Model.CreatePredictor();
        Assert.Throws<RowException>(() => predictor.Predict(ModelText.Row("""{"sales": {}}""")));
        Assert.Equal("sales (drift): 9", predictor.Predict(ModelText.Row("""{"sales": {"horizon": 1}}""")).ToString());
    }

    [Fact]
    public void NamesTheOptionThatItHasNot()
    {
        var error = Assert.Throws<OptionException>(() => Model.CreatePredictor(new PredictionOptions { MaxItems = 3 }));
        Assert.Contains("time series", error.Message);
        Assert.Contains("MaxItems", error.Message);
    }

    [Theory]
    [InlineData("""{"name": "A,X,N"}""", "$.object.time_series.ets_models.000000[0].name")]
    [InlineData("""{"name": "naive", "value": []}""", "$.object.time_series.ets_models.000000[0].value")]
    [InlineData("""{"name": "naive", "value": 3}""", "$.object.time_series.ets_models.000000[0].value")]
    [InlineData("""{"name": "drift", "value": 3}""", "$.object.time_series.ets_models.000000[0].slope")]
    [InlineData("""{"name": "A,N,A", "final_state": {"s": [1, "a"]}}""", "$.object.time_series.ets_models.000000[0].final_state.s[1]")]
    [InlineData("3", "$.object.time_series.ets_models.000000[0].name")]
    public void NamesThePlaceInAMalformedResource(string submodel, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => ModelText.Load(Resource(submodel))).JsonPath);

    private static string Resource(string submodels) => """
        {"code": 200, "resource": "timeseries/5f1e000000000000000000aa", "object": {
            "status": {"code": 5}, "objective_field": "000000", "objective_fields": ["000000"], "input_fields": ["000000"],
            "forecast": {"000000": [{"model": "A,N,N", "point_forecast": [0.123456789], "lower_bound": [0]}]},
            "time_series": {
                "fields": {"000000": {"name": "sales", "optype": "numeric", "column_number": 0}},
                "ets_models": {"000000": [SUBMODELS]}}}}
        """.Replace("SUBMODELS", submodels);
}
