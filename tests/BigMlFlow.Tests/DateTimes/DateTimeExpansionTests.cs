using System;
using System.Collections.Generic;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.DateTimes;

/// <summary>A date-time in place of the fields generated from it: a detector whose score tells what their values are.</summary>
public sealed class DateTimeExpansionTests
{
    private const string Formats = "\"time_formats\": [\"eu-date-minute\", \"date-time\", \"Q\"]";

    [Theory]
    [InlineData("year", 2024)]
    [InlineData("month", 2)]
    [InlineData("day-of-month", 29)]
    [InlineData("day-of-week", 4)] // Thursday
    [InlineData("hour", 13)]
    [InlineData("minute", 5)]
    [InlineData("second", 7)]
    [InlineData("millisecond", 250.5)]
    public void GivesEachPart(string part, double value)
    {
        const string row = """{"when": "2024-02-29T13:05:07.2505Z"}""";
        Assert.True(Is(Load(part, value), row));
        Assert.False(Is(Load(part, value + 1), row));
        Assert.True(Is(Load(part, value), row.Replace("when", "000001")));
    }

    [Fact]
    public void TriesOneFormatAfterTheOther() => Assert.True(Is(Load("month", 2), """{"when": "3/2/2024 10:00"}"""));

    [Fact]
    public void WhatTheRowSaysOfAPartWins()
    {
        Assert.True(Is(Load("month", 7), """{"when": "3/2/2024 10:00", "when.part": 7}"""));
        Assert.True(Is(Load("month", 7), """{"when.part": 7, "when": "3/2/2024 10:00"}"""));
        Assert.True(Is(Load("month", 7), """{"when.part": 7, "when": "not a date"}"""));
        Assert.True(Is(Load("month", 2), """{"when.part": "N/A", "when": "3/2/2024 10:00"}"""));
    }

    [Fact]
    public void TakesDatesOfDotNet()
    {
        BigMLModel model = Load("hour", 10);
        Assert.True(Is(model, [new("when", new DateTime(2024, 2, 3, 10, 30, 0))]));
        Assert.True(Is(model, [new("when", new DateTimeOffset(2024, 2, 3, 12, 30, 0, TimeSpan.FromHours(2)))])); // in UTC
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"when": null}""")]
    [InlineData("""{"when": "N/A"}""")]
    public void WithoutADateThePartIsMissing(string row) => Assert.False(Is(Load("month", 2), row));

    [Fact]
    public void DefaultsComeAfterDates()
    {
        string resource = Resource("month", 2).Replace("\"id_fields\": []", "\"default_numeric_value\": \"mean\"");
        Assert.True(Is(ModelText.Load(resource), """{"when": "3/2/2024 10:00"}"""));
        Assert.False(Is(ModelText.Load(resource), "{}"));
        Assert.True(Is(ModelText.Load(resource.Replace("\"mean\": 5", "\"mean\": 2")), "{}"));
    }

    [Fact]
    public void ADateInNoFormatIsAnErrorThatNamesThem()
    {
        RowException error = Assert.Throws<RowException>(() => Is(Load("month", 2), """{"when": "yesterday"}"""));
        Assert.Equal(("when", "yesterday"), (error.Field, error.Value));
        foreach (string part in (string[])["eu-date-minute", "date-time", "Not understood here: Q", "when.part"])
            Assert.Contains(part, error.Message);
    }

    [Fact]
    public void AFieldWithoutFormatsIsLeftAlone()
    {
        BigMLModel model = ModelText.Load(Resource("month", 2).Replace(Formats, "\"preferred\": true"));
        Assert.False(Is(model, """{"when": "yesterday"}"""));
        Predictor predictor = model.CreatePredictor();
        predictor.Bind(["when"]);
        Assert.Equal(0, predictor.MatchedColumns);
    }

    [Fact]
    public void TheDateCountsAsAFieldThatTheModelUses()
    {
        Predictor predictor = Load("month", 2).CreatePredictor();
        predictor.Bind(["when"]);
        Assert.Equal(1, predictor.MatchedColumns);
        predictor.Set(0, "3/2/2024 10:00".AsSpan());
        Assert.Equal(0.5, ((AnomalyScore)predictor.Predict()).Score);
    }

    [Fact]
    public void AssociationsTakeDatesToo()
    {
        BigMLModel model = ModelText.Load("""
            {"resource": "association/5f1e000000000000000000aa", "input_fields": ["000001-0", "000002"], "associations": {
                "fields": {
                    "000001": {"name": "when", "optype": "datetime", FORMATS},
                    "000001-0": {"name": "when.year", "optype": "numeric", "datatype": "year", "parent_ids": ["000001"], "summary": {}},
                    "000002": {"name": "era", "optype": "categorical", "summary": {"categories": [["new", 1]]}}},
                "items": [{"field_id": "000001-0", "name": "late", "bin_start": 2000}, {"field_id": "000002", "name": "new"}],
                "rules": [{"id": "1", "lhs": [0], "rhs": [1], "leverage": 0.1}]}}
            """.Replace("FORMATS", Formats));
        Assert.Equal("new", ((AssociationSet)model.Predict(ModelText.Row("""{"when": "3/2/2024 10:00"}"""))).Item);
        Assert.Null(((AssociationSet)model.Predict(ModelText.Row("""{"when": "3/2/1924 10:00"}"""))).Item);
    }

    [Fact]
    public void ClustersTakeDatesForTheNumbersThatTheyNeed()
    {
        BigMLModel model = ModelText.Load("""
            {"resource": "cluster/5f1e000000000000000000aa", "input_fields": ["000001-0"], "scales": {"000001-0": 1}, "summary_fields": [], "clusters": {
                "fields": {
                    "000001": {"name": "when", "optype": "datetime", FORMATS},
                    "000001-0": {"name": "when.year", "optype": "numeric", "datatype": "year", "parent_ids": ["000001"], "summary": {}}},
                "clusters": [{"id": "000000", "name": "then", "count": 1, "center": {"000001-0": 1900}, "distance": {}},
                             {"id": "000001", "name": "now", "count": 1, "center": {"000001-0": 2000}, "distance": {}}]}}
            """.Replace("FORMATS", Formats));
        Assert.Equal("now", model.CreatePredictor().Predict(ModelText.Row("""{"when": "3/2/2024 10:00"}""")).ToCompact().Category);
        Assert.Throws<RowException>(() => model.Predict([]));
    }

    private static BigMLModel Load(string part, double value) => ModelText.Load(Resource(part, value));

    /// <summary>Whether the part of the date has the value that the detector was made for.</summary>
    private static bool Is(BigMLModel model, string row) => Is(model, ModelText.Row(row));

    private static bool Is(BigMLModel model, IEnumerable<KeyValuePair<string, object?>> row) => ((AnomalyScore)model.Predict(row)).Score == 0.5;

    private static string Resource(string part, double value) => FormattableString.Invariant($$"""
        {"resource": "anomaly/5f1e000000000000000000aa", "id_fields": [], "sample_size": 9, "input_fields": ["000001-0"],
         "model": {"mean_depth": 3, "normalization_factor": 1,
            "fields": {
                "000001": {"name": "when", "optype": "datetime", "child_ids": ["000001-0"], {{Formats}}},
                "000001-0": {"name": "when.part", "optype": "numeric", "datatype": "{{part}}", "parent_ids": ["000001"], "parent_optype": "datetime", "summary": {"mean": 5} } },
            "trees": [{"root": {"predicates": [{"op": "=", "field": "000001-0", "value": {{value}} }]} }]} }
        """);
}
