using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Series;

/// <summary>
/// What a row asks for a field: <c>{"horizon": 5, "ets_models": {"indices": [0], "names": ["A,.*"], "criterion": "aic", "limit": 2}}</c>,
/// or the horizon alone, as a number (bindings: timeseries.py, filter_objectives).
/// </summary>
/// <param name="Horizon">How many steps to forecast.</param>
/// <param name="Filter">Which submodels forecast them.</param>
internal readonly record struct ForecastRequest(int Horizon, SubmodelFilter Filter)
{
    /// <summary>The longest forecast: more is a mistake, and would fill the memory.</summary>
    internal const int LongestHorizon = 1_000_000;

    private static readonly string[] FilterKeys = ["indices", "names", "criterion", "limit"];

    /// <summary>Reads a request.</summary>
    /// <param name="field">The field's name, or the key of a column that is none, for messages.</param>
    /// <param name="cell">What the row has there.</param>
    /// <exception cref="RowException">It is no request.</exception>
    internal static ForecastRequest Parse(string field, in Cell cell)
    {
        if (cell.Kind != CellKind.Other && Whole(cell) is { } steps)
            return new ForecastRequest(Bounded(steps, field), SubmodelFilter.Best);
        if (Structure.Members(cell.Value) is not { } members)
            throw new RowException($"Each field input data needs to be specified as a dictionary such as {{\"horizon\": 5}}, or as a horizon. Found {cell} for field {field}.", field, cell.ToString());
        object? horizon = null, models = null;
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Key == "horizon")
                horizon = member.Value;
            else if (member.Key == "ets_models")
                models = member.Value;
        }
        Cell given = Cell.From(horizon);
        if (given.Kind == CellKind.Missing)
            throw new RowException($"Each field in input data must contain at least a \"horizon\" attribute. The field {field} has none.", field);
        if (Whole(given) is not { } whole)
            throw Wrong(field, "horizon", "a whole number", given);
        return new ForecastRequest(Bounded(whole, field), ParseFilter(field, models));
    }

    private static SubmodelFilter ParseFilter(string field, object? models)
    {
        Cell whole = Cell.From(models);
        if (whole.Kind == CellKind.Missing)
            return SubmodelFilter.Best;
        if (Structure.Members(models) is not { } members)
            throw Wrong(field, "ets_models", "a dictionary with indices, names, criterion and limit", whole);
        IReadOnlyCollection<double> indices = [];
        Regex? names = null;
        string? criterion = null;
        int? limit = null;
        bool any = false;
        foreach (KeyValuePair<string, object?> member in members)
        {
            any = true;
            Cell value = Cell.From(member.Value);
            switch (member.Key)
            {
                case "indices":
                    indices = Cells(member.Value).Select(item => Whole(item) ?? throw Wrong(field, "indices", "a list of whole numbers", item)).ToList();
                    break;
                case "names":
                    names = Expression(field, Cells(member.Value).Select(item => item.Kind == CellKind.Text ? item.ToString() : throw Wrong(field, "names", "a list of texts", item)).ToList());
                    break;
                case "criterion" when value.Kind is CellKind.Text or CellKind.Missing:
                    criterion = value.Value as string;
                    break;
                case "limit" when value.Kind == CellKind.Missing:
                    break;
                case "limit" when Whole(value) is { } count:
                    limit = (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, count));
                    break;
                case "criterion" or "limit":
                    throw Wrong(field, member.Key, member.Key == "limit" ? "a whole number" : "the name of a measure, such as aic", value);
                default:
                    throw new RowException($"Only {string.Join(", ", FilterKeys)} allowed as keys in each fields submodel filter. Found {member.Key} for field {field}.", field, member.Key);
            }
        }
        return any ? new SubmodelFilter(indices, names, criterion, limit) : SubmodelFilter.Best;
    }

    private static Regex? Expression(string field, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return null;
        string pattern = string.Join("|", names);
        try
        {
            return PythonPattern.Compile(pattern);
        }
        catch (ArgumentException error)
        {
            throw new RowException($"The names for field {field} are no regular expressions: {error.Message}", field, pattern);
        }
    }

    /// <summary>The items of a list, or a value that stands alone as the only one.</summary>
    private static IEnumerable<Cell> Cells(object? value)
    {
        Cell whole = Cell.From(value);
        return Structure.Items(value)?.Select(Cell.From) ?? (whole.Kind == CellKind.Missing ? [] : [whole]);
    }

    private static double? Whole(in Cell cell)
    {
        double number = cell.Kind switch
        {
            CellKind.Number or CellKind.Integer => cell.NumberValue,
            CellKind.Text when PythonFloat.TryParse(cell.ToString().AsSpan(), out double parsed) => parsed,
            _ => double.NaN,
        };
        return number == Math.Floor(number) && !double.IsInfinity(number) ? number : null;
    }

    private static int Bounded(double horizon, string field)
        => horizon <= LongestHorizon
            ? (int)Math.Max(0, horizon)
            : throw new RowException($"The horizon for field {field} is too long: at most {LongestHorizon} steps can be forecast.", field);

    private static RowException Wrong(string field, string key, string expected, in Cell found)
        => new($"The {key} for field {field} has to be {expected}, not {found}.", field, found.ToString());
}
