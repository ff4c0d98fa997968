using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Fields;

/// <summary>Reads the fields of a resource whose inputs are its <c>input_fields</c>: all types but trees, which name their own.</summary>
internal static class FieldSetReader
{
    /// <summary>Reads the fields, the objective, the inputs and the missing tokens.</summary>
    /// <param name="body">The resource, which has <c>input_fields</c>, <c>objective_fields</c> and <c>default_numeric_value</c>.</param>
    /// <param name="inner">Its inner model, which has <c>fields</c> and <c>missing_tokens</c>.</param>
    /// <param name="hasObjective">Whether the model predicts a field.</param>
    /// <param name="leftOut">The ids of fields that are to be as if they were not there; null for none.</param>
    internal static FieldSet Read(JsonView body, JsonView inner, bool hasObjective, ICollection<string>? leftOut = null)
    {
        List<Field> all = FieldReader.Read(inner.Object("fields"), leftOut);
        Field? objective = hasObjective ? Objective(body, all) : null;
        JsonView ids = body["input_fields"];
        List<Field> inputs = FieldReader.Inputs(ids, all, objective, leftOut);
        HashSet<Field> seen = [];
        foreach (Field field in inputs)
        {
            if (!seen.Add(field))
                throw ids.Error($"The input field {field.Id} comes twice.");
        }
        return new FieldSet(all, objective, inputs, null, FieldReader.MissingTokens(inner), DefaultNumericValue(body));
    }

    /// <summary>The objective field: the first of <c>objective_fields</c>, or else <c>objective_field</c>.</summary>
    internal static Field Objective(JsonView body, IReadOnlyList<Field> all)
    {
        JsonView list = body["objective_fields"];
        JsonView id = list.Count > 0 ? list.ItemAt(0) : list.IsString ? list : body["objective_field"];
        string wanted = id.AsString();
        return all.FirstOrDefault(field => field.Id == wanted)
            ?? throw id.Error($"The objective field {wanted} is not among the model's fields: the export lacks fields. Export it with all of them.");
    }

    /// <summary>The summary entry that stands in for missing numbers; null if nothing does.</summary>
    private static string? DefaultNumericValue(JsonView body)
        => body["default_numeric_value"].IsNull ? null : body.OptionalString("default_numeric_value");
}
