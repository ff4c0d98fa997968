using System.Text.Json;
using BigMlFlow.Parity;
using Xunit;

namespace BigMlFlow.Tests.Gold;

/// <summary>The comparison finds what differs, and only that: the gold tests are worth no more than this.</summary>
public sealed class ComparisonRules
{
    [Theory]
    [InlineData("""{"prediction":3}""", """{"prediction":3.0}""")]
    [InlineData("""{"prediction":0.12345}""", """{"prediction":0.12346}""")]
    [InlineData("""{"prediction":1234567.5}""", """{"prediction":1234567.5004}""")]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}""")]
    [InlineData("""{"unused_fields":["a","b"]}""", """{"unused_fields":["b","a"]}""")]
    [InlineData("""{"distribution":[["a",0.50001],["b",0.5]]}""", """{"distribution":[["b",0.50001],["a",0.5]]}""")]
    [InlineData("""[{"category":"a","probability":0.4},{"category":"b","probability":0.39999}]""", """[{"category":"b","probability":0.4},{"category":"a","probability":0.39999}]""")]
    [InlineData("""{"prediction":"a","probability":0.5}""", """{"prediction":"b","probability":0.50001}""")]
    [InlineData("""{"prediction":"a","distribution":[["a",0.30001],["b",0.3]]}""", """{"prediction":"b","distribution":[["a",0.3],["b",0.3]]}""")]
    public void Agree(string expected, string got) => Assert.Null(Difference(expected, got));

    [Theory]
    [InlineData("""{"prediction":0.12345}""", """{"prediction":0.12347}""")]
    [InlineData("""{"prediction":1234567.5}""", """{"prediction":1234567.51}""")]
    [InlineData("""{"prediction":12345.5}""", """{"prediction":12345.50002}""")]
    [InlineData("""{"prediction":"1"}""", """{"prediction":1}""")]
    [InlineData("""{"prediction":1}""", """{"prediction":null}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""")]
    [InlineData("""{"path":["a","b"]}""", """{"path":["b","a"]}""")]
    [InlineData("""{"unused_fields":["a","b"]}""", """{"unused_fields":["a"]}""")]
    [InlineData("""[1,2]""", """[1]""")]
    [InlineData("""{"valid":true}""", """{"valid":false}""")]
    [InlineData("""{"distribution":[["a",0.6],["b",0.4]]}""", """{"distribution":[["b",0.4],["a",0.6]]}""")] // no tie
    [InlineData("""{"distribution":[["a",0.5],["b",0.5]]}""", """{"distribution":[["b",0.5],["a",0.5]]}""")] // a tie to the last digit
    [InlineData("""[{"category":"a","probability":0.39999},{"category":"b","probability":0.4}]""", """[{"category":"b","probability":0.4},{"category":"a","probability":0.39999}]""")] // by name
    [InlineData("""{"prediction":"a","probability":0.5}""", """{"prediction":"b","probability":0.5}""")]
    [InlineData("""{"prediction":"a","probability":0.5}""", """{"prediction":"b","probability":0.6}""")]
    [InlineData("""{"prediction":"a","distribution":[["a",0.5],["b",0.3]]}""", """{"prediction":"b","distribution":[["a",0.5],["b",0.3]]}""")]
    public void Differ(string expected, string got) => Assert.NotNull(Difference(expected, got));

    [Fact]
    public void NumbersOfOtherLastDigitsAreToldFromTheSame()
    {
        var comparison = new Comparison(_ => Tolerance.Exact);
        Assert.Null(comparison.Difference(Parse("0.1"), Parse("0.10000000000000002")));
        Assert.False(comparison.IsExact);
        Assert.Null(comparison.Difference(Parse("0.1"), Parse("0.1")));
        Assert.True(comparison.IsExact);
        Assert.NotNull(comparison.Difference(Parse("0.1"), Parse("0.100000001")));
    }

    private static string? Difference(string expected, string got)
        => new Comparison(_ => Tolerance.Rounded).Difference(Parse(expected), Parse(got));

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
