using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// The fields on which the bindings build every tree of an ensemble that they read from files (ensemble.py): the ensemble's
/// own, or those of all trees together where an old ensemble has none.
/// </summary>
internal static class SharedFields
{
    /// <summary>The fields as a JSON object by id.</summary>
    internal static string Of(ResourceText ensemble, IEnumerable<ResourceDocument> trees)
        => ensemble.Member("ensemble", "fields") ?? Merge(trees);

    private static string Merge(IEnumerable<ResourceDocument> trees)
    {
        var fields = new Dictionary<string, string>();
        foreach (ResourceDocument tree in trees)
        {
            using JsonDocument own = JsonDocument.Parse(new ResourceText(tree).Member("model", "fields") ?? "{}");
            foreach (JsonProperty field in own.RootElement.EnumerateObject())
                fields[field.Name] = field.Value.GetRawText();
        }
        var members = new List<string>(fields.Count);
        foreach (KeyValuePair<string, string> field in fields)
            members.Add($"{JsonSerializer.Serialize(field.Key)}:{field.Value}");
        return "{" + string.Join(",", members) + "}";
    }
}
