using BigMlFlow.Models;
using BigMlFlow.Tests.Deepnets;
using Xunit;

namespace BigMlFlow.Tests.Rows;

/// <summary>What is wrong with a row is told in the order in which its fields were first given a value, as the bindings go over a row.</summary>
public class BadValuesTests
{
    private static readonly BigMLModel Model = DeepnetText.Load(
        $"\"layers\": [{DeepnetText.Layer(DeepnetText.First(1), "[0.1]", "tanh")}], {DeepnetText.Exposition}");

    [Theory]
    [InlineData("""{"b": "x", "a": "y"}""", "b", "x")]
    [InlineData("""{"a": 1, "b": "x", "000000": "y"}""", "a", "y")]
    [InlineData("""{"a": "y", "b": true, "000000": 1}""", "b", "True")]
    [InlineData("""{"a": "y", "000000": "z", "b": "x"}""", "a", "z")]
    public void TheFirstIsTold(string row, string field, string value)
    {
        RowException error = Assert.Throws<RowException>(() => Model.Predict(ModelText.Row(row)));
        Assert.Equal((field, value), (error.Field, error.Value));
    }

    [Fact]
    public void ALaterGoodValueHealsABadOne()
        => Assert.Equal(Model.Answer("""{"a": 1}"""), Model.Answer("""{"a": "y", "000000": 1}"""));
}
