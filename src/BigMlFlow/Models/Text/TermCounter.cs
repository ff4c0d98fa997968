using System;
using System.Collections.Generic;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Text;

/// <summary>
/// Counts how often the terms of a text field's tag cloud, or the items of an items field, occur in a value (bindings:
/// modelfields.py, get_unique_terms). This is the matcher of models that work on numbers; trees match by predicates instead.
/// </summary>
internal abstract class TermCounter
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <param name="cloud">The terms of the summary, in its order.</param>
    /// <param name="forms">Other forms of terms, in the document's order: of several terms with one form the last owns it.</param>
    private protected TermCounter(IReadOnlyList<Category> cloud, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> forms)
    {
        var terms = new List<string>();
        foreach (Category term in cloud)
        {
            if (!_places.ContainsKey(term.Name))
                _places.Add(term.Name, terms.Count);
            terms.Add(term.Name);
        }
        CloudSize = terms.Count;
        var extended = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, IReadOnlyList<string>> entry in forms)
        {
            foreach (string form in entry.Value)
                extended[form] = entry.Key;
            extended[entry.Key] = entry.Key;
        }
        foreach (KeyValuePair<string, string> entry in extended)
        {
            if (!_places.ContainsKey(entry.Value))
            {
                _places.Add(entry.Value, terms.Count);
                terms.Add(entry.Value);
            }
            if (!_places.ContainsKey(entry.Key))
                _places.Add(entry.Key, _places[entry.Value]);
        }
        Terms = terms;
    }

    /// <summary>The terms that can be counted: those of the cloud, then terms of which only the forms are known.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>How many of <see cref="Terms"/> are in the cloud.</summary>
    internal int CloudSize { get; }

    /// <summary>The counter of a text or items field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="trimItems">Whether white space around items is cut: clusters leave it.</param>
    /// <returns>The counter; null for other fields, and for those without terms or items in their summary.</returns>
    internal static TermCounter? Of(Field field, bool trimItems = true)
    {
        if (field.TermAnalysis is { } terms)
            return new TagCloudCounter(terms);
        return field.ItemAnalysis is { } items ? new ItemCounter(items, field.Id, trimItems) : null;
    }

    /// <summary>Counts the terms of a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="counts">Takes the counts, as long as <see cref="Terms"/>; what it held is overwritten.</param>
    /// <returns>Whether any term occurs.</returns>
    internal bool Count(string text, Span<double> counts)
    {
        counts.Clear();
        return Add(text, counts);
    }

    private protected abstract bool Add(string text, Span<double> counts);

    private protected bool Tally(string token, Span<double> counts)
    {
        if (!_places.TryGetValue(token, out int place))
            return false;
        counts[place]++;
        return true;
    }
}
