using System.Collections.Generic;

namespace BigMlFlow.Models.Fields;

/// <summary>
/// How the terms of a text field were found when the model was built. Options that the resource leaves out stay null: the
/// matchers of trees and those of vector models take opposite defaults for them (bindings: predicate.py, modelfields.py).
/// </summary>
/// <param name="CaseSensitive">Whether case matters.</param>
/// <param name="TokenMode"><c>all</c>, <c>tokens_only</c> or <c>full_terms_only</c>.</param>
/// <param name="Language">The language of the texts, such as <c>en</c>.</param>
/// <param name="TagCloud">The terms of the summary with their counts, in its order.</param>
/// <param name="TermForms">Other forms of a term, by term, in the document's order.</param>
internal sealed record TermAnalysis(
    bool? CaseSensitive,
    string? TokenMode,
    string? Language,
    IReadOnlyList<Category> TagCloud,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> TermForms);

/// <summary>How the items of an items field are told apart.</summary>
/// <param name="Separator">The separator; null where the resource leaves it out (a space, then).</param>
/// <param name="SeparatorRegexp">A regular expression that separates instead; null if there is none.</param>
/// <param name="Items">The items of the summary with their counts, in its order.</param>
internal sealed record ItemAnalysis(string? Separator, string? SeparatorRegexp, IReadOnlyList<Category> Items);
