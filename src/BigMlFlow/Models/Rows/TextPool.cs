using System;

namespace BigMlFlow.Models.Rows;

/// <summary>Strings for spans that come again and again, such as the categories in a column of a file: each is made once.</summary>
internal sealed class TextPool
{
    /// <summary>A power of two. A collision merely makes the string anew.</summary>
    private const int Size = 1 << 12;

    /// <summary>Longer texts are hardly categories, and are not kept.</summary>
    private const int LongestKept = 64;

    private readonly string?[] _strings = new string?[Size];

    internal string Intern(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestKept)
            return text.ToString();
        uint hash = 2166136261;
        foreach (char letter in text)
            hash = (hash ^ letter) * 16777619;
        ref string? entry = ref _strings[(hash ^ (hash >> 16)) & (Size - 1)];
        if (entry is null || !text.SequenceEqual(entry.AsSpan()))
            entry = text.ToString();
        return entry;
    }
}
