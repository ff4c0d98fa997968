using System;
using System.Collections.Generic;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Topics;

/// <summary>
/// Finds a model's terms in a text. Words are runs of letters, digits and apostrophes, cut after 30 characters; the character
/// after a word is swallowed, whatever it is. Two words are a bigram too if nothing but that one character lies between them and
/// some word before was followed by a space or a line feed (bindings: topicmodel.py, tokenize, whose state this keeps).
/// </summary>
internal sealed class TermReader
{
    private const int LongestWord = 30;

    private readonly IReadOnlyDictionary<string, int> _terms;
    private readonly Stemmer? _stemmer;
    private readonly bool _caseSensitive;
    private readonly bool _bigrams;

    /// <param name="terms">The places of the terms by their stems.</param>
    /// <param name="stemmer">The stemmer of the model's language; null if words are taken as they are.</param>
    /// <param name="caseSensitive">Whether case matters.</param>
    /// <param name="bigrams">Whether two words in a row may be a term.</param>
    internal TermReader(IReadOnlyDictionary<string, int> terms, Stemmer? stemmer, bool caseSensitive, bool bigrams)
    {
        _terms = terms;
        _stemmer = stemmer;
        _caseSensitive = caseSensitive;
        _bigrams = bigrams;
    }

    /// <summary>Adds the places of the terms in a text, once for each time that they occur.</summary>
    internal void Read(string text, List<int> found)
    {
        string? last = null, before = null;
        bool spaceSeen = false;
        int index = 0;
        while (index < text.Length)
        {
            AddBigram(before, last, found);
            int begin = SkipToWord(text, index);
            int end = SkipWord(text, begin);
            if (end == begin)
            {
                index = end; // nothing but punctuation was left; the last bigram counts once more below
                continue;
            }
            string word = text.Substring(begin, end - begin);
            if (!_caseSensitive)
                word = PythonText.Lower(word);
            before = spaceSeen && begin == index ? last : null;
            last = word;
            Add(word, found);
            index = end;
            if (end < text.Length)
            {
                spaceSeen |= text[end] is ' ' or '\n';
                index += CodePoints.Length(CodePoints.At(text.AsSpan(), end));
            }
        }
        AddBigram(before, last, found);
    }

    private static int SkipToWord(string text, int index)
    {
        while (index < text.Length)
        {
            int character = CodePoints.At(text.AsSpan(), index);
            if (PythonText.IsAlphanumeric(character))
                break;
            index += CodePoints.Length(character);
        }
        return index;
    }

    private static int SkipWord(string text, int index)
    {
        for (int length = 0; index < text.Length && length < LongestWord; length++)
        {
            int character = CodePoints.At(text.AsSpan(), index);
            if (character != '\'' && !PythonText.IsAlphanumeric(character))
                break;
            index += CodePoints.Length(character);
        }
        return index;
    }

    private void AddBigram(string? first, string? second, List<int> found)
    {
        if (_bigrams && first is not null && second is not null)
            Add(first + " " + second, found);
    }

    private void Add(string term, List<int> found)
    {
        if (_terms.TryGetValue(_stemmer is null ? term : _stemmer.Stem(term), out int place))
            found.Add(place);
    }
}
