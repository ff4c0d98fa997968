using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using Xunit;

namespace BigMlFlow.Tests.Projections;

/// <summary>PCAs written by hand; the expected numbers are those of the bindings 9.8.3.</summary>
public class PcaTests
{
    private const string Vectors = "[[0.5,0.25,-0.5,0.1,0.2,0.3,-0.3,0.4,0.2],[0.1,-0.6,0.2,0.3,0.4,-0.1,0.3,0.2,-0.4],[0.2,0.2,0.2,0.2,-0.6,0.4,0.1,-0.3,0.5]]";
    private const string Stats = """{"000002": {"means": [0.5, 0.25], "standard_deviations": [2, 0]}, "000003": {"means": [1, 0.5], "standard_deviations": [0.5, 4]}}""";

    private static BigMLModel Model(string standardized = "true", string vectors = Vectors, string stats = Stats, string variance = "[0.5, 0.8, 1]")
        => ModelText.Load(RegressionText.Resource("pca", "pca", $$"""
            {"eigenvectors": {{vectors}}, "cumulative_variance": {{variance}}, "standardized": {{standardized}}, "text_stats": {{stats}},
             "fields": {{RegressionText.Fields(RegressionText.Number, missingCities: 2)}} }
            """, "\"dataset_field_types\": {\"categorical\": 1, \"total\": 4}, "));

    private static void AgreesWith(BigMLModel model, params double[][] expected)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            var answer = (Projection)model.Predict(ModelText.Row(RegressionText.Rows[row]));
            Assert.Equal(expected[row].Length, answer.Components.Count);
            for (int index = 0; index < expected[row].Length; index++)
                Assert.Equal(expected[row][index], answer.Components[index], 1e-12);
        }
    }

    [Fact]
    public void StandardizesAndProjects()
        => AgreesWith(
            Model(),
            [0.5962479180379215, 0.7815834619189708, 0.20835563644864497],
            [-0.6104732411818007, 1.4561454245943426, -3.3625228326091303],
            [-0.7787520819620787, -0.3034165380810292, 0.31335563644864484],
            [-1.2887022712030316, 1.5085454289293723, -2.48407385456867]);

    [Fact]
    public void MayLeaveValuesAsTheyAre()
        => AgreesWith(Model("false", stats: "null"), [26.1, 5.0, 10.9], [0.5517241379310345, 0.6153846153846155, -1.25], [20.75, 4.15, 8.3], [18.801261829652997, 4.86842105263158, 7.971014492753622]);

    [Theory]
    [InlineData(null, null, 3)]
    [InlineData(2, null, 2)]
    [InlineData(9, null, 3)]
    [InlineData(0, null, 0)]
    [InlineData(null, 0.5, 2)] // the first that exceeds it is still given
    [InlineData(null, 0.4, 1)]
    [InlineData(null, 1.0, 3)]
    [InlineData(1, 0.5, 1)]
    public void OptionsCutComponentsOff(int? components, double? threshold, int expected)
    {
        var options = new PredictionOptions { MaxComponents = components, VarianceThreshold = threshold };
        Assert.Equal(expected, ((Projection)Model().Predict(ModelText.Row("{}"), options)).Components.Count);
    }

    [Fact]
    public void TheAnswerIsThatOfTheBindings()
    {
        BigMLModel model = Model("false", stats: "null");
        Assert.Equal("""{"PC1":20.75,"PC2":4.15,"PC3":8.3}""", model.Predict(ModelText.Row(RegressionText.Rows[2])).ToJson());
        Assert.Equal("[20.75,4.15]", model.Answer(RegressionText.Rows[2], new PredictionOptions { MaxComponents = 2 }));
    }

    [Fact]
    public void WhereAllFieldsAreCategoricalTheirNumberScales()
    {
        string city = """{"name": "city", "optype": "categorical", "summary": {"categories": [["Bern", 10], ["Ulm", 5], ["Graz", 3]], "missing_count": 2}}""";
        BigMLModel model = ModelText.Load($$"""
            {"resource": "pca/5f0000000000000000000004", "input_fields": ["000001"], "dataset_field_types": {"categorical": 2, "total": 2},
             "pca": {"eigenvectors": [[1, 0, 0, 0], [0, 0, 0, 1]], "cumulative_variance": [1, 1], "standardized": true,
               "fields": {"000001": {{city}}, "000005": {{city.Replace("\"city\"", "\"land\"")}} } } }
            """);
        AgreesWith(model, [-0.25, -0.1118033988749895], [-0.25, 1.0062305898749053], [-0.25, -0.1118033988749895]);
    }

    [Theory]
    [InlineData("[[1, 2]]", Stats, "$.pca.eigenvectors[0]")]
    [InlineData("null", Stats, "$.pca.eigenvectors")]
    [InlineData(Vectors, "{}", "$.pca.text_stats.000002.means")]
    [InlineData(Vectors, """{"000002": {"means": [0.5], "standard_deviations": [2]}}""", "$.pca.text_stats.000002")]
    public void WhatDoesNotFitIsNamedByPlace(string vectors, string stats, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Model(vectors: vectors, stats: stats)).JsonPath);

    [Fact]
    public void OptionsOfOtherTypesAreRefusedByName()
    {
        Assert.Contains("OperatingKind", Assert.Throws<OptionException>(() => Model().CreatePredictor(new PredictionOptions { OperatingKind = OperatingKind.Probability })).Message);
        Assert.Contains("MaxComponents", Assert.Throws<OptionException>(() => Model().CreatePredictor(new PredictionOptions { MaxComponents = -1 })).Message);
    }

    [Fact]
    public void NumbersTooLargeAreRefused()
        => Assert.Contains("too large", Assert.Throws<RowException>(() => Model().Predict(ModelText.Row("""{"age": "inf"}"""))).Message);

    [Fact]
    public void PredictingAllocatesNothingPerRow()
        => Allocations.AreNone(Model(), ["age", "city"], (predictor, row) =>
        {
            predictor.Set(0, Cell.Number(row));
            predictor.Set(1, (row & 1) == 0 ? "Ulm" : "Bern");
        });
}
