using System;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Fields;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Text;

/// <summary>Counts the items that a separator, or a regular expression, tells apart.</summary>
internal sealed class ItemCounter : TermCounter
{
    private readonly string _separator;
    private readonly Regex? _pattern;
    private readonly bool _trim;
    private readonly string _fieldId;

    internal ItemCounter(ItemAnalysis analysis, string fieldId, bool trim)
        : base(analysis.Items, [])
    {
        _fieldId = fieldId;
        _trim = trim;
        _separator = analysis.Separator ?? " ";
        string? pattern = analysis.SeparatorRegexp ?? (_separator.Length == 0 ? string.Empty : null);
        if (pattern is null)
            return;
        try
        {
            _pattern = PythonPattern.Compile(pattern);
        }
        catch (ArgumentException error)
        {
            throw new ResourceException($"The separator of the items field {fieldId} is no regular expression that can be used here: {error.Message}", null, error);
        }
    }

    private protected override bool Add(string text, Span<double> counts)
    {
        bool any = false;
        if (_pattern is not null)
        {
            // Groups of the expression add what they caught to the list, in Python as in .NET.
            foreach (string item in Split(text))
                any |= TallyItem(item.AsSpan(), counts);
            return any;
        }
        ReadOnlySpan<char> rest = text.AsSpan();
        while (true)
        {
            int end = rest.IndexOf(_separator.AsSpan(), StringComparison.Ordinal);
            if (end < 0)
                return TallyItem(rest, counts) || any;
            any |= TallyItem(rest.Slice(0, end), counts);
            rest = rest.Slice(end + _separator.Length);
        }
    }

    private string[] Split(string text)
    {
        try
        {
            return _pattern!.Split(text);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new RowException($"Splitting the value into the items of field {_fieldId} takes too long: {error.Message}", _fieldId, text);
        }
    }

    private bool TallyItem(ReadOnlySpan<char> item, Span<double> counts)
    {
        if (_trim)
        {
            while (item.Length > 0 && PythonText.IsSpace(item[0]))
                item = item.Slice(1);
            while (item.Length > 0 && PythonText.IsSpace(item[^1]))
                item = item.Slice(0, item.Length - 1);
        }
        return item.Length > 0 ? Tally(item.ToString(), counts) : Tally(string.Empty, counts);
    }
}
