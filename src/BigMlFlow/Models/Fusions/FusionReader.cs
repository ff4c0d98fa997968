using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Fusions;

/// <summary>Reads the fields of a fusion and the models it is made of.</summary>
internal static class FusionReader
{
    /// <summary>How deep fusions may contain fusions.</summary>
    private const int DeepestNesting = 16;

    /// <summary>How many models a fusion may have in all, those of fusions within it included: each is asked for every row.</summary>
    private const int MostModels = 10_000;

    private static readonly string[] Types = ["model", "ensemble", "logisticregression", "deepnet", "linearregression", "fusion"];

    internal static FieldSet ReadFields(ResourceView view)
    {
        List<Field> all = FieldReader.Read(view.Body.Object("fusion").Object("fields"));
        JsonView id = view.Body["objective_field"];
        string? wanted = id.IsString ? id.AsString() : null;
        Field objective = all.FirstOrDefault(field => field.Id == wanted) ?? FieldSetReader.Objective(view.Body, all);
        JsonView ids = view.Body["input_fields"];
        HashSet<string> inputs = new(ids.Count > 0 ? ids.Strings() : [], StringComparer.Ordinal);
        return new FieldSet(all, objective, inputs.Count > 0 ? all.Where(field => inputs.Contains(field.Id)).ToList() : FieldReader.Inputs(ids, all, objective));
    }

    internal static FusionComponent[] ReadComponents(ResourceView view, string[] classes)
    {
        JsonView models = view.Body.Array("models");
        if (models.Count == 0)
            throw models.Error("The fusion has no models.");
        if (!view.Bundle.InProgress.Add(view.Document.Id))
            throw models.Error($"The fusion {view.Document.Id} contains itself.");
        try
        {
            if (view.Bundle.InProgress.Count > DeepestNesting)
                throw models.Error($"Fusions contain fusions more than {DeepestNesting} deep.");
            return Read(view, models, classes);
        }
        finally
        {
            view.Bundle.InProgress.Remove(view.Document.Id);
        }
    }

    private static FusionComponent[] Read(ResourceView view, JsonView models, string[] classes)
    {
        JsonView[] items = [.. models.Items()];
        bool areObjects = items[0].IsObject;
        // One model without a weight, and all count alike.
        bool areWeighted = areObjects && items.All(item => item.Has("weight"));
        var components = new List<FusionComponent>();
        var read = new Dictionary<string, FusionComponent>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonView item in items)
        {
            string id = areObjects ? item.String("id") : item.AsString();
            if (!read.TryGetValue(id, out FusionComponent? component)) // of a repeated model the first weight counts
            {
                BigMLModel model = Component(view, item, id);
                Check(item, model, classes);
                int[] map = [.. model.Classes.Select(name => Array.IndexOf(classes, name))];
                component = new FusionComponent(model, areWeighted ? item.Number("weight") : 1, map);
                read.Add(id, component);
            }
            count += CountModels(component.Model);
            if (count > MostModels)
                throw models.Error($"The fusion has more than {MostModels} models, those of fusions within it included.");
            components.Add(component);
        }
        return [.. components];
    }

    private static BigMLModel Component(ResourceView view, JsonView item, string id)
    {
        if (Array.IndexOf(Types, ResourceId.TypeOf(id)) < 0)
            throw item.Error($"The resource {id} has not an allowed supervised model type: a fusion is made of {string.Join(", ", Types)}.");
        return ModelReader.Read(view.Bundle, view.Bundle.Component(id));
    }

    private static void Check(JsonView item, BigMLModel model, string[] classes)
    {
        bool isClassifier = model.Classes.Count > 0;
        if (isClassifier != classes.Length > 0 || model is Trees.DecisionTree { IsRegression: false } and { Classes.Count: 0 })
            throw item.Error($"The component {model.Resource} does not predict what the fusion predicts: one predicts classes, the other numbers.");
    }

    private static int CountModels(BigMLModel model)
        => model is Fusion fusion ? fusion.Components.Sum(component => CountModels(component.Model)) : 1;
}
