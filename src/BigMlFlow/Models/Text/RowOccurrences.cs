using System;
using System.Collections.Generic;
using BigMlFlow.Models.Rows;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Text;

/// <summary>What the matchers of a model count in one row: each counts once, however many nodes ask. A buffer, used again for every row.</summary>
internal sealed class RowOccurrences
{
    private readonly IReadOnlyList<OccurrenceMatcher> _matchers;
    private readonly InputRow _row;
    private readonly int[] _counts;
    private readonly int[] _countedIn;
    private readonly string?[] _folded;
    private readonly string?[] _lower;
    private int _rowNumber = 1;

    internal RowOccurrences(IReadOnlyList<OccurrenceMatcher> matchers, InputRow row)
    {
        _matchers = matchers;
        _row = row;
        _counts = new int[matchers.Count];
        _countedIn = new int[matchers.Count];
        _folded = new string?[row.Texts.Length];
        _lower = new string?[row.Texts.Length];
    }

    /// <summary>Forgets what was counted, because the row has been filled anew.</summary>
    internal void NextRow()
    {
        if (_counts.Length == 0)
            return;
        _rowNumber++;
        Array.Clear(_folded, 0, _folded.Length);
        Array.Clear(_lower, 0, _lower.Length);
    }

    /// <summary>How often the matcher's term occurs in the row; a missing text is an empty one.</summary>
    internal int Count(int matcher)
    {
        if (_countedIn[matcher] == _rowNumber)
            return _counts[matcher];
        OccurrenceMatcher counter = _matchers[matcher];
        int count = counter.Count(TextFor(counter));
        _counts[matcher] = count;
        _countedIn[matcher] = _rowNumber;
        return count;
    }

    private string TextFor(OccurrenceMatcher matcher)
    {
        string text = _row.Texts[matcher.Slot] ?? string.Empty;
        return matcher.Form switch
        {
            TextForm.Folded => _folded[matcher.Slot] ??= PythonText.Fold(text),
            TextForm.Lower => _lower[matcher.Slot] ??= PythonText.Lower(text),
            _ => text,
        };
    }
}
