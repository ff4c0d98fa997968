using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Numbers;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>
/// Reads MLflow's filters: comparisons joined by AND, such as <c>metrics.accuracy &gt; 0.9 AND tags.`the owner` = 'me'</c>. There is no OR, no
/// NOT, no parenthesis but around lists, and no escape within quotes.
/// </summary>
internal sealed class FilterReader
{
    private static readonly Regex Bare = Pattern(@"[\w.]+");
    private static readonly Regex Quoted = Pattern(@"`(?<text>[^`]*)`|""(?<text>[^""]*)""|'(?<text>[^']*)'");

    // Two quotes, or one after a backslash, do not end a text, and stay in it as they are.
    private static readonly Regex Text = Pattern(@"'(?<text>(?:''|\\'|[^'])*)'|""(?<text>(?:""""|\\""|[^""])*)""");
    private static readonly Regex Number = Pattern(@"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])");
    private static readonly Regex Operator = Pattern(@"(?:<=|>=|!=|=|<|>|(?:NOT\s+IN|IN|LIKE|ILIKE)\b|IS\s+NOT\s+NULL\b|IS\s+NULL\b)", RegexOptions.IgnoreCase);
    private static readonly Regex And = Pattern(@"AND\b", RegexOptions.IgnoreCase);
    private static readonly Regex Direction = Pattern(@"(?<direction>ASC|DESC)\b", RegexOptions.IgnoreCase);

    private readonly string _text;
    private readonly Grammar _grammar;
    private int _at;

    private FilterReader(string text, Grammar grammar)
    {
        _text = text;
        _grammar = grammar;
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="filter">The filter; null and the empty text find all.</param>
    /// <param name="grammar">What the entity has.</param>
    /// <exception cref="TrackingException">It is no filter, or not of that entity.</exception>
    internal static List<Comparison> ReadFilter(string? filter, Grammar grammar)
    {
        var comparisons = new List<Comparison>();
        if (string.IsNullOrEmpty(filter))
            return comparisons;
        var reader = new FilterReader(filter!, grammar);
        if (string.IsNullOrWhiteSpace(filter))
            throw reader.Error("it is blank; null finds all");
        // MLflow does not mind an AND that is missing or too many.
        for (reader.SkipAnds(); !reader.AtEnd; reader.SkipAnds())
            comparisons.Add(reader.ReadComparison());
        return comparisons;
    }

    /// <summary>Reads an order, one key a text: <c>metrics.accuracy DESC</c>.</summary>
    /// <exception cref="TrackingException">It is none, or not of that entity.</exception>
    internal static List<Ordering> ReadOrder(IReadOnlyList<string> order, Grammar grammar)
    {
        var orderings = new List<Ordering>();
        foreach (string key in order)
        {
            var reader = new FilterReader(key, grammar);
            Field field = grammar.ToOrder(reader.ReadField(), key);
            Match direction = reader.Take(Direction);
            if (!reader.AtEnd)
                throw reader.Error($"a key with ASC or DESC is expected, not '{reader.Rest}'", "order");
            if (orderings.Any(other => other.Field == field))
                throw reader.Error($"'{field.Key}' is there twice", "order");
            orderings.Add(new Ordering(field, direction.Success && direction.Value.StartsWith("D", StringComparison.OrdinalIgnoreCase)));
        }
        return orderings;
    }

    private bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at == _text.Length;
        }
    }

    private string Rest => _text.Substring(_at);

    private Comparison ReadComparison()
    {
        int start = _at;
        (string? entity, string key) = ReadField();
        Match match = Take(Operator);
        if (!match.Success)
            throw Error($"a comparison is expected after '{_text.Substring(start, _at - start).Trim()}' (comparisons are joined by AND only)");
        string comparator = Regex.Replace(match.Value.ToUpperInvariant(), @"\s+", " ");
        FilterValue value = comparator.StartsWith("IS", StringComparison.Ordinal) ? new NoValue() : ReadValue();
        return _grammar.ToCompare(entity, key, comparator, value, _text);
    }

    /// <summary>A key with what it is a key of, or alone: <c>metrics.accuracy</c>, <c>tags.`a key`</c>, <c>status</c>.</summary>
    private (string? Entity, string Key) ReadField()
    {
        string bare = Take(Bare).Value;
        string quoted = bare.Length == 0 || bare[bare.Length - 1] == '.' ? TakeQuoted(afterBare: bare.Length > 0) : string.Empty;
        int dot = bare.IndexOf('.');
        string key = (dot < 0 ? bare : bare.Substring(dot + 1)) + quoted;
        if (key.Length == 0)
            throw Error(AtEnd ? "it ends where a key is expected" : $"'{Rest}' is no key: letters, digits, _ and . are, anything else in backticks");
        return (dot < 0 ? null : bare.Substring(0, dot), key);
    }

    private string TakeQuoted(bool afterBare)
    {
        if (!afterBare)
            SkipBlanks();
        Match quoted = Quoted.Match(_text, _at);
        _at += quoted.Length;
        return quoted.Groups["text"].Value;
    }

    private FilterValue ReadValue()
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '(')
            return ReadList();
        if (Take(Text) is { Success: true } text)
            return new TextValue(text.Groups["text"].Value);
        if (Take(Number) is not { Success: true } number)
            throw Error($"a number, or a text in single or double quotes, is expected at '{Rest}'");
        if (long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return new NumberValue(whole);
        NumberParser.TryParse(number.Value.AsSpan(), out double value);
        return new NumberValue(double.IsInfinity(value) ? (value > 0 ? double.MaxValue : double.MinValue) : value);
    }

    private ListValue ReadList()
    {
        var texts = new List<string>();
        do
        {
            _at++;
            Match text = Take(Text);
            if (!text.Success)
                throw Error("a list consists of texts in quotes: ('one', 'other')");
            texts.Add(text.Groups["text"].Value);
            SkipBlanks();
        }
        while (_at < _text.Length && _text[_at] == ',');
        if (_at == _text.Length || _text[_at] != ')')
            throw Error("a list ends with a parenthesis: ('one', 'other')");
        _at++;
        return new ListValue(texts);
    }

    private void SkipAnds()
    {
        while (Take(And).Success)
        {
        }
    }

    private Match Take(Regex pattern)
    {
        SkipBlanks();
        Match match = pattern.Match(_text, _at);
        _at += match.Length;
        return match;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private TrackingException Error(string what, string of = "filter") => new(TrackingError.InvalidValue, $"The {of} \"{_text}\" cannot be read: {what}.");

    private static Regex Pattern(string pattern, RegexOptions options = RegexOptions.None) => new(@"\G(?:" + pattern + ")", options | RegexOptions.CultureInvariant);
}
