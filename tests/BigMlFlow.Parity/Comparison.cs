using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Parity;

/// <summary>
/// Compares an answer with the reference's: numbers as numbers, within tolerances that depend on the member that holds them;
/// members without regard to their order; lists in order, but for <c>unused_fields</c>, and but for entries of sorted lists
/// whose figures tie; everything else exactly.
/// </summary>
/// <param name="tolerance">The tolerance of a number, by the name of the innermost member that holds it.</param>
internal sealed class Comparison(Func<string, Tolerance> tolerance)
{
    /// <summary>How near two figures of classes have to be for either to win.</summary>
    private const double Tie = 1.0001e-5;

    /// <summary>Members that name what an entry of a list is about.</summary>
    private static readonly string[] Names = ["category", "name", "item"];

    /// <summary>Members that hold the figure by which such entries are sorted.</summary>
    private static readonly string[] Figures = ["probability", "confidence", "votes", "score"];

    /// <summary>Whether every number so far was the very same double.</summary>
    internal bool IsExact { get; private set; } = true;

    /// <summary>Whether the answers agree only because near figures may come in either order.</summary>
    internal bool IsTied { get; private set; }

    /// <summary>The first difference, as the path in the answer and what is there.</summary>
    /// <returns>Null if the answers agree.</returns>
    internal string? Difference(JsonElement expected, JsonElement got)
    {
        IsExact = true;
        IsTied = false;
        return Compare(expected, got, "$", "prediction");
    }

    private string? Compare(JsonElement expected, JsonElement got, string path, string member)
    {
        if (expected.ValueKind != got.ValueKind)
            return Differ(path, expected, got);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return CompareMembers(expected, got, path);
            case JsonValueKind.Array when member == "unused_fields":
                return Texts(expected).SetEquals(Texts(got)) ? null : Differ(path, expected, got);
            case JsonValueKind.Array:
                return CompareItems(expected, got, path, member);
            case JsonValueKind.Number:
                double first = Number(expected), second = Number(got);
                IsExact &= first.Equals(second);
                return tolerance(member).Holds(first, second) ? null : Differ(path, expected, got);
            case JsonValueKind.String:
                return expected.GetString() == got.GetString() ? null : Differ(path, expected, got);
            default:
                return null; // true, false and null are their kinds
        }
    }

    private string? CompareMembers(JsonElement expected, JsonElement got, string path)
    {
        foreach (JsonProperty property in got.EnumerateObject())
        {
            if (!expected.TryGetProperty(property.Name, out _))
                return $"{path}.{property.Name}: not expected";
        }
        bool tied = Ties(expected, got);
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (!got.TryGetProperty(property.Name, out JsonElement value))
                return $"{path}.{property.Name}: missing";
            if (tied && property.Name == "prediction")
                continue;
            if (Compare(property.Value, value, $"{path}.{property.Name}", property.Name) is { } difference)
                return difference;
        }
        IsTied |= tied;
        return null;
    }

    /// <summary>
    /// Whether another class won only because its figure ties with the winner's: nearly, since a tie to the last digit has one
    /// outcome. The distribution tells the figures where there is one; elsewhere the winners' figures are all there is to see.
    /// </summary>
    private static bool Ties(JsonElement expected, JsonElement got)
    {
        if (!IsText(expected, "prediction", out string? wanted) || !IsText(got, "prediction", out string? found) || wanted == found)
            return false;
        if (expected.TryGetProperty("distribution", out JsonElement distribution) && distribution.ValueKind == JsonValueKind.Array)
        {
            Dictionary<string, double> figures = Entries(distribution)?.GroupBy(entry => entry.Name).ToDictionary(entry => entry.Key, entry => entry.First().Figure) ?? [];
            return figures.TryGetValue(wanted!, out double best) && figures.TryGetValue(found!, out double other)
                && best != other && Math.Abs(best - other) <= Tie;
        }
        foreach (string name in Figures)
        {
            if (expected.TryGetProperty(name, out JsonElement first) && got.TryGetProperty(name, out JsonElement second)
                && first.ValueKind == JsonValueKind.Number && second.ValueKind == JsonValueKind.Number)
            {
                double distance = Math.Abs(Number(first) - Number(second));
                return distance is > 0 and <= Tie;
            }
        }
        return false;
    }

    private string? CompareItems(JsonElement expected, JsonElement got, string path, string member)
    {
        if (expected.GetArrayLength() != got.GetArrayLength())
            return $"{path}: expected {expected.GetArrayLength()} items, got {got.GetArrayLength()}";
        bool exact = IsExact;
        string? difference = null;
        for (int index = 0; index < expected.GetArrayLength() && difference is null; index++)
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            difference = Compare(expected[index], got[index], at, member);
        }
        if (difference is null || !AgreeInAnotherOrder(expected, got, member))
            return difference;
        IsExact = exact;
        IsTied = true;
        return null;
    }

    /// <summary>Whether two sorted lists hold the same entries with the same figures, and differ in the order of near ones alone.</summary>
    private bool AgreeInAnotherOrder(JsonElement expected, JsonElement got, string member)
    {
        (string Name, double Figure, string Key)[]? first = Entries(expected)?.ToArray(), second = Entries(got)?.ToArray();
        if (first is null || second is null || first.Length != second.Length)
            return false;
        for (int index = 1; index < first.Length; index++)
        {
            if (first[index].Figure > first[index - 1].Figure)
                return false; // not sorted by figure: the order is of another kind, and has to be the same
        }
        var figures = first.GroupBy(entry => entry.Name).ToDictionary(entry => entry.Key, entry => entry.First().Figure);
        for (int index = 0; index < first.Length; index++)
        {
            Tolerance near = tolerance(first[index].Key.Length > 0 ? first[index].Key : member);
            if (!near.Holds(first[index].Figure, second[index].Figure))
                return false;
            if (!figures.TryGetValue(second[index].Name, out double figure) || !near.Holds(figure, second[index].Figure))
                return false;
            if (second[index].Name != first[index].Name && figure == first[index].Figure)
                return false; // a tie to the last digit has one outcome
        }
        return second.Select(entry => entry.Name).Distinct().Count() == second.Length;
    }

    /// <summary>The entries of a list of classes, topics or items: objects with a name and a figure, or pairs.</summary>
    /// <returns>Null if the list is none of these.</returns>
    private static List<(string Name, double Figure, string Key)>? Entries(JsonElement list)
    {
        var entries = new List<(string Name, double Figure, string Key)>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.Number)
            {
                entries.Add((item[0].GetString()!, Number(item[1]), string.Empty));
                continue;
            }
            if (item.ValueKind != JsonValueKind.Object)
                return null;
            string? name = Names.FirstOrDefault(each => item.TryGetProperty(each, out _));
            string? key = Figures.FirstOrDefault(each => item.TryGetProperty(each, out JsonElement figure) && figure.ValueKind == JsonValueKind.Number);
            if (name is null || key is null)
                return null;
            JsonElement subject = item.GetProperty(name);
            entries.Add((subject.ValueKind == JsonValueKind.String ? subject.GetString()! : subject.GetRawText(), Number(item.GetProperty(key)), key));
        }
        return entries;
    }

    private static HashSet<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.ToString()).ToHashSet(StringComparer.Ordinal);

    private static bool IsText(JsonElement owner, string member, out string? text)
    {
        text = owner.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    private static double Number(JsonElement value) => value.GetDouble();

    private static string Differ(string path, JsonElement expected, JsonElement got)
        => $"{path}: expected {Shorten(expected)}, got {Shorten(got)}";

    internal static string Shorten(JsonElement value, int length = 160)
    {
        string text = value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
        return text.Length <= length ? text : text[..length] + "…";
    }
}
