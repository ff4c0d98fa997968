using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Tracking;
using Xunit;

namespace BigMlFlow.Tests.Tracking;

public sealed class LimitsTests
{
    [Theory]
    [InlineData("accuracy", true)]
    [InlineData("val/acc.1-2 x:y", true)]
    [InlineData("größe", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("a#b", false)]
    [InlineData("a\n", false)]
    [InlineData("/a", false)]
    [InlineData("a//b", false)]
    [InlineData("../a", false)]
    [InlineData("a/./b", false)]
    public void Keys(string key, bool isAllowed)
    {
        Check(() => Limits.CheckParameter(key, "1"), isAllowed);
        Check(() => Limits.CheckRunTag(key, "1"), isAllowed);
        Check(() => Limits.CheckMetric(new Metric(key, 1, DateTime.UtcNow)), isAllowed);
    }

    [Theory]
    [InlineData(250, 6000, true)]
    [InlineData(251, 1, false)]
    [InlineData(1, 6001, false)]
    public void Lengths(int key, int value, bool isAllowed)
        => Check(() => Limits.CheckParameter(new string('k', key), new string('v', value)), isAllowed);

    [Theory]
    [InlineData("champion", true)]
    [InlineData("version1", true)]
    [InlineData("1", true)]
    [InlineData("v1", false)]
    [InlineData("Latest", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    public void Aliases(string alias, bool isAllowed) => Check(() => Limits.CheckAlias(alias), isAllowed);

    [Theory]
    [InlineData("My model 1.0", true)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData(" ", false)]
    public void RegisteredModelNames(string name, bool isAllowed) => Check(() => Limits.CheckNewRegisteredModelName(name), isAllowed);

    [Theory]
    [InlineData("model", true)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("50%", false)]
    public void LoggedModelNames(string name, bool isAllowed) => Assert.Equal(isAllowed, Limits.IsLoggedModelName(name));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    [InlineData("../x", false)]
    [InlineData("", false)]
    [InlineData("a\n", false)]
    public void RunIds(string id, bool isAllowed) => Check(() => Limits.CheckRunId(id), isAllowed);

    [Fact]
    public void BatchesAreOfMLflowsSize()
    {
        var batch = new LogBatch
        {
            Metrics = [.. Enumerable.Range(0, 2500).Select(i => new Metric("m", i, DateTime.UtcNow, i))],
            Parameters = [.. Enumerable.Range(0, 250).Select(i => new KeyValuePair<string, string>("p" + i, "v"))],
            Tags = [.. Enumerable.Range(0, 130).Select(i => new KeyValuePair<string, string>("t" + i, "v"))],
        };
        IReadOnlyList<LogBatch> parts = Limits.Split(batch);
        Assert.All(parts, part =>
        {
            Assert.InRange(part.Metrics.Count, 0, 1000);
            Assert.InRange(part.Parameters.Count, 0, 100);
            Assert.InRange(part.Tags.Count, 0, 100);
            Assert.InRange(part.Metrics.Count + part.Parameters.Count + part.Tags.Count, 1, 1000);
        });
        Assert.Equal(batch.Metrics, parts.SelectMany(part => part.Metrics));
        Assert.Equal(batch.Parameters, parts.SelectMany(part => part.Parameters));
        Assert.Equal(batch.Tags, parts.SelectMany(part => part.Tags));
    }

    [Fact]
    public void BatchesAreNotLargerThanAMegabyte()
    {
        var batch = new LogBatch { Parameters = [.. Enumerable.Range(0, 100).Select(i => new KeyValuePair<string, string>("p" + i, new string('\u00e9', 6000)))] };
        IReadOnlyList<LogBatch> parts = Limits.Split(batch);
        Assert.All(parts, part => Assert.InRange(part.Parameters.Sum(pair => 6 * pair.Value.Length), 1, 1_000_000));
        Assert.Equal(100, parts.Sum(part => part.Parameters.Count));
    }

    [Fact]
    public void AFewOfEachAreOneRequest()
        => Assert.Single(Limits.Split(new LogBatch { Metrics = [new Metric("m", 1, DateTime.UtcNow)], Parameters = [new("p", "1")], Tags = [new("t", "1"), new("t", "2")] }));

    [Fact]
    public void NothingIsNoRequest() => Assert.Empty(Limits.Split(new LogBatch()));

    [Fact]
    public void AParameterHasOneValue()
    {
        Assert.Single(Limits.Split(new LogBatch { Parameters = [new("p", "1"), new("p", "1")] }).Single().Parameters);
        var error = Assert.Throws<TrackingException>(() => Limits.Split(new LogBatch { Parameters = [new("p", "1"), new("p", "2")] }));
        Assert.Contains("'p'", error.Message, StringComparison.Ordinal);
    }

    private static void Check(Action check, bool isAllowed)
    {
        if (isAllowed)
            check();
        else
            Assert.Equal(TrackingError.InvalidValue, Assert.Throws<TrackingException>(check).Error);
    }
}
