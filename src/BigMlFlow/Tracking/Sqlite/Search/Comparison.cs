using System.Collections.Generic;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>What of an entity is compared or ordered by.</summary>
internal enum FieldKind
{
    /// <summary>A property of the entity itself.</summary>
    Attribute,

    /// <summary>A metric's latest value.</summary>
    Metric,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>A dataset that was an input.</summary>
    Dataset,
}

/// <summary>A field of an entity.</summary>
internal sealed record Field(FieldKind Kind, string Key);

/// <summary>A part of a filter; all parts hold together.</summary>
/// <param name="Field">What is compared.</param>
/// <param name="Operator">How, in SQL's own spelling; ILIKE, which SQLite lacks, too.</param>
/// <param name="Value">With what.</param>
internal sealed record Comparison(Field Field, string Operator, FilterValue Value);

/// <summary>What a field is compared with.</summary>
internal abstract record FilterValue;

/// <summary>A number: a <see cref="long"/> where it is whole, else a <see cref="double"/>.</summary>
internal sealed record NumberValue(object Number) : FilterValue;

/// <summary>A text in quotes.</summary>
internal sealed record TextValue(string Text) : FilterValue;

/// <summary>Texts in quotes, in parentheses.</summary>
internal sealed record ListValue(IReadOnlyList<string> Texts) : FilterValue;

/// <summary>Nothing, after IS NULL and IS NOT NULL.</summary>
internal sealed record NoValue : FilterValue;

/// <summary>A part of an order.</summary>
internal sealed record Ordering(Field Field, bool Descending);
