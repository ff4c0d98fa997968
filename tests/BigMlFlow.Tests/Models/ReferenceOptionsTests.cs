using BigMlFlow.Models;
using Xunit;

namespace BigMlFlow.Tests.Models;

/// <summary>The bindings' keyword arguments are read as they mean them.</summary>
public sealed class ReferenceOptionsTests
{
    [Fact]
    public void EveryKeywordHasItsOption()
    {
        PredictionOptions options = ReferenceOptions.Parse(
            """
            {"full": false, "missing_strategy": 1, "operating_kind": "Confidence", "operating_point": {"kind": "votes", "positive_class": "yes", "threshold": 0.25},
             "method": 3, "options": {"threshold": 2, "category": "no"}, "median": true, "compact": true, "k": 7, "score_by": "lift", "max_components": 2, "variance_threshold": 0.5}
            """, "ensemble");
        Assert.Equal(new PredictionOptions
        {
            Full = false,
            MissingStrategy = MissingStrategy.Proportional,
            OperatingKind = OperatingKind.Confidence,
            OperatingPoint = new OperatingPoint("yes", 0.25, OperatingKind.Votes),
            Method = CombinationMethod.Threshold,
            ThresholdVotes = 2,
            ThresholdCategory = "no",
            Median = true,
            Compact = true,
            MaxItems = 7,
            ScoreBy = "lift",
            MaxComponents = 2,
            VarianceThreshold = 0.5,
        }, options);
    }

    [Fact]
    public void NothingSaidIsAFullPrediction()
        => Assert.Equal(PredictionOptions.Default, ReferenceOptions.Parse("""{"missing_strategy": null}""", "model"));

    [Fact]
    public void AFusionsPointNeedsNoKind()
        => Assert.Equal(
            new OperatingPoint("a", 0),
            ReferenceOptions.Parse("""{"operating_point": {"positive_class": "a", "threshold": 0, "kind": "anything"}}""", "fusion").OperatingPoint);

    [Theory]
    [InlineData("""[]""", "JSON object")]
    [InlineData("""{"a":""", "not JSON")]
    [InlineData("""{"missing": 1}""", "no prediction option 'missing'")]
    [InlineData("""{"missing_strategy": 2}""", "'missing_strategy' has to be 0 (last prediction) or 1 (proportional), not 2")]
    [InlineData("""{"missing_strategy": "1"}""", "'missing_strategy'")]
    [InlineData("""{"method": 4}""", "'method'")]
    [InlineData("""{"method": 0.5}""", "'method'")]
    [InlineData("""{"median": "yes"}""", "'median'")]
    [InlineData("""{"k": -1}""", "'k'")]
    [InlineData("""{"variance_threshold": 1e999}""", "'variance_threshold'")]
    [InlineData("""{"operating_kind": "nonsense"}""", "Allowed operating kinds are probability, confidence, votes. nonsense found.")]
    [InlineData("""{"operating_point": 1}""", "operating_point")]
    [InlineData("""{"operating_point": {"positive_class": "a", "threshold": 0.5}}""", "Failed to find the kind of operating point.")]
    [InlineData("""{"operating_point": {"positive_class": "a", "threshold": 0.5, "kind": "Probability"}}""", "Unexpected operating point kind.")]
    [InlineData("""{"operating_point": {"positive_class": "a", "kind": "probability"}}""", "Failed to find the threshold")]
    [InlineData("""{"operating_point": {"positive_class": "a", "threshold": 2, "kind": "probability"}}""", "0 to 1 range")]
    [InlineData("""{"operating_point": {"threshold": 0.5, "kind": "probability"}}""", "positive_class")]
    [InlineData("""{"options": {"votes": 1}}""", "no member 'votes'")]
    public void WhatCannotBeIsSaid(string json, string message)
    {
        var error = Assert.Throws<OptionException>(() => ReferenceOptions.Parse(json, "model"));
        Assert.Contains(message, error.Message, System.StringComparison.Ordinal);
    }
}
