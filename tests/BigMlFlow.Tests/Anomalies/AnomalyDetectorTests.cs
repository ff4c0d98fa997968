using System;
using System.Globalization;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using Xunit;

namespace BigMlFlow.Tests.Anomalies;

/// <summary>Anomaly scores: how deep a row comes in trees that are small enough to follow by hand, and what a depth scores.</summary>
public sealed class AnomalyDetectorTests
{
    private const string Young = """{"predicates": [{"op": "<=", "field": "000000", "value": 30}]}""";
    private const string Old = """{"predicates": [{"op": ">", "field": "000000", "value": 30}], "weight": 3}""";
    private const string Split = $$"""{"predicates": [true], "children": [{{Young}}, {{Old}}]}""";

    [Theory]
    [InlineData("""{"age": 20}""", 2)]
    [InlineData("""{"age": 40}""", 4)]
    [InlineData("{}", 1)] // no child is entered
    public void EachNodeDeepensByItsWeight(string row, double depth) => AssertDepth(depth, Split, row);

    [Fact]
    public void DepthsAreAveragedOverTheTrees() => AssertDepth((2 + 3 + 1) / 3.0, Split + """}, {"root": {"weight": 3}}, {"root": {"predicates": true}""", """{"age": 20}""");

    [Theory]
    [InlineData("""{"age": 20, "colour": "red"}""", 5)]
    [InlineData("""{"age": 20, "colour": "blue"}""", 2)] // one predicate does not hold: the next child
    [InlineData("""{"age": 40, "colour": "red"}""", 1)]
    public void AChildIsEnteredIfAllItsPredicatesHold(string row, double depth)
        => AssertDepth(depth, $$"""{"children": [{"weight": 4, "predicates": [true, {"op": "<=", "field": "000000", "value": 30}, {"op": "=", "field": "000001", "value": "red"}]}, {{Young}}]}""", row);

    [Fact]
    public void ARootWhosePredicatesFailIsNotEntered() => AssertDepth(0, Old, """{"age": 20}""");

    [Theory]
    [InlineData("{\"op\": \"<=*\", \"field\": \"000000\", \"value\": 30}", "{}", true)]
    [InlineData("{\"op\": \"=\", \"field\": \"000000\", \"value\": null}", "{}", true)]
    [InlineData("{\"op\": \"!=\", \"field\": \"000000\", \"value\": null}", "{\"age\": 1}", true)]
    [InlineData("{\"op\": \"!=\", \"field\": \"000000\", \"value\": null}", "{}", false)]
    [InlineData("{\"op\": \"in\", \"field\": \"000001\", \"value\": [\"blue\", null]}", "{}", true)]
    [InlineData("{\"op\": \"in\", \"field\": \"000001\", \"value\": [\"blue\"]}", "{\"colour\": \"blue\"}", true)]
    [InlineData("{\"op\": \"in\", \"field\": \"000001\", \"value\": [\"blue\"]}", "{\"colour\": \"red\"}", false)]
    [InlineData("{\"op\": \"/=\", \"field\": \"000001\", \"value\": \"red\"}", "{\"colour\": \"mauve\"}", true)]
    [InlineData("{\"op\": \">\", \"field\": \"000002\", \"term\": \"tea\", \"value\": 1}", "{\"text\": \"Tea, teas\"}", true)] // teas is a form of it
    [InlineData("{\"op\": \">\", \"field\": \"000002\", \"term\": \"tea\", \"value\": 1}", "{\"text\": \"Tea, team\"}", false)]
    [InlineData("{\"op\": \"<=\", \"field\": \"000002\", \"term\": \"tea\", \"value\": 0}", "{}", true)] // a missing text is an empty one
    [InlineData("{\"op\": \">=\", \"field\": \"000003\", \"term\": \"a\", \"value\": 1}", "{\"basket\": \"b;a\"}", true)]
    [InlineData("{\"op\": \">=\", \"field\": \"000003\", \"term\": \"a\", \"value\": 1}", "{\"basket\": \"b a\"}", false)]
    public void AsksWhatTreesAsk(string predicate, string row, bool holds)
        => AssertDepth(holds ? 1 : 0, $$"""{"predicates": [{{predicate}}]}""", row);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)] // a correction of 1 at least
    [InlineData(100, 9.36473814)] // 1 + 2 (0.5772156649 + ln 99 - 99/100)
    public void RepeatsCanCountAsDepth(int population, double depth)
        => AssertDepth(depth, "{\"population\": " + population + "}", "{}", "\"normalize_repeats\": true");

    [Fact]
    public void RepeatsCountAtLeavesAlone()
        => AssertDepth(1, """{"population": 100, "children": [{"population": 100, "predicates": [{"op": "<", "field": "000000", "value": 1}]}]}""", "{}", "\"normalize_repeats\": true");

    [Theory]
    [InlineData("\"mean_depth\": 3, \"normalization_factor\": 0.5", 100, 0.5)]
    [InlineData("\"mean_depth\": 3", 100, 3)]
    [InlineData("\"mean_depth\": 30", 100, 8.36473814)] // 2 (0.5772156649 + ln 99 - 99/100)
    [InlineData("\"mean_depth\": 30, \"normalization_factor\": null", 2, 0.1544313298)]
    public void TheNormIsGivenOrThatOfARandomTree(string norm, int sample, double expected)
    {
        BigMLModel model = ModelText.Load(Resource("{\"weight\": 0.25}", norm: norm, sample: sample));
        Assert.Equal(Math.Pow(2, -0.25 / expected), Score(model, "{}"), 5);
    }

    [Fact]
    public void OneInstanceMakesEveryRowAnAnomaly()
    {
        BigMLModel model = ModelText.Load(Resource(Split, norm: "\"mean_depth\": 3", sample: 1));
        Assert.Equal(1, Score(model, """{"age": 20}"""));
        Assert.Equal(1, Score(model, """{"age": "old"}"""));
        Assert.Equal(0.5, Score(ModelText.Load(Resource(Split, norm: "\"mean_depth\": 3, \"normalization_factor\": 2", sample: 1)), """{"age": 20}"""));
    }

    [Theory]
    [InlineData("\"default_numeric_value\": \"mean\"", 4)]
    [InlineData("\"default_numeric_value\": \"zero\"", 2)]
    [InlineData("\"default_numeric_value\": \"median\"", 1)] // not in the summary: still missing
    [InlineData("\"default_numeric_value\": \"mean\", \"id_fields\": [\"000000\"]", 1)]
    [InlineData("\"default_numeric_value\": null", 1)]
    public void DefaultsStandInForMissingNumbers(string options, double depth) => AssertDepth(depth, Split, "{}", options);

    [Fact]
    public void AnswersAsTheBindingsDo()
    {
        BigMLModel model = ModelText.Load(Resource(Split));
        Assert.Equal("0.5", model.Answer("""{"age": 20}"""));
        Prediction full = model.Predict(ModelText.Row("""{"age": 20}"""));
        Assert.Equal("""{"score":0.5}""", full.ToJson());
        Assert.Equal("0.5", full.ToString());
        Assert.Equal(1, model.ModelCount);
        Predictor predictor = model.CreatePredictor();
        predictor.Bind(["age"]);
        predictor.Set(0, "40".AsSpan());
        Assert.Equal(0.25, predictor.PredictCompact().Number);
    }

    [Fact]
    public void TellsWhatItRefuses()
    {
        BigMLModel model = ModelText.Load(Resource(Split));
        Assert.Contains("An anomaly detector has no option ScoreBy", Assert.Throws<OptionException>(() => model.CreatePredictor(new PredictionOptions { ScoreBy = "lift" })).Message);
        Assert.Contains("\"age\" for value old.", Assert.Throws<RowException>(() => model.Predict(ModelText.Row("""{"age": "old"}"""))).Message);
        BigMLModel heavy = ModelText.Load(Resource("{\"weight\": -1e300}"));
        Assert.Contains("no number", Assert.Throws<RowException>(() => heavy.Predict([])).Message);
    }

    [Theory]
    [InlineData("3", "$.model.trees[0].root")]
    [InlineData("{\"children\": [3]}", "$.model.trees[0].root.children[0]")]
    [InlineData("{\"children\": {}}", "$.model.trees[0].root.children")]
    [InlineData("{\"weight\": \"heavy\"}", "$.model.trees[0].root.weight")]
    [InlineData("{\"predicates\": {\"op\": \"<\"}}", "$.model.trees[0].root.predicates")]
    [InlineData("{\"predicates\": [false]}", "$.model.trees[0].root.predicates[0].op")]
    [InlineData("{\"predicates\": [{\"op\": \"~\", \"field\": \"000000\", \"value\": 1}]}", "$.model.trees[0].root.predicates[0].op")]
    [InlineData("{\"predicates\": [{\"op\": \"<\", \"field\": \"00000f\", \"value\": 1}]}", "$.model.trees[0].root.predicates[0]")]
    [InlineData("{\"predicates\": [{\"op\": \"<\", \"field\": \"000000\", \"value\": \"1\"}]}", "$.model.trees[0].root.predicates[0]")]
    [InlineData("{\"predicates\": [{\"op\": \"in\", \"field\": \"000001\", \"value\": [[1]]}]}", "$.model.trees[0].root.predicates[0].value[0]")]
    public void NamesThePlaceInAMalformedResource(string root, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => ModelText.Load(Resource(root))).JsonPath);

    [Theory]
    [InlineData("\"mean_depth\": 3, \"normalization_factor\": 0", 9, "$.model.normalization_factor")]
    [InlineData("\"mean_depth\": 0", 9, "$.model.mean_depth")]
    [InlineData("\"mean_depth\": 3", 0, "$.sample_size")]
    [InlineData("\"kind\": \"iforest\"", 9, "$.model.mean_depth")]
    public void NamesAMalformedNorm(string norm, int sample, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => ModelText.Load(Resource(Split, norm: norm, sample: sample))).JsonPath);

    [Fact]
    public void DeepTreesAreReadAndFollowedWithoutRecursion()
    {
        AssertDepth(1501, Nested(1500), "{}", norm: 1000);
        Assert.Throws<ResourceException>(() => ModelText.Load(Resource(Nested(100_000))));
    }

    [Fact]
    public void PredictingAllocatesNothingPerRow()
        => Allocations.AreNone(ModelText.Load(Resource(Split)), ["age", "colour"], (predictor, row) =>
        {
            predictor.Set(0, Cell.Number(row));
            predictor.Set(1, (row & 1) == 0 ? "red" : "blue");
        });

    private static string Nested(int depth)
        => string.Concat(Enumerable.Repeat("{\"children\": [", depth)) + "{}" + string.Concat(Enumerable.Repeat("]}", depth));

    /// <summary>A row comes so deep as to score 2 to the power of minus the depth over the norm.</summary>
    private static void AssertDepth(double depth, string root, string row, string options = "\"id_fields\": []", double norm = 2)
    {
        BigMLModel model = ModelText.Load(Resource(root, options, string.Format(CultureInfo.InvariantCulture, "\"mean_depth\": 3, \"normalization_factor\": {0}", norm)));
        Assert.Equal(Math.Pow(2, -depth / norm), Score(model, row), 5);
    }

    private static double Score(BigMLModel model, string row) => Assert.IsType<AnomalyScore>(model.Predict(ModelText.Row(row))).Score;

    private static string Resource(string root, string options = "\"id_fields\": []", string norm = "\"mean_depth\": 3, \"normalization_factor\": 2", int sample = 100) => """
        {"code": 200, "resource": "anomaly/5f1e000000000000000000aa", "status": {"code": 5}, OPTIONS, "sample_size": SAMPLE,
         "input_fields": ["000000", "000001", "000002", "000003"],
         "model": {NORM,
            "fields": {
                "000000": {"name": "age", "optype": "numeric", "column_number": 0, "summary": {"mean": 31.5}},
                "000001": {"name": "colour", "optype": "categorical", "column_number": 1, "summary": {"categories": [["red", 1], ["blue", 1]]}},
                "000002": {"name": "text", "optype": "text", "column_number": 2, "term_analysis": {"case_sensitive": false}, "summary": {"term_forms": {"tea": ["teas"]}}},
                "000003": {"name": "basket", "optype": "items", "column_number": 3, "item_analysis": {"separator": ";"}, "summary": {}}},
            "trees": [{"root": ROOT}]}}
        """.Replace("OPTIONS", options).Replace("NORM", norm).Replace("SAMPLE", sample.ToString(CultureInfo.InvariantCulture)).Replace("ROOT", root);
}
