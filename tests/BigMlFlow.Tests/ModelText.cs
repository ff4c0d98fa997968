using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Tests;

/// <summary>Models and rows written as JSON in a test.</summary>
internal static class ModelText
{
    internal static BigMLModel Load(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return BigMLModel.Load(ResourceBundle.FromStream(stream, "test.json"));
    }

    internal static IEnumerable<KeyValuePair<string, object?>> Row(string json)
        => JsonSerializer.Deserialize<JsonElement>(json).EnumerateObject().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value)).ToList();

    /// <summary>The answer to a row of JSON, as the bindings' own method of the type gives it.</summary>
    internal static string Answer(this BigMLModel model, string row, PredictionOptions? options = null)
        => model.Predict(Row(row), (options ?? PredictionOptions.Default) with { Full = false }).ToJson();
}
