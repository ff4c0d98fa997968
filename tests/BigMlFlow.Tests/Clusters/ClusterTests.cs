using BigMlFlow.Models;
using BigMlFlow.Models.Clusters;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using Xunit;

namespace BigMlFlow.Tests.Clusters;

/// <summary>Clusters written by hand; the expected numbers are those of the bindings 9.8.3.</summary>
public class ClusterTests
{
    private const string Centroids = """
        [{"id": "a", "name": "old", "center": {"000000": 60, "000001": "Bern", "000002": ["good", "unseen"], "000003": ["red"]}},
         {"id": "b", "name": "young", "center": {"000000": 30, "000001": "Ulm", "000002": [], "000003": ["blue", "red"]}},
         {"id": "c", "name": "twin", "center": {"000000": 30, "000001": "Ulm", "000002": [], "000003": ["blue", "red"]}}]
        """;

    private const string Scales = """{"000000": 0.1, "000001": 1, "000002": 2, "000003": 0.5}""";

    // The last field describes the clusters alone, and has the name of another.
    private static BigMLModel Model(string centroids = Centroids, string scales = Scales, string more = "")
        => ModelText.Load(RegressionText.Resource("cluster", "clusters", $$"""
            {"clusters": {{centroids}}, "fields": {{RegressionText.Fields(RegressionText.Number.Replace("\"y\"", "\"age\""))}}}
            """, $"\"summary_fields\": [\"000004\"], \"scales\": {scales}, {more}"));

    private static Centroid Predict(BigMLModel model, string row) => (Centroid)model.Predict(ModelText.Row(row));

    private static void IsNear(string name, double distance, Centroid answer)
    {
        Assert.Equal(name, answer.CentroidName);
        Assert.Equal(distance, answer.Distance, 1e-12);
    }

    [Fact]
    public void FindsTheNearestCentroid()
    {
        BigMLModel model = Model();
        IsNear("old", 1.5307337294603591, Predict(model, RegressionText.Rows[0]));
        IsNear("young", 1.6039014932345441, Predict(model, RegressionText.Rows[2])); // and not its twin
        IsNear("young", 2.29128784747792, Predict(model, RegressionText.Rows[3]));
        Assert.Equal(["old", "young", "twin"], ((Cluster)model).Centroids);
    }

    [Fact]
    public void TheAnswerIsThatOfTheBindings()
        => Assert.Equal("""{"centroid_id":"b","centroid_name":"young","distance":0}""", Predict(Model(), """{"age": 30, "city": "Ulm", "tags": "blue;red"}""").ToJson());

    [Fact]
    public void NumbersHaveToBeThereUnlessOneStandsInForThem()
    {
        const string refusal = "Missing values in input data. Input data must contain values for all numeric fields to compute a distance.";
        Assert.Equal(refusal, Assert.Throws<RowException>(() => Predict(Model(), "{}")).Message);
        Assert.StartsWith("Mismatch", Assert.Throws<RowException>(() => Predict(Model(), """{"age": "old"}""")).Message);
        IsNear("young", 1.374772708486752, Predict(Model(more: "\"default_numeric_value\": \"median\", "), "{}"));
    }

    [Fact]
    public void ItemsAreNotTrimmed()
    {
        const string row = """{"age": 30, "city": "Ulm", "tags": "TAGS"}""";
        Assert.Equal(0, Predict(Model(), row.Replace("TAGS", "red;blue")).Distance);
        Assert.Equal(0.5 * (1 - (1 / System.Math.Sqrt(2))), Predict(Model(), row.Replace("TAGS", "red; blue")).Distance, 1e-12);
    }

    [Fact]
    public void NoCentroidIsNearARowBeyondAllBounds()
        => Assert.Contains("too large", Assert.Throws<RowException>(() => Predict(Model(), """{"age": 1e300}""")).Message);

    [Theory]
    [InlineData("[]", Scales, "$.clusters.clusters")]
    [InlineData("""[{"id": "a", "center": {"00000f": 1}}]""", Scales, "$.clusters.clusters[0].center.00000f")]
    [InlineData("""[{"id": "a", "center": {"000000": true}}]""", Scales, "$.clusters.clusters[0].center.000000")]
    [InlineData("""[{"id": "a", "center": {"000000": 1}}]""", "{}", "$.clusters.clusters[0].center.000000")]
    [InlineData(Centroids, """{"00000f": 1}""", "$.scales.00000f")]
    public void WhatDoesNotFitIsNamedByPlace(string centroids, string scales, string path)
        => Assert.Equal(path, Assert.Throws<ResourceException>(() => Model(centroids, scales)).JsonPath);

    [Fact]
    public void OptionsOfOtherTypesAreRefusedByName()
        => Assert.Contains("A cluster has no option Form", Assert.Throws<OptionException>(() => Model().CreatePredictor(new PredictionOptions { Form = AnswerForm.Probabilities })).Message);

    [Fact]
    public void PredictingAllocatesNothingPerRow()
        => Allocations.AreNone(Model(), ["age", "city"], (predictor, row) =>
        {
            predictor.Set(0, Cell.Number(row));
            predictor.Set(1, (row & 1) == 0 ? "Ulm" : "Bern");
        });
}
