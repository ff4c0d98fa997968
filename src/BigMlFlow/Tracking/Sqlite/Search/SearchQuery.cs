using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>A search as one SQL query for the keys of what it finds. Whatever a filter says reaches SQLite as a parameter.</summary>
internal sealed class SearchQuery
{
    private readonly Grammar _grammar;
    private readonly StringBuilder _sql;
    private readonly List<object?> _values = [];
    private string _order;

    /// <param name="grammar">How the entity is searched for.</param>
    /// <param name="select">The query up to its first condition: <c>SELECT … FROM … WHERE 1 = 1</c>.</param>
    internal SearchQuery(Grammar grammar, string select)
    {
        _grammar = grammar;
        _sql = new StringBuilder(select);
        _order = grammar.DefaultOrder;
    }

    /// <summary>Adds a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="value">The value that <c>{0}</c> in it stands for.</param>
    internal void Where(string condition, object? value)
        => _sql.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, Parameter(value));

    /// <summary>Adds a condition that has no value.</summary>
    internal void Where(string condition) => _sql.Append(" AND ").Append(condition);

    /// <summary>Adds the condition of a view on a column of lifecycle stages.</summary>
    internal void Where(ViewType view, string column)
    {
        if (view != ViewType.All)
            Where(column + " = {0}", view == ViewType.ActiveOnly ? LifecycleStages.Active : LifecycleStages.Deleted);
    }

    /// <summary>Adds the comparisons of a filter.</summary>
    internal void Where(IEnumerable<Comparison> comparisons)
    {
        foreach (Comparison comparison in comparisons)
            _sql.Append(" AND ").Append(Condition(comparison));
    }

    /// <summary>Sets the order.</summary>
    internal void OrderBy(IReadOnlyList<Ordering> orderings)
    {
        if (orderings.Count > 0)
            _order = string.Join(", ", orderings.SelectMany(Keys).Append(_grammar.TieOrder));
    }

    /// <summary>The keys of one page, and one more if there are more.</summary>
    internal List<T> Page<T>(Session session, System.Func<SqliteDataReader, T> key, long offset, int most)
    {
        string sql = $"{_sql} ORDER BY {_order} LIMIT {Parameter((long)most + 1)} OFFSET {Parameter(offset)}";
        return session.Query(key, sql, [.. _values]);
    }

    private string Parameter(object? value)
    {
        _values.Add(value);
        return "$" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    private string Condition(Comparison comparison)
    {
        (Field field, string comparator, FilterValue value) = (comparison.Field, comparison.Operator, comparison.Value);
        switch (field.Kind)
        {
            case FieldKind.Attribute:
                SearchAttribute attribute = _grammar.Attributes[field.Key];
                return attribute.Type == AttributeType.QuotableNumber && value is TextValue { Text: var text }
                    ? $"{attribute.Sql} {comparator} {Parameter(long.Parse(text, CultureInfo.InvariantCulture))}"
                    : Compare(value is NumberValue ? attribute.NumberSql ?? attribute.Sql : attribute.Sql, comparator, value);
            case FieldKind.Dataset:
                return $"EXISTS (SELECT 1 FROM {_grammar.DatasetRows} AND {Compare(_grammar.Datasets[field.Key], comparator, value)})";
            default:
                KeyedTable table = _grammar.Tables[field.Kind];
                string rows = $"(SELECT 1 FROM {table.Rows} AND x.{table.Key} = {Parameter(field.Key)}";
                if (value is NoValue)
                    return (comparator == "IS NULL" ? "NOT EXISTS " : "EXISTS ") + rows + ")";
                // A NaN is unequal to every number, and nothing else.
                string compared = Compare("x." + table.Value, comparator, value);
                return $"EXISTS {rows} AND ({(comparator == "!=" ? $"{table.IsNaN} OR {compared}" : $"NOT {table.IsNaN} AND {compared}")}))";
        }
    }

    private string Compare(string sql, string comparator, FilterValue value) => value switch
    {
        NumberValue number => $"{sql} {comparator} {Parameter(number.Number)}",
        ListValue list => $"{sql} {comparator} (SELECT value FROM json_each({Parameter(Session.List(list.Texts))}))",
        // SQLite's lower changes A to Z alone, and so MLflow on SQLite finds no other letters in another case.
        TextValue text when comparator == "ILIKE" => $"lower({sql}) LIKE lower({Parameter(text.Text)})",
        TextValue text => $"{sql} {comparator} {Parameter(text.Text)}",
        _ => throw new System.ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>The sort keys of an ordering: what is there comes before NaN, and NaN before what is missing, in both directions.</summary>
    private IEnumerable<string> Keys(Ordering ordering)
    {
        string direction = ordering.Descending ? " DESC" : string.Empty;
        if (ordering.Field.Kind == FieldKind.Attribute)
        {
            string sql = _grammar.Orders[ordering.Field.Key];
            yield return $"{sql} IS NULL";
            yield return sql + direction;
            yield break;
        }
        KeyedTable table = _grammar.Tables[ordering.Field.Kind];
        string rows = $" FROM {table.Rows} AND x.{table.Key} = {Parameter(ordering.Field.Key)}{table.Latest} LIMIT 1)";
        yield return $"COALESCE((SELECT CASE WHEN {table.IsNaN} THEN 1 ELSE 0 END{rows}, 2)";
        yield return $"(SELECT x.{table.Value}{rows}{direction}";
    }
}
