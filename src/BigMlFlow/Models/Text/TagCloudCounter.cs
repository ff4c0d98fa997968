using System;
using BigMlFlow.Models.Fields;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Text;

/// <summary>Counts the terms of a tag cloud. Case matters, and tokens and the whole text count, unless the field says otherwise.</summary>
internal sealed class TagCloudCounter(TermAnalysis analysis) : TermCounter(analysis.TagCloud, analysis.TermForms)
{
    private readonly bool _caseSensitive = analysis.CaseSensitive ?? true;
    private readonly bool _tokens = analysis.TokenMode != "full_terms_only";
    private readonly bool _wholeText = analysis.TokenMode is "full_terms_only" or "all" or null;

    private protected override bool Add(string text, Span<double> counts)
    {
        bool any = false;
        string? first = null;
        if (_tokens)
        {
            var tokens = new Tokenizer(text.AsSpan());
            while (tokens.MoveNext())
            {
                // Each token is lower-cased by itself: a capital sigma at its end becomes a final one.
                string token = WithoutCase(tokens.Current.ToString());
                first ??= token;
                any |= Tally(token, counts);
            }
        }
        if (!_wholeText)
            return any;
        string whole = WithoutCase(text);
        return (whole != first && Tally(whole, counts)) || any;
    }

    private string WithoutCase(string text) => _caseSensitive ? text : PythonText.Lower(text);
}
