using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Linear;

/// <summary>Linear regressions written by hand; the expected numbers are those of the bindings 9.8.3.</summary>
public class LinearRegressionTests
{
    private const string Coefficients = "[[0.5], [3], [1], [2], [4], [0.25], [1.5], [-2], [0.125], [7], [-7], [0.0625], [10]]";
    private const string Dummy = """[{"field": "000001", "coding": "dummy", "dummy_class": "Bern"}]""";

    /// <summary>Twelve estimated coefficients: a dominant diagonal.</summary>
    private static string Matrix { get; } = "[" + string.Join(",", Enumerable.Range(0, 12).Select(i => "[" + string.Join(",", Enumerable.Range(0, 12)
        .Select(j => NumberFormatter.Shortest(i == j ? 5.0 + i : 0.25 / (1 + System.Math.Abs(i - j))))) + "]")) + "]";

    private static string Stats(string? matrix = null, int samples = 40) => $$"""{"mean_squared_error": 2.5, "number_of_samples": {{samples}}, "xtx_inverse": {{matrix ?? Matrix}}}""";

    private static BigMLModel Model(string coefficients = Coefficients, string codings = Dummy, string stats = "null", string bias = "true", string more = "", int missingAges = 2)
        => ModelText.Load(RegressionText.Resource("linearregression", "linear_regression", $$"""
            {"coefficients": {{coefficients}}, "field_codings": {{codings}}, "stats": {{stats}}, "bias": {{bias}}, "number_of_parameters": 12,
             "fields": {{RegressionText.Fields(RegressionText.Number, missingAges)}}}
            """, more));

    private static Regression Predict(BigMLModel model, int row) => (Regression)model.Predict(ModelText.Row(RegressionText.Rows[row]));

    [Fact]
    public void AddsUpColumnsAndGivesBounds()
    {
        (double Prediction, double Confidence, double Interval)[] expected =
        [
            (47, 72.48924372283523, 72.56156272473052), (13.4375, 2.2499028597904465, 3.9436014536065436),
            (30.75, 60.14222077471377, 60.229367000333056), (23.3125, 43.49770890960718, 43.618122494340746),
        ];
        BigMLModel model = Model(stats: Stats());
        for (int row = 0; row < expected.Length; row++)
        {
            Regression answer = Predict(model, row);
            Assert.Equal(expected[row].Prediction, answer.Prediction);
            Assert.Equal(expected[row].Confidence, answer.ConfidenceInterval!.Value, 1e-9);
            Assert.Equal(expected[row].Interval, answer.PredictionInterval!.Value, 1e-9);
            Assert.True(answer.IntervalsValid);
        }
    }

    [Fact]
    public void CodingsProjectTheCategoriesAndTheConstantIsAddedWithoutBias()
    {
        BigMLModel model = Model("[[0.5], [3], [1], [2], [1.5], [-2], [0.125], [7], [-7], [0.0625], [10]]", RegressionText.Contrast, bias: "false");
        Assert.Equal([45, 14.1875, 30.75, 24.0625], Enumerable.Range(0, 4).Select(row => Predict(model, row).Prediction));
        Assert.Null(Predict(model, 0).IntervalsValid);
    }

    [Fact]
    public void ANegativeProductGivesBoundsThatAreNotValid()
    {
        string negative = Matrix.Replace("[", "[-").Replace("[-[-", "[[-").Replace(",", ",-").Replace(",-[-", ",[-");
        Regression answer = Predict(Model(stats: Stats(negative)), 0);
        Assert.Equal((0.0, 0.0, false), (answer.ConfidenceInterval, answer.PredictionInterval, answer.IntervalsValid));
    }

    [Theory]
    [InlineData(12)] // as many samples as parameters: no degrees of freedom
    [InlineData(3)]
    public void TooFewSamplesGiveBoundsThatAreNotValid(int samples)
        => Assert.False(Predict(Model(stats: Stats(samples: samples)), 0).IntervalsValid);

    [Fact]
    public void AFieldThatWasNeverMissingIsRequired()
    {
        string flat = "[[0.5], [1], [2], [4], [0.25], [1.5], [-2], [0.125], [7], [-7], [0.0625], [10]]";
        BigMLModel strict = Model(flat, missingAges: 0);
        RowException error = Assert.Throws<RowException>(() => strict.Predict(ModelText.Row("{}")));
        Assert.Equal("Failed to predict. Input data must contain values for field 'age' to get a prediction.", error.Message);
        Assert.Equal("age", error.Field);
        Assert.Equal(
            ((Regression)strict.Predict(ModelText.Row("{\"age\": 40}"))).Prediction,
            ((Regression)Model(flat, missingAges: 0, more: "\"default_numeric_value\": \"mean\",").Predict(ModelText.Row("{}"))).Prediction);
        // Neither an unknown category nor a text without terms is missing; the weight field may be.
        BigMLModel weighed = Model(flat, missingAges: 0, more: "\"weight_field\": \"000000\",");
        Assert.Equal(10.0625, ((Regression)weighed.Predict(ModelText.Row("""{"city": "Nowhere", "note": "x"}"""))).Prediction);
    }

    [Fact]
    public void TheNumberAloneIsTheBindingsAnswerWithoutFull()
    {
        BigMLModel model = Model();
        Assert.Equal("47", model.Answer(RegressionText.Rows[0]));
        Assert.Equal("[47]", model.Answer(RegressionText.Rows[0], new PredictionOptions { Form = AnswerForm.Probabilities, Compact = true }));
        Assert.Equal("""{"prediction":47,"unused_fields":[]}""", model.Answer(RegressionText.Rows[0], new PredictionOptions { Form = AnswerForm.Probabilities }));
    }

    [Theory]
    [InlineData("[[1], [2]]", "null", "$.linear_regression.coefficients")]
    [InlineData("[[1], [true]]", "null", "$.linear_regression.coefficients[1][0]")]
    [InlineData(Coefficients, """{"xtx_inverse": [[1]]}""", "$.linear_regression.stats.xtx_inverse")]
    public void WhatDoesNotFitIsNamedByPlace(string coefficients, string stats, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Model(coefficients, stats: stats)).JsonPath);

    [Fact]
    public void OptionsOfOtherTypesAreRefusedByName()
    {
        BigMLModel model = Model();
        Refuses(new PredictionOptions { OperatingKind = OperatingKind.Probability }, "OperatingKind");
        Refuses(new PredictionOptions { MissingStrategy = MissingStrategy.Proportional }, "MissingStrategy");
        Refuses(new PredictionOptions { Form = AnswerForm.Confidences }, "Confidences");

        void Refuses(PredictionOptions options, string what)
            => Assert.Contains(what, Assert.Throws<OptionException>(() => model.CreatePredictor(options)).Message);
    }

    [Fact]
    public void PredictingAllocatesNothingPerRow()
        => Allocations.AreNone(Model(stats: Stats()), ["age", "city"], (predictor, row) =>
        {
            predictor.Set(0, Cell.Number(row));
            predictor.Set(1, (row & 1) == 0 ? "Ulm" : "Bern");
        });
}
