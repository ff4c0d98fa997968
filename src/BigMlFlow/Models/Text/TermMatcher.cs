using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Text;

/// <summary>
/// Counts a term and its other forms between word boundaries or underscores, which a match consumes; or tells whether the
/// whole text is the term. It is what Python's <c>re.findall(r'(\b|_)term(\b|_)|(\b|_)form(\b|_)…')</c> counts.
/// </summary>
internal sealed class TermMatcher : OccurrenceMatcher
{
    private const string FullTermsOnly = "full_terms_only";

    private readonly string[] _forms;
    private readonly bool _isFullTerm;

    internal TermMatcher(int slot, string term, TermAnalysis options)
        : base(slot, term)
    {
        bool caseSensitive = options.CaseSensitive ?? false;
        _isFullTerm = options.TokenMode == FullTermsOnly;
        Form = caseSensitive ? TextForm.AsIs : _isFullTerm ? TextForm.Lower : TextForm.Folded;
        IEnumerable<string> forms = [term, .. _isFullTerm ? [] : options.TermForms.Where(pair => pair.Key == term).Select(pair => pair.Value).LastOrDefault() ?? []];
        _forms = forms
            .Select(form => Form switch
            {
                TextForm.Folded => PythonText.Fold(form),
                TextForm.Lower => PythonText.Lower(form),
                _ => form,
            })
            .Where(form => form.Length > 0 || _isFullTerm) // an empty term occurs nowhere
            .Distinct(StringComparer.Ordinal)
            .ToArray();
    }

    internal override TextForm Form { get; }

    internal override int Count(string text)
    {
        if (_isFullTerm)
            return text == _forms[0] ? 1 : 0;
        int count = 0;
        ReadOnlySpan<char> characters = text.AsSpan();
        for (int from = 0; TryFind(characters, from, out int end); from = end)
            count++;
        return count;
    }

    /// <summary>Finds the first match from a place on; where two forms begin at the same place, the one listed first.</summary>
    private bool TryFind(ReadOnlySpan<char> text, int from, out int end)
    {
        int first = int.MaxValue;
        end = 0;
        foreach (string form in _forms)
        {
            if (TryFind(text, from, form, out int start, out int formEnd) && start < first)
            {
                first = start;
                end = formEnd;
            }
        }
        return first != int.MaxValue;
    }

    private static bool TryFind(ReadOnlySpan<char> text, int from, string form, out int start, out int end)
    {
        for (int at = from; ; at++)
        {
            int offset = text.Slice(at).IndexOf(form.AsSpan(), StringComparison.Ordinal);
            if (offset < 0)
            {
                start = end = 0;
                return false;
            }
            at += offset;
            end = at + form.Length;
            if (IsBoundary(text, end) || (end < text.Length && text[end++] == '_'))
            {
                // An underscore before the term begins the match, unless an earlier match has consumed it.
                if (at > from && text[at - 1] == '_')
                {
                    start = at - 1;
                    return true;
                }
                if (IsBoundary(text, at))
                {
                    start = at;
                    return true;
                }
            }
        }
    }

    /// <summary>Python's <c>\b</c>: between a word character and none.</summary>
    internal static bool IsBoundary(ReadOnlySpan<char> text, int place)
    {
        bool before = place > 0 && PythonText.IsWordCharacter(CodePoints.Before(text, place));
        bool after = place < text.Length && PythonText.IsWordCharacter(CodePoints.At(text, place));
        return before != after;
    }
}
