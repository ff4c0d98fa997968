using System.Text.Json;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>What Python 3.11 prints for <c>repr(json.loads(…))</c> and <c>str(json.loads(…))</c>.</summary>
public sealed class PythonReprTests
{
    [Theory]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("3", "3")]
    [InlineData("-0", "0")]
    [InlineData("10000000000000000000000001", "10000000000000000000000001")]
    [InlineData("3.0", "3.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("3e0", "3.0")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1E16", "1e+16")]
    [InlineData("1e400", "inf")]
    [InlineData("\"it's\"", "\"it's\"")]
    [InlineData("\"a\\nb\"", "'a\\nb'")]
    [InlineData("[]", "[]")]
    [InlineData("[\"a\", \"it's\", null, 1, [2.50]]", "['a', \"it's\", None, 1, [2.5]]")]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\": 1, \"b\": {\"c\": [true]}, \"a\": 2.0}", "{'a': 2.0, 'b': {'c': [True]}}")]
    public void ReprIsPythons(string json, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(expected, PythonRepr.Of(document.RootElement));
    }

    [Theory]
    [InlineData("\"it's\\n\"", "it's\n")]
    [InlineData("[\"it's\"]", "[\"it's\"]")]
    [InlineData("1e21", "1e+21")]
    [InlineData("null", "None")]
    public void StrIsPythons(string json, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(expected, PythonRepr.Str(document.RootElement));
    }
}
