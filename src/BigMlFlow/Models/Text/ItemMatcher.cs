using System;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Text;

/// <summary>
/// Counts an item between separators or ends of the text; a match consumes its separators, so that "a,a,a" holds "a" twice.
/// It is what Python's <c>re.findall(r'(^|sep)item($|sep)')</c> counts: <c>$</c> also matches before a final line break.
/// </summary>
internal sealed class ItemMatcher : OccurrenceMatcher
{
    private readonly string _separator;
    private readonly Regex? _pattern;
    private readonly string _fieldId;

    internal ItemMatcher(int slot, string item, ItemAnalysis options, string fieldId)
        : base(slot, item)
    {
        _fieldId = fieldId;
        _separator = options.Separator ?? " ";
        string? separator = options.SeparatorRegexp ?? (item.Length == 0 ? Regex.Escape(_separator) : null);
        if (separator is null)
            return;
        try
        {
            _pattern = PythonPattern.Compile($"(^|{separator}){Regex.Escape(item)}($|{separator})");
        }
        catch (ArgumentException error)
        {
            throw new ResourceException($"The separator of the items field {fieldId} is no regular expression that can be used here: {error.Message}", null, error);
        }
    }

    internal override int Count(string text)
    {
        if (_pattern is not null)
            return CountMatches(text);
        int count = 0;
        int from = 0;
        for (int at = 0; ; at++)
        {
            at = text.IndexOf(Term, at, StringComparison.Ordinal);
            if (at < 0)
                return count;
            if (BeginsItem(text, from, at) && TryEndItem(text, at + Term.Length, out int end))
            {
                count++;
                from = end;
                at = end - 1;
            }
        }
    }

    private bool BeginsItem(string text, int from, int at)
        => at == 0 || (at - _separator.Length >= from && string.CompareOrdinal(text, at - _separator.Length, _separator, 0, _separator.Length) == 0);

    private bool TryEndItem(string text, int at, out int end)
    {
        end = at;
        if (at == text.Length || (at == text.Length - 1 && text[at] == '\n'))
            return true;
        end = at + _separator.Length;
        return string.CompareOrdinal(text, at, _separator, 0, _separator.Length) == 0;
    }

    private int CountMatches(string text)
    {
        try
        {
            return _pattern!.Matches(text).Count;
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new RowException($"Finding items in the value of field {_fieldId} takes too long: {error.Message}", _fieldId, text);
        }
    }
}
