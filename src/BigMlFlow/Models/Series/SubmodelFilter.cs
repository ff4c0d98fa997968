using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace BigMlFlow.Models.Series;

/// <summary>Which of a field's submodels are to forecast (bindings: timeseries.py, filter_submodels).</summary>
/// <param name="Indices">Their places among the field's submodels; empty for none by place.</param>
/// <param name="Names">Matches their names; null for none by name.</param>
/// <param name="Criterion">The measure to sort by, the least first; null to leave them in the resource's order.</param>
/// <param name="Limit">How many to keep once sorted, or, if negative, how many to leave out at the end; null for all.</param>
internal sealed record SubmodelFilter(IReadOnlyCollection<double> Indices, Regex? Names, string? Criterion, int? Limit)
{
    /// <summary>The best by Akaike's criterion: what is forecast where nothing is chosen.</summary>
    internal static SubmodelFilter Best { get; } = new([], null, "aic", 1);

    /// <summary>The chosen ones: those by place, then those by name whose name none of them has; all, where neither chooses.</summary>
    /// <exception cref="RegexMatchTimeoutException">The expression takes too long.</exception>
    internal IReadOnlyList<Submodel> Choose(IReadOnlyList<Submodel> submodels)
    {
        var chosen = new List<Submodel>();
        if (Indices.Count == 0 && Names is null)
            chosen.AddRange(submodels);
        else
            chosen.AddRange(submodels.Where((_, place) => Indices.Contains(place)));
        if (Names is not null)
        {
            var taken = new HashSet<string>(chosen.Select(submodel => submodel.Name), StringComparer.Ordinal);
            chosen.AddRange(submodels.Where(submodel => Names.IsMatch(submodel.Name) && !taken.Contains(submodel.Name)));
        }
        if (Criterion is null)
            return chosen;
        IEnumerable<Submodel> sorted = chosen.OrderBy(submodel => submodel.Measure(Criterion));
        if (Limit is { } limit)
            sorted = sorted.Take(limit >= 0 ? limit : Math.Max(0, chosen.Count + limit));
        return sorted.ToList();
    }
}
