using System.Collections.Generic;
using System.Text;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Trees;

/// <summary>The matchers of a tree, or of all trees of an ensemble: predicates that ask for the same term share one.</summary>
internal sealed class MatcherSet
{
    private readonly List<OccurrenceMatcher> _matchers = [];
    private readonly Dictionary<string, int> _byKey = [];

    internal IReadOnlyList<OccurrenceMatcher> Matchers => _matchers;

    /// <summary>The number of the matcher of a term.</summary>
    /// <param name="definition">The field as the tree's own model defines it.</param>
    /// <param name="slot">Where the field lies in a row.</param>
    /// <param name="term">The term or item.</param>
    /// <exception cref="ResourceException">The field's separator is no regular expression.</exception>
    internal int Add(Field definition, int slot, string term)
    {
        string key = Key(definition, slot, term);
        if (_byKey.TryGetValue(key, out int index))
            return index;
        index = _matchers.Count;
        _matchers.Add(OccurrenceMatcher.For(definition, slot, term));
        _byKey.Add(key, index);
        return index;
    }

    /// <summary>All that a count depends on: models of one ensemble may define a field's terms each in its own way.</summary>
    private static string Key(Field definition, int slot, string term)
    {
        var key = new StringBuilder().Append(slot).Append('\0').Append(term);
        if (definition.TermOptions is { } terms)
        {
            key.Append('\0').Append(terms.CaseSensitive).Append('\0').Append(terms.TokenMode);
            foreach (KeyValuePair<string, IReadOnlyList<string>> forms in terms.TermForms)
            {
                if (forms.Key != term)
                    continue;
                foreach (string form in forms.Value)
                    key.Append('\0').Append(form);
                key.Append('\0').Append('\0');
            }
        }
        else if (definition.ItemOptions is { } items)
            key.Append('\0').Append(items.Separator).Append('\0').Append(items.SeparatorRegexp);
        return key.ToString();
    }
}
