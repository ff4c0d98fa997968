using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Rows;

/// <summary>
/// Makes the values of the fields that were generated from a date-time (its year, month, day-of-week, hour …) out of the date-time
/// itself, where a row has that instead: by the date-time field's own time formats, the first of them that the text is written in.
/// A field without formats is not expanded.
/// </summary>
internal sealed class DateTimeExpansion
{
    /// <summary>The one text that a .NET date or time becomes, which is read whatever the formats.</summary>
    private const string RoundTrip = "O";

    private readonly KeyValuePair<string, TimeFormat?>[] _formats;

    private DateTimeExpansion(Field parent, IReadOnlyList<Field> children)
    {
        Parent = parent;
        Children = children;
        _formats = parent.TimeFormats.Select(format => new KeyValuePair<string, TimeFormat?>(format, TimeFormat.Compile(format))).ToArray();
    }

    /// <summary>The date-time field.</summary>
    internal Field Parent { get; }

    /// <summary>The fields generated from it that the model uses.</summary>
    internal IReadOnlyList<Field> Children { get; }

    /// <summary>The expansions that a model's fields ask for.</summary>
    /// <param name="all">All fields of the model.</param>
    /// <param name="isUsed">Whether the model uses a field.</param>
    internal static IReadOnlyList<DateTimeExpansion> Of(IReadOnlyList<Field> all, Func<Field, bool> isUsed)
    {
        Dictionary<string, List<Field>>? children = null;
        foreach (Field field in all)
        {
            if (field.ParentId is not { } parent || field.OpType != OpType.Numeric || !IsPart(field.DataType) || !isUsed(field))
                continue;
            children ??= new(StringComparer.Ordinal);
            if (!children.TryGetValue(parent, out List<Field>? siblings))
                children.Add(parent, siblings = []);
            siblings.Add(field);
        }
        if (children is null)
            return [];
        return all
            .Where(field => field.OpType == OpType.DateTime && field.TimeFormats.Count > 0 && children.ContainsKey(field.Id))
            .Select(field => new DateTimeExpansion(field, children[field.Id]))
            .ToList();
    }

    /// <summary>Whether a field is one of the children.</summary>
    internal bool Generates(Field field) => Children.Contains(field);

    /// <summary>Gives the children their values, but for those that the row has values of.</summary>
    /// <param name="text">The date-time.</param>
    /// <param name="numbers">The row's numbers by slot: NaN where missing.</param>
    /// <exception cref="RowException">The text is written in none of the formats.</exception>
    internal void Fill(string text, double[] numbers)
    {
        DateTime? moment = null;
        foreach (Field child in Children)
        {
            if (!double.IsNaN(numbers[child.Slot]))
                continue;
            moment ??= Read(text);
            numbers[child.Slot] = ValueOf(child.DataType, moment.Value);
        }
    }

    private DateTime Read(string text)
    {
        foreach (KeyValuePair<string, TimeFormat?> format in _formats)
        {
            if (format.Value?.Read(text) is { } moment)
                return moment;
        }
        if (DateTimeOffset.TryParseExact(text, RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset stamp))
            return stamp.UtcDateTime;
        string unknown = string.Join(", ", _formats.Where(format => format.Value is null).Select(format => format.Key));
        throw new RowException(
            $"The date-time \"{text}\" of the field \"{Parent.Name}\" is written in none of its time formats: {string.Join(", ", _formats.Select(format => format.Key))}."
            + (unknown.Length > 0 ? $" Not understood here: {unknown}." : string.Empty)
            + $" Give it in one of them, or give {string.Join(", ", Children.Select(child => child.Name))} instead.",
            Parent.Name,
            text);
    }

    private static bool IsPart(string dataType) => dataType is "year" or "month" or "day-of-month" or "day-of-week" or "hour" or "minute" or "second" or "millisecond";

    /// <summary>A part of a date-time. Weeks begin on Monday, which is 1; milliseconds may have a fraction.</summary>
    private static double ValueOf(string part, DateTime moment) => part switch
    {
        "year" => moment.Year,
        "month" => moment.Month,
        "day-of-month" => moment.Day,
        "day-of-week" => ((int)moment.DayOfWeek + 6) % 7 + 1,
        "hour" => moment.Hour,
        "minute" => moment.Minute,
        "second" => moment.Second,
        _ => moment.Ticks % TimeSpan.TicksPerSecond / 10 / 1000.0,
    };
}
