using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.Tracking;

/// <summary>Keys with texts, such as tags, parameters and aliases: in the store's order, and printing as <c>key=value</c> on one line.</summary>
public sealed class TagSet : IReadOnlyDictionary<string, string>
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Makes a set of pairs; of equal keys the last counts.</summary>
    /// <param name="pairs">The pairs.</param>
    public TagSet(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            if (_values.ContainsKey(pair.Key))
                _pairs.RemoveAll(other => other.Key == pair.Key);
            _values[pair.Key] = pair.Value;
            _pairs.Add(pair);
        }
    }

    /// <summary>A set without any.</summary>
    public static TagSet Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _pairs.Count;

    /// <summary>The keys in the store's order.</summary>
    public IEnumerable<string> Keys => _pairs.Select(pair => pair.Key);

    /// <summary>The texts in the order of the keys.</summary>
    public IEnumerable<string> Values => _pairs.Select(pair => pair.Value);

    /// <summary>The text of a key.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public string this[string key] => _values[key];

    /// <summary>Whether there is such a key.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <returns>True if there is.</returns>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key, in its exact case.</param>
    /// <param name="value">Its text.</param>
    /// <returns>True if there is such a key.</returns>
    public bool TryGetValue(string key, out string value) => _values.TryGetValue(key, out value!);

    /// <summary>The pairs in the store's order.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pairs on one line.</summary>
    public override string ToString() => string.Join(", ", _pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
