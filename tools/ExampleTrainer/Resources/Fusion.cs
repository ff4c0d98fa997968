using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;

namespace BigMlFlow.ExampleTrainer.Resources;

/// <summary>A fusion: models of the same objective whose answers are averaged by weight.</summary>
internal static class Fusion
{
    /// <summary>The documents by their file names: fusion.json and each component's.</summary>
    public static IEnumerable<(string Name, JsonObject Document)> Documents(
        string name, IReadOnlyList<Field> inputs, Field objective, IReadOnlyList<(Resource Resource, JsonObject Document, int Weight)> components)
    {
        var fusion = new Resource("fusion", name, inputs, objective);
        JsonArray Models() => new([.. components.Select(part => (JsonNode)new JsonObject { ["id"] = part.Resource.Id, ["weight"] = part.Weight })]);
        yield return ("fusion.json", fusion.Document(new JsonObject
        {
            ["fusion"] = new JsonObject { ["fields"] = FieldStructure.Complete(fusion.Fields), ["models"] = Models() },
            ["importance"] = new JsonArray(),
            ["missing_numerics"] = true,
            ["models"] = Models(),
        }));
        foreach (var (resource, document, _) in components)
            yield return (resource.FileName, document);
    }
}
