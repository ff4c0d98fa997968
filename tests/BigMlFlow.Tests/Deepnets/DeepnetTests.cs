using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using Xunit;
using static BigMlFlow.Tests.Deepnets.DeepnetText;

namespace BigMlFlow.Tests.Deepnets;

/// <summary>Deepnets written by hand in the older notation; the expected numbers are those of the bindings 9.8.3 with NumPy 2.</summary>
public class DeepnetTests
{
    private static readonly PredictionOptions NumberAlone = new() { Full = false };

    private static void AgreesWith(BigMLModel model, params double[] expected)
    {
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], ((Regression)model.Predict(ModelText.Row(DeepnetText.Rows[row]), NumberAlone)).Prediction, 1e-11);
    }

    private static void AgreesWith(BigMLModel model, params string[] expected)
    {
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], model.Answer(DeepnetText.Rows[row], new PredictionOptions { Form = AnswerForm.Probabilities, Compact = true }));
    }

    private static string Layers(params string[] layers) => "\"layers\": [" + string.Join(",", layers) + "], " + Exposition;

    [Theory]
    [InlineData("tanh", 9.135154661715546, 10.78069896850919, 7.866972742638182)]
    [InlineData("sigmoid", 12.052093606820609, 12.520472924243565, 11.690764500537572)]
    [InlineData("softplus", 2.6762610480278965, 1.6223804412601552, -0.13171705012699775)]
    [InlineData("relu", -0.6000000119209297, -0.9500004291534427, -2.6000000119209297)]
    [InlineData("softmax", 9.02052843852405, 9.008709871476796, 9.006164504942749)]
    [InlineData("identity", -1.4666666388511658, -1.7500003337860122, -5.2666666388511665)]
    [InlineData("linear", -1.4666666388511658, -1.7500003337860122, -5.2666666388511665)]
    [InlineData("swish", -1.3627209391699484, -2.225040971964985, -3.9578642936654376)]
    [InlineData("mish", 12.644892709042692, 13.198014738144675, 12.167998062339947)]
    [InlineData("relu6", 0.08333332538604665, 1.9999995231628418, 0.38333332538604736)]
    [InlineData("leaky_relu", -0.6866666746139529, -1.0300004196166999, -2.8666666746139526)]
    [InlineData("selu", -2.558054202156452, -2.715097356931116, -6.711377573877915)]
    public void EveryActivationFunction(string activation, params double[] expected)
        => AgreesWith(Load(Layers(Layer(First(3), "[0.1, -0.2, 7]", activation), Layer("[[1, 2, -1]]", "[0.5]", "identity"))), expected);

    [Fact]
    public void BatchNormalizationComesBeforeTheOffset()
        => AgreesWith(
            Load(Layers(
                Layer(First(3), "[0.1, -0.2, 3]", "tanh", mean: "[0.1, -0.1, 0.2]", stdev: "[0.5, 2, 1.5]", scale: "[1.1, 0.9, -1]"),
                Layer("[[1, 2, -1]]", "[0.5]", "linear"))),
            9.742694371021168, 8.398745270606398, 9.272085397788407);

    [Fact]
    public void ResidualsAddTheInputCutOrRepeated()
        => AgreesWith(
            Load(Layers(
                Layer(First(3), "[0.1, -0.2, 0.3]", "tanh", residuals: true),
                Layer(Next(5, 3), Same(5, 0), "relu", residuals: true),
                Layer(Next(1, 5), "[0.5]", "identity"))),
            10.822946360567554, 11.63089479710556, 10.906113222859709);

    [Fact]
    public void ResidualsThatBeginLaterAddTheFirstLayer()
        => AgreesWith(
            Load(Layers(
                Layer(First(3), "[0.1, -0.2, 0.3]", "tanh"),
                Layer(Next(4, 3), Same(4, 0.1), "relu"),
                Layer(Next(2, 4, 1), Same(2, 0.2), "relu", residuals: true),
                Layer(Next(7, 2, 2), Same(7, 0.1), "tanh", residuals: true),
                Layer(Next(1, 7), "[0.5]", "identity"))),
            11.045327757370178, 10.705350268568878, 11.077374948037825);

    private const string Trees = """
        "trees": [[[0, 2], [[0, 0.5, [[1.5], null], [1, 0.2, [[2.5], null], [[-1], null]]], [[4], null]]], [[3, 8], [[4, 0.5, [[0.25], null], [[0.75], null]]]]]
        """;

    [Fact]
    public void TreesOfSingleValuesAreAveraged()
        => AgreesWith(
            Load(Trees + "," + Layers(Layer("[[1, -1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]", "[0.5]", "identity"))),
            16.733333337306977, 16.649999952316286, 15.933333337306976);

    [Fact]
    public void NumbersOfASearchAreAveraged()
    {
        string treed = Layer("[[1, -1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]", "[0.5]", "identity");
        // The first network says how all are standardized, unless the whole does.
        string networks = $$"""{{Trees}}, "networks": [{"layers": [{{treed}}], "trees": true, "output_exposition": {"mean": 1, "stdev": 3} }, {"layers": [{{Layer(First(1), "[0.25]", "softplus")}}], "trees": false}]""";
        BigMLModel model = Load(networks);
        AgreesWith(model, 7.696438283497741, 6.851409125371056, 7.250051450022751);
        Assert.Equal(2, model.ModelCount);
        Assert.Equal(
            10 + ((7.696438283497741 - 1) / 3 * 2),
            ((Regression)Load(networks + ", " + Exposition).Predict(ModelText.Row(DeepnetText.Rows[0]), NumberAlone)).Prediction,
            1e-9);
    }

    [Fact]
    public void ClassesOfASearchAreAddedAndNormalized()
    {
        string trees = """ "trees": [[[0, 2], [[0, 0.5, [[1, 2, 3], null], [1, 0.2, [[3, 1, 1], null], [[1, 1, 5], null]]], [[1, 0, 0], null]]]], """;
        AgreesWith(
            Load(
                $$"""{{trees}} "networks": [{"layers": [{{Layer(Next(3, 11), "[0, 0.1, 0.2]", "softmax")}}], "trees": true}, {"layers": [{{Layer(First(3), Same(3, 0.25), "sigmoid")}}], "trees": false}]""",
                Classes),
            "[0.30204,0.41937,0.27859]", "[0.40089,0.33395,0.26517]", "[0.31154,0.33579,0.35267]");
    }

    [Fact]
    public void TheFullAnswerListsClassesByName()
    {
        BigMLModel model = Load(Layers(Layer(First(3), "[0.1, -0.2, 0.3]", "softmax")), Classes);
        Assert.Equal(["u", "v", "w"], model.Classes);
        Assert.Null(model.ModelCount);
        Assert.Equal(
            """{"confidence":0.4378,"distribution":[{"category":"u","probability":0.1352},{"category":"v","probability":0.42699},{"category":"w","probability":0.4378}],"prediction":"w","probability":0.4378,"unused_fields":[]}""",
            model.Predict(ModelText.Row("{}")).ToJson());
        Assert.Equal("v", ((Classification)model.Predict(ModelText.Row("{}"), new PredictionOptions { OperatingPoint = new OperatingPoint("w", 0.9) })).Prediction);
        Assert.Equal("u", ((Classification)model.Predict(ModelText.Row("{}"), new PredictionOptions { OperatingPoint = new OperatingPoint("u", 0.1) })).Prediction);
    }

    [Fact]
    public void ProbabilitiesAreRoundedAsNumPyRounds()
        // Python's own rounding is exact, and gives 0.12345.
        => AgreesWith(Load(Layers(Layer("[[0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0]]", "[0.123455, 0.5, 0.376545]", "identity")), Classes), "[0.12346,0.5,0.37654]");

    [Fact]
    public void TiesBeforeRoundingGoToTheFirstClassAndOfOperatingKindsToTheSummary()
    {
        BigMLModel model = Load(Layers(Layer("[[0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0]]", "[0.4, 0.4, 0.2]", "identity")), Classes);
        Assert.Equal("\"u\"", model.Answer("{}"));
        Assert.Equal("v", ((Classification)model.Predict(ModelText.Row("{}"), new PredictionOptions { OperatingKind = OperatingKind.Probability })).Prediction);
    }

    [Fact]
    public void NumbersAreRoundedInFullAnswersOnly()
    {
        BigMLModel model = Load(Layers(Layer(First(1), "[0.1]", "tanh")));
        Assert.Equal("""{"prediction":10.9885,"unused_fields":[]}""", model.Predict(ModelText.Row(DeepnetText.Rows[0])).ToJson());
        Assert.Equal("""{"prediction":10.9885,"unused_fields":[]}""", model.Answer(DeepnetText.Rows[0], new PredictionOptions { Form = AnswerForm.Confidences }));
        Assert.StartsWith("[10.98849", model.Answer(DeepnetText.Rows[0], new PredictionOptions { Form = AnswerForm.Probabilities, Compact = true }));
    }

    [Fact]
    public void WithoutMissingNumericsAMissingNumberIsTheMean()
        => AgreesWith(
            Load(
                Layers(Layer("[[-0.5, -0.2, 0.1, 0.4, -0.4, -0.1, 0.2]]", "[0.1]", "tanh")),
                missingNumerics: "false",
                preprocess: """
                    [{"index": 0, "type": "numeric", "mean": 2, "stdev": 4}, {"index": 1, "type": "numeric", "mean": 1, "stdev": 0},
                     {"index": 2, "type": "categorical", "values": ["y", "x", null]}, {"index": 4, "type": "numeric", "mean": 0.5, "stdev": 2},
                     {"index": 3, "type": "numeric", "zero_value": 0, "one_value": 2}]
                    """),
            9.327248911327336, 9.463457635956797, 10.75989792451045);

    [Fact]
    public void ImagesAreRefusedWithTheReason()
    {
        string images = Preprocess.Replace("{\"index\": 0, \"type\": \"numeric\"", "{\"index\": 0, \"type\": \"image\"");
        Assert.Contains("TensorFlow", Assert.Throws<ResourceException>(() => Load(Layers(), preprocess: images)).Message);
        Assert.Contains("TensorFlow", Assert.Throws<ResourceException>(() => Load("\"image_network\": {\"layers\": []}, " + Layers())).Message);
        Assert.Contains("regions", Assert.Throws<ResourceException>(() => Load(Layers(), Number.Replace("numeric", "regions"))).Message);
    }

    [Theory]
    [InlineData("\"layers\": []", "$.deepnet.network.output_exposition")]
    [InlineData("\"layers\": 3", "$.deepnet.network.layers")]
    [InlineData("\"layers\": [{\"weights\": [[1, 2]], \"offset\": [1]}]", "$.deepnet.network.layers[0].weights[0]")]
    [InlineData("\"layers\": [{\"weights\": [], \"offset\": []}]", "$.deepnet.network.layers[0].weights")]
    [InlineData("\"layers\": [{\"weights\": [[1, 1, 1, 1, 1, 1, 1, 1]], \"offset\": [1, 2]}]", "$.deepnet.network.layers[0].offset")]
    [InlineData("\"layers\": [{\"weights\": [[1, 1, 1, 1, 1, 1, 1, 1]], \"offset\": [1], \"activation_function\": \"step\"}]", "$.deepnet.network.layers[0].activation_function")]
    [InlineData("\"layers\": [], \"trees\": [[[0, 9], []]]", "$.deepnet.network.trees[0][0]")]
    [InlineData("\"layers\": [], \"trees\": [[[0, 2], [[2, 0.5, [[1], null], [[1], null]]]]]", "$.deepnet.network.trees[0][1][0]")]
    [InlineData("\"layers\": [], \"trees\": [[[0, 2], [[0, 0.5, [[1], null], [[1, 2], null]]]]]", "$.deepnet.network.trees[0][1][0][3]")]
    public void WhatDoesNotFitIsNamedByPlace(string network, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Load(network)).JsonPath);

    [Fact]
    public void ColumnsThatAreNotThereAreNamedByPlace()
    {
        Assert.Equal("$.deepnet.network.preprocess[0].index", Error("""[{"index": 6, "type": "numeric", "mean": 1, "stdev": 1}]"""));
        Assert.Equal("$.deepnet.network.preprocess[0].type", Error("""[{"index": 3, "type": "numeric", "mean": 1, "stdev": 1}]"""));
        Assert.Equal("$.deepnet.network.preprocess", Error("[]"));

        static string? Error(string preprocess) => Assert.Throws<ResourceException>(() => Load(Layers(), preprocess: preprocess)).JsonPath;
    }

    [Fact]
    public void DeepTreesAreReadWithoutRecursion()
    {
        const int depth = 1500; // as deep as resources may nest, two levels a split
        string deep = string.Concat(Enumerable.Repeat("[0, 1, [[0], null], ", depth)) + "[[7], null]" + new string(']', depth);
        string layers = Layers(Layer("[[1, 0, 0, 0, 0, 0, 0, 0, 0]]", "[0]", "identity"));
        Regression answer = (Regression)Load($"\"trees\": [[[0, 1], [{deep}]]], {layers}").Predict(ModelText.Row("""{"a": 7}"""));
        Assert.Equal(10 + (2 * 7), answer.Prediction);
    }

    [Fact]
    public void OptionsOfOtherTypesAreRefusedByName()
    {
        BigMLModel numbers = Load(Layers(Layer(First(1), "[0.1]", "tanh")));
        BigMLModel classes = Load(Layers(Layer(First(3), "[0.1, -0.2, 0.3]", "softmax")), Classes);
        Refuses(numbers, new PredictionOptions { OperatingKind = OperatingKind.Probability }, "OperatingKind");
        Refuses(numbers, new PredictionOptions { Form = AnswerForm.Votes }, "Votes");
        Refuses(numbers, new PredictionOptions { MissingStrategy = MissingStrategy.Last }, "MissingStrategy");
        Refuses(classes, new PredictionOptions { OperatingKind = OperatingKind.Confidence }, "operating kind");
        Refuses(classes, new PredictionOptions { Median = true }, "Median");

        static void Refuses(BigMLModel model, PredictionOptions options, string what)
            => Assert.Contains(what, Assert.Throws<OptionException>(() => model.CreatePredictor(options)).Message);
    }

    [Theory]
    [InlineData(Number)]
    [InlineData(Classes)]
    public void PredictingAllocatesNothingPerRow(string objective)
    {
        int outputs = objective == Number ? 1 : 3;
        Allocations.AreNone(
            Load(Layers(Layer(First(4), Same(4, 0.5), "relu"), Layer(Next(outputs, 4), Same(outputs, 0.1), "sigmoid")), objective),
            ["a", "c"],
            (predictor, row) =>
            {
                predictor.Set(0, Cell.Number(row));
                predictor.Set(1, (row & 1) == 0 ? "x" : "y");
            });
    }
}
