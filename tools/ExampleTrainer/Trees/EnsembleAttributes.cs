using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>The attributes of a resource of type "ensemble".</summary>
internal static class EnsembleAttributes
{
    /// <summary>Those that all ensembles have, then <paramref name="own"/>.</summary>
    public static JsonObject Of(
        Resource ensemble, IReadOnlyList<(Resource Model, IReadOnlyList<(Field Field, double Share)> Importance, JsonObject Distributions)> trees, JsonObject own)
    {
        var json = new JsonObject
        {
            ["distributions"] = new JsonArray([.. trees.Select(tree =>
            {
                var distributions = (JsonObject)tree.Distributions.DeepClone();
                distributions["importance"] = new JsonArray([.. tree.Importance.Select(pair => (JsonNode)new JsonArray(pair.Field.Id, Numbers.Decimals(pair.Share)))]);
                return (JsonNode)distributions;
            })]),
            ["ensemble"] = new JsonObject { ["fields"] = FieldStructure.Complete(ensemble.Fields) },
            ["ensemble_sample"] = new JsonObject { ["rate"] = 1, ["replacement"] = true, ["seed"] = ensemble.Name },
            ["error_models"] = 0,
            ["finished_models"] = trees.Count,
            ["importance"] = new JsonObject(ensemble.Inputs.Select(field => KeyValuePair.Create<string, JsonNode?>(
                field.Id, Numbers.Decimals(trees.Average(tree => tree.Importance.Where(pair => pair.Field == field).Sum(pair => pair.Share)))))),
            ["missing_splits"] = false,
            ["models"] = new JsonArray([.. trees.Select(tree => (JsonNode)tree.Model.Id)]),
            ["number_of_models"] = trees.Count,
            ["objective_field_details"] = new JsonObject
            {
                ["column_number"] = ensemble.Objective!.Column,
                ["datatype"] = ensemble.Objective.DataType,
                ["name"] = ensemble.Objective.Name,
                ["optype"] = ensemble.Objective.OpType,
            },
        };
        foreach (var (key, value) in own)
            json[key] = value?.DeepClone();
        return json;
    }
}
