using System.Linq;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Sqlite.Search;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>MLflow's filters are read as MLflow reads them; what is none is refused with one clear error.</summary>
public sealed class FilterReaderTests
{
    [Theory]
    [InlineData("metrics.acc>=1e-3", nameof(FieldKind.Metric), "acc", ">=", 1e-3)]
    [InlineData("metric.`a/b c` < -2", nameof(FieldKind.Metric), "a/b c", "<", -2L)]
    [InlineData("metrics.\"a'b\" != .5", nameof(FieldKind.Metric), "a'b", "!=", 0.5)]
    [InlineData("start_time > 1760000000001", nameof(FieldKind.Attribute), "start_time", ">", 1760000000001L)]
    [InlineData(" tags.mlflow.user  Like 'o%' ", nameof(FieldKind.Tag), "mlflow.user", "LIKE", "o%")]
    [InlineData("params.p = \"it's\"", nameof(FieldKind.Parameter), "p", "=", "it's")]
    [InlineData("params.p = 'it''s'", nameof(FieldKind.Parameter), "p", "=", "it''s")]
    [InlineData(@"params.p = 'it\'s'", nameof(FieldKind.Parameter), "p", "=", @"it\'s")]
    [InlineData(@"params.p = 'C:\'", nameof(FieldKind.Parameter), "p", "=", @"C:\")]
    [InlineData("attributes.`Run name` = 'x'", nameof(FieldKind.Tag), "mlflow.runName", "=", "x")]
    [InlineData("`run name` = 'x'", nameof(FieldKind.Tag), "mlflow.runName", "=", "x")]
    [InlineData("params.größe ilike 'AND'", nameof(FieldKind.Parameter), "größe", "ILIKE", "AND")]
    public void OneComparison(string filter, string kind, string key, string comparator, object value)
    {
        Comparison comparison = FilterReader.ReadFilter(filter, Grammars.Runs).Single();
        Assert.Equal((kind, key), (comparison.Field.Kind.ToString(), comparison.Field.Key));
        Assert.Equal(comparator, comparison.Operator);
        Assert.Equal(value, comparison.Value is TextValue text ? text.Text : Assert.IsType<NumberValue>(comparison.Value).Number);
    }

    [Fact]
    public void SeveralAreJoinedByAnd()
    {
        Assert.Equal(["a", "b", "c"], FilterReader.ReadFilter("params.a = '1' AND params.b = '2'and params.c is  NOT null AND", Grammars.Runs).Select(part => part.Field.Key));
        Assert.Equal(["a", "b,c"], Assert.IsType<ListValue>(FilterReader.ReadFilter("run_id NOT in ( 'a' , 'b,c' )", Grammars.Runs).Single().Value).Texts);
        Assert.Empty(FilterReader.ReadFilter("", Grammars.Runs));
        Assert.Empty(FilterReader.ReadFilter(null, Grammars.Runs));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("metrics.acc")]
    [InlineData("metrics.acc > ")]
    [InlineData("metrics.acc > 1 OR metrics.acc < 0")]
    [InlineData("NOT status = 'FAILED'")]
    [InlineData("(status = 'FAILED')")]
    [InlineData("status = FAILED")]
    [InlineData("status = `FAILED`")]
    [InlineData("status = 'FAILED")]
    [InlineData("status IN ('FAILED')")]
    [InlineData("run_id IN ()")]
    [InlineData("run_id IN ('a'")]
    [InlineData("run_id IN (1)")]
    [InlineData("run_id IN 'a'")]
    [InlineData("run_id = ('a')")]
    [InlineData("metrics.acc > 1x")]
    [InlineData("metrics.acc > +1")]
    [InlineData("metrics.a-b > 1")]
    [InlineData("metrics. > 1")]
    [InlineData("metrics.acc > 'x'")]
    [InlineData("params.p = 1")]
    [InlineData("foo.bar = 'x'")]
    [InlineData("status = 'x'; DROP TABLE runs")]
    public void WhatIsNoFilterIsRefused(string filter)
    {
        TrackingException error = Assert.Throws<TrackingException>(() => FilterReader.ReadFilter(filter, Grammars.Runs));
        Assert.Equal(TrackingError.InvalidValue, error.Error);
        Assert.Contains(filter, error.Message);
    }

    /// <summary>Whatever is typed is read or refused, in time.</summary>
    [Fact]
    public void AnythingIsReadOrRefused()
        => Prop.ForAll(
            ArbMap.Default.ArbFor<string[]>(),
            words =>
            {
                string[] known = ["metrics.a", "tags.`", "'", "\"", "(", ",", ")", "AND", ">", "=", "LIKE", "IN", "NOT", "IS NULL", "1", "-", "\\'", " "];
                string filter = string.Join(' ', words.Select(word => string.IsNullOrEmpty(word) ? "=" : word[0] % 2 == 0 ? word : known[word[0] % known.Length]));
                try
                {
                    FilterReader.ReadFilter(filter, Grammars.Runs);
                    FilterReader.ReadOrder([filter], Grammars.Runs);
                }
                catch (TrackingException error)
                {
                    Assert.Equal(TrackingError.InvalidValue, error.Error);
                }
            }).QuickCheckThrowOnFailure();
}
