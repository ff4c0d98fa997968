using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Logistic;

/// <summary>Logistic regressions written by hand; the expected numbers are those of the bindings 9.8.3.</summary>
public class LogisticRegressionTests
{
    private const string Grouped = """
        [["yes", [[0.05, -0.3], [0.5, -0.25, 0.125, 0.75], [1.25, -1, 0.5], [0.3, -0.2, 0.1], [-0.5]]],
         ["no", [[-0.05, 0.3], [-0.5, -0.25, 0.125, -0.75], [1.25, 1, 0.5], [0.3, 0.2, 0.1], [0.5]]],
         ["maybe", [[0.025, -0.15], [0.25, -0.25, 0.125, 0.375], [1.25, -0.5, 0.5], [0.3, -0.1, 0.1], [-0.25]]]]
        """;

    private const string Flat = """
        {"yes": [0.05, -0.3, 0.5, -0.25, 0.125, 0.75, 1.25, -1, 0.5, 0.3, -0.2, 0.1, -0.5],
         "no": [-0.05, 0.3, -0.5, -0.25, 0.125, -0.75, 1.25, 1, 0.5, 0.3, 0.2, 0.1, 0.5],
         "maybe": [0.025, -0.15, 0.25, -0.25, 0.125, 0.375, 1.25, -0.5, 0.5, 0.3, -0.1, 0.1, -0.25]}
        """;

    private static BigMLModel Model(string coefficients = Grouped, string settings = "\"missing_numerics\": true", string more = "")
        => ModelText.Load(RegressionText.Resource("logisticregression", "logistic_regression", $$"""
            {"coefficients": {{coefficients}}, {{settings}}, "fields": {{RegressionText.Fields(RegressionText.Classes)}}}
            """, more));

    private static Classification Predict(BigMLModel model, string row, PredictionOptions? options = null)
        => (Classification)model.Predict(ModelText.Row(row), options);

    private static void AgreesWith(BigMLModel model, params (string Class, double Probability)[] expected)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            Classification answer = Predict(model, RegressionText.Rows[row]);
            Assert.Equal(expected[row], (answer.Prediction, answer.Probability!.Value));
        }
    }

    [Theory]
    [InlineData(Grouped)]
    [InlineData(Flat)]
    public void BothNotationsOfTheCoefficientsMeanTheSame(string coefficients)
        => AgreesWith(Model(coefficients), ("yes", 0.36574), ("no", 0.34023), ("yes", 0.45535), ("yes", 0.422));

    [Fact]
    public void NormalizesAndBalances()
        => AgreesWith(
            Model(settings: "\"missing_numerics\": true, \"normalize\": true, \"balance_fields\": true"),
            ("no", 0.35565), ("no", 0.3371), ("no", 0.37953), ("no", 0.4027));

    [Fact]
    public void BiasAddsToTheNormAlone()
        => AgreesWith(
            Model(settings: "\"missing_numerics\": true, \"normalize\": true, \"bias\": false"),
            ("yes", 0.33817), ("no", 0.33748), ("yes", 0.33855), ("yes", 0.33679));

    [Theory]
    [InlineData(RegressionText.Contrast)]
    [InlineData("""{"000001": {"other": [[1, -1, 0, 0.5], [0.5, 0.5, -1, 0.25]]}}""")]
    [InlineData("""{"city": {"contrast": [[1, -1, 0, 0.5], [0.5, 0.5, -1, 0.25]]}}""")]
    public void CodingsProjectTheCategories(string codings)
        => AgreesWith(
            Model(settings: "\"missing_numerics\": true, \"field_codings\": " + codings),
            ("yes", 0.35192), ("no", 0.4132), ("yes", 0.45535), ("yes", 0.36651));

    [Fact]
    public void TheFullAnswerIsThatOfTheBindings()
        => Assert.Equal(
            """{"confidence":0.36574,"distribution":[{"category":"yes","probability":0.36574},{"category":"maybe","probability":0.36075},{"category":"no","probability":0.27352}],"prediction":"yes","probability":0.36574,"unused_fields":["000004","extra"]}""",
            Predict(Model(), RegressionText.Rows[0].Replace("}", ", \"class\": \"no\", \"extra\": 1}")).ToJson());

    [Fact]
    public void OtherFormsGiveEveryClassByName()
    {
        BigMLModel model = Model();
        Assert.Equal(["maybe", "no", "yes"], model.Classes);
        Assert.Equal(
            """[{"category":"maybe","probability":0.36075},{"category":"no","probability":0.27352},{"category":"yes","probability":0.36574}]""",
            model.Answer(RegressionText.Rows[0], new PredictionOptions { Form = AnswerForm.Probabilities }));
        Assert.Equal(
            "[0.36075,0.27352,0.36574]",
            model.Answer(RegressionText.Rows[0], new PredictionOptions { Form = AnswerForm.Confidences, Compact = true }));
        Assert.Equal("\"yes\"", model.Answer(RegressionText.Rows[0]));
    }

    [Theory]
    [InlineData("no", 0.27, "no", 0.27352)]
    [InlineData("no", 0.27352, "yes", 0.36574)] // strictly above
    [InlineData("yes", 0.9, "maybe", 0.36075)]
    public void AnOperatingPointDecides(string positive, double threshold, string expected, double probability)
    {
        Classification answer = Predict(Model(), RegressionText.Rows[0], new PredictionOptions { OperatingPoint = new OperatingPoint(positive, threshold) });
        Assert.Equal((expected, probability, probability), (answer.Prediction, answer.Probability, answer.Confidence));
        Assert.Null(answer.Distribution);
    }

    [Fact]
    public void AnOperatingKindReadsTheRowTwice()
    {
        // The bindings filter and cast again: the number has become a text that means a missing value, and the text is rounded.
        BigMLModel model = Model(settings: "\"missing_numerics\": true, \"missing_tokens\": [\"7\"]");
        var kind = new PredictionOptions { OperatingKind = OperatingKind.Probability };
        Assert.Equal(Predict(model, "{}").Probability, Predict(model, "{\"city\": 7}", kind).Probability);
        Assert.NotEqual(Predict(model, "{}").Probability, Predict(model, "{\"city\": 7}").Probability);
    }

    [Fact]
    public void EqualProbabilitiesFallBackOnTheSummarysOrder()
    {
        string same = """[["maybe", [[0, 0], [0, 0, 0, 0], [0, 0, 0], [0, 0, 0], [1]]], ["no", [[0, 0], [0, 0, 0, 0], [0, 0, 0], [0, 0, 0], [1]]], ["yes", [[0, 0], [0, 0, 0, 0], [0, 0, 0], [0, 0, 0], [1]]]]""";
        Classification answer = Predict(Model(same), "{}");
        Assert.Equal("yes", answer.Prediction);
        Assert.Equal(["yes", "no", "maybe"], answer.Distribution!.Select(entry => (string)entry.Value));
        Assert.Equal("yes", Predict(Model(same), "{}", new PredictionOptions { OperatingKind = OperatingKind.Probability }).Prediction);
    }

    [Fact]
    public void AMissingNumberIsRefusedUnlessTheModelKnowsMissingNumbers()
    {
        // Without missing numbers the flat notation has one coefficient less a field.
        string flat = """{"yes": [0.05, 0.5, -0.25, 0.125, 0.75, 1.25, -1, 0.5, 0.3, -0.2, 0.1, -0.5], "no": [-0.05, 0.5, -0.25, 0.125, -0.75, 1.25, 1, 0.5, 0.3, 0.2, 0.1, 0.5]}""";
        string refusal = "Failed to predict. Input data must contain values for all numeric fields to get a prediction.";
        BigMLModel strict = Model(flat, "\"missing_numerics\": false");
        Assert.Equal(refusal, Assert.Throws<RowException>(() => strict.Predict(ModelText.Row("{}"))).Message);
        Classification filled = Predict(Model(flat, "\"missing_numerics\": false", "\"default_numeric_value\": \"median\","), "{}");
        Assert.Equal(Predict(strict, "{\"age\": 38}").ToJson(), filled.ToJson());
        // The weight field may be missing: it adds nothing then.
        Assert.NotNull(Predict(Model(flat, "\"missing_numerics\": false", "\"weight_field\": \"000000\","), "{}").Prediction);
    }

    [Fact]
    public void ClassesThatAllRoundToNothingStillShareTheWhole()
    {
        string tiny = """{"yes": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -800], "no": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -801]}""";
        Classification answer = Predict(Model(tiny), "{}");
        Assert.Equal(("yes", 0.73106), (answer.Prediction, answer.Probability)); // 1 / (1 + 1/e)
    }

    [Fact]
    public void NumbersTooLargeAreRefused()
        => Assert.Contains("too large", Assert.Throws<RowException>(() => Model(settings: "\"missing_numerics\": true, \"balance_fields\": false", coefficients: Flat.Replace("[0.05", "[0")).Predict(ModelText.Row("""{"age": "1e400"}"""))).Message);

    [Theory]
    [InlineData("[]", "$.logistic_regression.coefficients")]
    [InlineData("""[["yes", [[0.05]]]]""", "$.logistic_regression.coefficients[0][1][0]")]
    [InlineData("""[["yes", [[0.05, 1], [1, 2, 3]]]]""", "$.logistic_regression.coefficients[0][1][1]")]
    [InlineData("""{"yes": [1, 2, 3]}""", "$.logistic_regression.coefficients.yes")]
    [InlineData("""{"yes": [1, 2, "three"]}""", "$.logistic_regression.coefficients.yes[2]")]
    [InlineData("12", "$.logistic_regression.coefficients")]
    public void MalformedCoefficientsAreNamedByPlace(string coefficients, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Model(coefficients)).JsonPath);

    [Fact]
    public void OptionsOfOtherTypesAreRefusedByName()
    {
        BigMLModel model = Model();
        Refuses(new PredictionOptions { MissingStrategy = MissingStrategy.Last }, "MissingStrategy");
        Refuses(new PredictionOptions { Method = CombinationMethod.Plurality }, "Method");
        Refuses(new PredictionOptions { Form = AnswerForm.Votes }, "Votes");
        Refuses(new PredictionOptions { OperatingKind = OperatingKind.Confidence }, "operating kind");
        Refuses(new PredictionOptions { OperatingPoint = new OperatingPoint("nobody", 0.5) }, "positive class");
        Refuses(new PredictionOptions { OperatingPoint = new OperatingPoint("yes", 1.5) }, "threshold");
        Refuses(new PredictionOptions { OperatingPoint = new OperatingPoint("yes", 0.5, OperatingKind.Confidence) }, "operating point kind");

        void Refuses(PredictionOptions options, string what)
            => Assert.Contains(what, Assert.Throws<OptionException>(() => model.CreatePredictor(options)).Message);
    }

    [Fact]
    public void PredictingAllocatesNothingPerRow()
        => Allocations.AreNone(Model(), ["age", "city"], (predictor, row) =>
        {
            predictor.Set(0, BigMlFlow.Models.Rows.Cell.Number(row));
            predictor.Set(1, (row & 1) == 0 ? "Ulm" : "Bern");
        });
}
