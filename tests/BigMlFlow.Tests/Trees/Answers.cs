using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Parity;
using Xunit;

namespace BigMlFlow.Tests.Trees;

/// <summary>Compares answers with those of the bindings: members in any order, numbers to the last digits.</summary>
internal static class Answers
{
    internal static void Agree(string expected, BigMLModel model, string row, PredictionOptions? options = null)
    {
        string got = model.Predict(ModelText.Row(row), options).ToJson();
        string? difference = new Comparison(_ => Tolerance.Exact).Difference(Parse(expected), Parse(got));
        Assert.True(difference is null, $"{difference}: {got}");
    }

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
