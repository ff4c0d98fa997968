using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Whether the models of an ensemble read a row alike, so that one cast row serves all trees.</summary>
internal static class RowCompatibility
{
    /// <summary>Compares what a model does with a row to what the first model of the ensemble does.</summary>
    /// <param name="own">The model's fields.</param>
    /// <param name="first">The first model's.</param>
    /// <param name="ensemble">The ensemble's.</param>
    /// <param name="used">Collects the ensemble's fields that the models use.</param>
    internal static bool ReadAlike(FieldSet own, FieldSet first, FieldSet ensemble, HashSet<Field> used)
    {
        if (own.Objective!.Id != ensemble.Objective!.Id
            || own.DefaultNumericValue != first.DefaultNumericValue
            || !SameTokens(own.MissingTokens, first.MissingTokens))
        {
            return false;
        }
        foreach (Field field in own.All.Where(own.IsUsed))
        {
            if (ensemble.ById(field.Id) is not { } shared || !CastAlike(field, shared, own, ensemble))
                return false;
            used.Add(shared);
        }
        return true;
    }

    internal static bool SameTokens(IReadOnlyList<string> first, IReadOnlyList<string> second)
        => ReferenceEquals(first, second) || new HashSet<string>(first, StringComparer.Ordinal).SetEquals(second);

    private static bool CastAlike(Field own, Field shared, FieldSet model, FieldSet ensemble)
        => ReferenceEquals(own, shared) || (own.OpType == shared.OpType
            && own.Name == shared.Name
            && own.Prefix == shared.Prefix
            && own.Suffix == shared.Suffix
            && SameDefault(own, shared, model)
            && SameTruthValues(own, shared));

    private static bool SameDefault(Field own, Field shared, FieldSet model)
        => model.DefaultFor(own).Equals(model.DefaultFor(shared));

    /// <summary>Truth values become categories where there are just two.</summary>
    private static bool SameTruthValues(Field own, Field shared)
        => own.OpType != OpType.Categorical
            || (own.Categories.Count != 2 && shared.Categories.Count != 2)
            || own.Categories.Select(category => category.Name).SequenceEqual(shared.Categories.Select(category => category.Name), StringComparer.Ordinal);
}
