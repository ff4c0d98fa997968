using System;
using System.Collections.Generic;
using System.Text.Json;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// The texts of a tree, each once: field ids, classes and terms come again in every node, and no string is made of them
/// a second time.
/// </summary>
internal sealed class Utf8Pool
{
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private Entry[] _table = new Entry[256];
    private int _used;

    /// <summary>The text of a number that <see cref="Add(ref Utf8JsonReader)"/> gave.</summary>
    internal string this[int index] => _texts[index];

    /// <summary>The number of the text that the reader is at.</summary>
    /// <exception cref="InvalidOperationException">The text is not valid Unicode.</exception>
    internal int Add(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            return Add(reader.GetString()!);
        ReadOnlySpan<byte> utf8 = reader.ValueSpan;
        uint hash = 2166136261;
        foreach (byte unit in utf8)
            hash = (hash ^ unit) * 16777619;
        for (uint place = hash; ; place++)
        {
            ref Entry entry = ref _table[place & (_table.Length - 1)];
            if (entry.Utf8 is null)
            {
                int index = Add(reader.GetString()!);
                entry = new Entry(utf8.ToArray(), hash, index);
                if (++_used * 2 > _table.Length)
                    Grow();
                return index;
            }
            if (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8))
                return entry.Index;
        }
    }

    /// <summary>The number of a text.</summary>
    internal int Add(string text)
    {
        if (_byText.TryGetValue(text, out int index))
            return index;
        index = _texts.Count;
        _texts.Add(text);
        _byText.Add(text, index);
        return index;
    }

    private void Grow()
    {
        Entry[] old = _table;
        _table = new Entry[old.Length * 2];
        foreach (Entry entry in old)
        {
            if (entry.Utf8 is null)
                continue;
            uint place = entry.Hash;
            while (_table[place & (_table.Length - 1)].Utf8 is not null)
                place++;
            _table[place & (_table.Length - 1)] = entry;
        }
    }

    private readonly struct Entry(byte[] utf8, uint hash, int index)
    {
        internal readonly byte[]? Utf8 = utf8;
        internal readonly uint Hash = hash;
        internal readonly int Index = index;
    }
}
