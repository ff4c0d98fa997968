using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Text;

/// <summary>
/// Counts how often a term or an item occurs in a text, as the predicates of trees, anomaly detectors and associations do
/// (bindings: predicate_utils/utils.py). Vector models count otherwise: they tokenize (bigml-facts 11).
/// </summary>
internal abstract class OccurrenceMatcher
{
    private protected OccurrenceMatcher(int slot, string term)
    {
        Slot = slot;
        Term = term;
    }

    /// <summary>Where the field lies in a row.</summary>
    internal int Slot { get; }

    /// <summary>The term or item.</summary>
    internal string Term { get; }

    /// <summary>In which form the matcher wants the text.</summary>
    internal virtual TextForm Form => TextForm.AsIs;

    /// <summary>Counts the occurrences.</summary>
    /// <param name="text">The text in the matcher's <see cref="Form"/>; empty where it is missing.</param>
    internal abstract int Count(string text);

    /// <summary>The matcher for a field's term or item.</summary>
    /// <param name="definition">The field as its model defines it: its options, its terms' forms.</param>
    /// <param name="slot">Where the field lies in a row.</param>
    /// <param name="term">The term or item.</param>
    internal static OccurrenceMatcher For(Field definition, int slot, string term)
        => definition.OpType == OpType.Text
            ? new TermMatcher(slot, term, definition.TermOptions!)
            : new ItemMatcher(slot, term, definition.ItemOptions!, definition.Id);
}

/// <summary>A form of a text that many matchers want, and that is made once a row.</summary>
internal enum TextForm
{
    /// <summary>The text as it came.</summary>
    AsIs,

    /// <summary>Folded character by character, as <c>re.IGNORECASE</c> compares.</summary>
    Folded,

    /// <summary>In lower case, as <c>str.lower</c> gives it.</summary>
    Lower,
}
