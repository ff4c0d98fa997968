using System;
using System.Collections.Generic;

namespace BigMlFlow.Models.Fields;

/// <summary>A field of a model: a column of the data it was built on.</summary>
public sealed class Field
{
    internal Field(string id, int slot, OpType opType)
    {
        Id = id;
        Slot = slot;
        OpType = opType;
    }

    /// <summary>The id: six hexadecimal digits, such as <c>00000a</c>.</summary>
    public string Id { get; }

    /// <summary>The name, unique within the model: a repeated one has its column number, or that and its id, appended, as in BigML's bindings.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The name as the resource gives it, which may be that of another field too.</summary>
    public string OriginalName { get; internal set; } = string.Empty;

    /// <summary>How BigML treats the field.</summary>
    public OpType OpType { get; }

    /// <summary>The <c>datatype</c> within the optype, such as <c>double</c>, <c>day-of-week</c> or <c>string</c>.</summary>
    public string DataType { get; internal set; } = string.Empty;

    /// <summary>The zero-based column in the data source.</summary>
    public int ColumnNumber { get; internal set; }

    /// <summary>Whether BigML prefers the field as an input.</summary>
    public bool Preferred { get; internal set; } = true;

    /// <summary>How much the field weighs in the model, 0 to 1; null where the model does not say.</summary>
    public double? Importance { get; internal set; }

    /// <summary>The categories with their counts, in the order of the summary; empty for other fields.</summary>
    public IReadOnlyList<Category> Categories { get; internal set; } = [];

    /// <summary>Where the field lies in a row buffer.</summary>
    internal int Slot { get; private set; }

    /// <summary>Cut from the front of texts before they are read as numbers; null if there is none.</summary>
    internal string? Prefix { get; set; }

    /// <summary>Cut from the end of texts before they are read as numbers; null if there is none. An empty one erases the whole text.</summary>
    internal string? Suffix { get; set; }

    /// <summary>The summary's numbers (mean, median, minimum, standard_deviation, missing_count …) by name.</summary>
    internal IReadOnlyDictionary<string, double> Statistics { get; set; } = NoStatistics;

    /// <summary>How terms of a text field are found; null for other fields, and for texts without a tag cloud, of which vector models take no terms.</summary>
    internal TermAnalysis? TermAnalysis => TermOptions is { TagCloud.Count: > 0 } ? TermOptions : null;

    /// <summary>How items are found; null for other fields, and for those without items in the summary, of which vector models take none.</summary>
    internal ItemAnalysis? ItemAnalysis => ItemOptions is { Items.Count: > 0 } ? ItemOptions : null;

    /// <summary>The options of any text field, whose terms trees ask for whether or not there is a tag cloud; null for other fields.</summary>
    internal TermAnalysis? TermOptions { get; set; }

    /// <summary>The options of any items field, likewise.</summary>
    internal ItemAnalysis? ItemOptions { get; set; }

    /// <summary>The field that this one was generated from, and its siblings' time formats; null where it is a column of its own.</summary>
    internal string? ParentId { get; set; }

    /// <summary>The formats in which a date-time field's texts are written.</summary>
    internal IReadOnlyList<string> TimeFormats { get; set; } = [];

    /// <summary>How many instances lacked a value, as far as the summary tells.</summary>
    internal double MissingCount => Statistics.TryGetValue("missing_count", out double count) ? count : 0;

    /// <summary>The code of a category, its place in <see cref="Categories"/>; -1 if it is not one of them.</summary>
    internal int CodeOf(string category) => Codes.TryGetValue(category, out int code) ? code : -1;

    internal Dictionary<string, int> Codes { get; set; } = NoCodes;

    /// <summary>A text without the field's prefix and suffix, each cut only where it is there.</summary>
    internal ReadOnlySpan<char> WithoutAffixes(ReadOnlySpan<char> text)
    {
        if (Prefix is { } prefix && text.StartsWith(prefix.AsSpan(), StringComparison.Ordinal))
            text = text.Slice(prefix.Length);
        if (Suffix is { } suffix && text.EndsWith(suffix.AsSpan(), StringComparison.Ordinal))
            text = suffix.Length == 0 ? default : text.Slice(0, text.Length - suffix.Length);
        return text;
    }

    /// <summary>The same field in another set, under the name that it has here.</summary>
    internal Field At(int slot)
    {
        var copy = (Field)MemberwiseClone();
        copy.Slot = slot;
        copy.OriginalName = Name;
        return copy;
    }

    private static readonly Dictionary<string, double> NoStatistics = [];

    private static readonly Dictionary<string, int> NoCodes = [];

    /// <summary>The name and type, for the debugger and for lists.</summary>
    public override string ToString() => $"{Name} ({OpType.ToString().ToLowerInvariant()})";
}

/// <summary>A category of a field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many training instances have it.</param>
public readonly record struct Category(string Name, double Count)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
