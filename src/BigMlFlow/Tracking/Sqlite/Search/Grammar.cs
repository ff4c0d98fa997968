using System;
using System.Collections.Generic;
using System.Linq;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>What the values of an attribute are, and so how it is compared.</summary>
internal enum AttributeType
{
    /// <summary>Texts: equal, not equal, LIKE, ILIKE.</summary>
    Text,

    /// <summary>Texts that can be looked for in lists, too.</summary>
    ListedText,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Numbers that may be written as texts.</summary>
    QuotableNumber,
}

/// <summary>An attribute.</summary>
/// <param name="Type">What its values are.</param>
/// <param name="Sql">What gives its value.</param>
/// <param name="NumberSql">What gives it as a number, where it has a name and a number.</param>
internal sealed record SearchAttribute(AttributeType Type, string Sql, string? NumberSql = null);

/// <summary>A table of keys and values of an entity.</summary>
/// <param name="Rows">The table, as <c>x</c>, and the condition that a row of it belongs to the entity.</param>
/// <param name="Key">Its column of keys.</param>
/// <param name="Value">Its column of values.</param>
/// <param name="IsNaN">What tells whether a number is none.</param>
/// <param name="Latest">The order in which the first row counts for ordering, where there are several.</param>
internal sealed record KeyedTable(string Rows, string Key, string Value, string IsNaN = "0", string Latest = "");

/// <summary>How an entity is searched for: its filters, its orders, its tables.</summary>
internal sealed record Grammar
{
    private static readonly string[] ForNumbers = [">", ">=", "<", "<=", "=", "!="];
    private static readonly string[] ForTexts = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] ForLists = ["IN", "NOT IN"];
    private static readonly string[] ForAbsence = ["IS NULL", "IS NOT NULL"];

    /// <summary>What the entity is called in messages.</summary>
    internal required string Of { get; init; }

    /// <summary>The words before a key, and what it then is a key of.</summary>
    internal required IReadOnlyDictionary<string, FieldKind> Entities { get; init; }

    /// <summary>The attributes that can be compared, by name.</summary>
    internal required IReadOnlyDictionary<string, SearchAttribute> Attributes { get; init; }

    /// <summary>Attributes that are compared as a tag.</summary>
    internal IReadOnlyDictionary<string, string> AttributeTags { get; init; } = new Dictionary<string, string>();

    /// <summary>What can be ordered by, by name: attributes as SQL.</summary>
    internal required IReadOnlyDictionary<string, string> Orders { get; init; }

    /// <summary>What of keys can be ordered by.</summary>
    internal IReadOnlyCollection<FieldKind> KeyedOrders { get; init; } = [];

    /// <summary>The tables of metrics, parameters and tags.</summary>
    internal required IReadOnlyDictionary<FieldKind, KeyedTable> Tables { get; init; }

    /// <summary>Whether parameters and tags can be looked for in lists.</summary>
    internal bool ListsKeyed { get; init; }

    /// <summary>The properties of input datasets, as SQL.</summary>
    internal IReadOnlyDictionary<string, string> Datasets { get; init; } = new Dictionary<string, string>();

    /// <summary>The rows of input datasets, with the condition that they belong to the entity.</summary>
    internal string DatasetRows { get; init; } = string.Empty;

    /// <summary>The order where none is given.</summary>
    internal required string DefaultOrder { get; init; }

    /// <summary>The order of those that are equal by the order given.</summary>
    internal required string TieOrder { get; init; }

    /// <summary>A comparison, checked.</summary>
    internal Comparison ToCompare(string? entity, string key, string comparator, FilterValue value, string filter)
    {
        FieldKind kind = KindOf(entity, filter);
        if (kind == FieldKind.Attribute && AttributeTags.TryGetValue(key, out string? tag))
            (kind, key) = (FieldKind.Tag, tag);
        switch (kind)
        {
            case FieldKind.Attribute:
                CheckAttribute(key, comparator, value, filter);
                break;
            case FieldKind.Metric:
                Check(value is NumberValue && ForNumbers.Contains(comparator), $"a metric such as '{key}' is compared with numbers by {string.Join(" ", ForNumbers)}", filter);
                break;
            case FieldKind.Dataset:
                Check(Datasets.ContainsKey(key), $"a dataset has no '{key}', only {Names(Datasets.Keys)}", filter);
                CheckText(key, comparator, value, lists: true, absence: false, filter);
                break;
            default:
                CheckText(key, comparator, value, ListsKeyed, absence: true, filter);
                break;
        }
        return new Comparison(new Field(kind, key), comparator, value);
    }

    /// <summary>A key to order by, checked.</summary>
    internal Field ToOrder((string? Entity, string Key) field, string order)
    {
        FieldKind kind = KindOf(field.Entity, order);
        bool known = kind == FieldKind.Attribute ? Orders.ContainsKey(field.Key) : KeyedOrders.Contains(kind);
        IEnumerable<string> names = Orders.Keys.Concat(KeyedOrders.Select(keyed => keyed.ToString().ToLowerInvariant() + "s.key"));
        Check(known, $"{Of} are ordered by {Names(names)}", order);
        return new Field(kind, field.Key);
    }

    private FieldKind KindOf(string? entity, string text)
    {
        if (entity is null)
            return FieldKind.Attribute;
        Check(Entities.TryGetValue(entity, out FieldKind kind), $"{Of} have no '{entity}', only {Names(Entities.Keys)}", text);
        return kind;
    }

    private void CheckAttribute(string key, string comparator, FilterValue value, string filter)
    {
        Check(Attributes.TryGetValue(key, out SearchAttribute? attribute), $"{Of} have no attribute '{key}', only {Names(Attributes.Keys.Concat(AttributeTags.Keys))}", filter);
        bool isNumber = attribute!.Type is AttributeType.Number or AttributeType.QuotableNumber || (attribute.NumberSql is not null && value is NumberValue);
        if (!isNumber)
        {
            CheckText(key, comparator, value, attribute.Type == AttributeType.ListedText, absence: false, filter);
            return;
        }
        bool fits = value is NumberValue || (attribute.Type == AttributeType.QuotableNumber && value is TextValue { Text: var text } && long.TryParse(text, out _));
        Check(fits && ForNumbers.Contains(comparator), $"'{key}' is compared with numbers by {string.Join(" ", ForNumbers)}", filter);
    }

    private static void CheckText(string key, string comparator, FilterValue value, bool lists, bool absence, string filter)
    {
        string[] comparators = [.. ForTexts, .. lists ? ForLists : [], .. absence ? ForAbsence : []];
        Check(comparators.Contains(comparator), $"'{key}' is compared by {string.Join(", ", comparators)}", filter);
        bool fits = ForAbsence.Contains(comparator) || (ForLists.Contains(comparator) ? value is ListValue : value is TextValue);
        Check(fits, ForLists.Contains(comparator) ? $"'{key}' is looked for in a list: ('one', 'other')" : $"'{key}' is compared with a text in quotes", filter);
    }

    private static void Check(bool holds, string otherwise, string text)
    {
        if (!holds)
            throw new TrackingException(TrackingError.InvalidValue, $"\"{text}\" cannot be searched for: {otherwise}.");
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.OrderBy(name => name, StringComparer.Ordinal));
}
