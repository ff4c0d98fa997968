using System;
using System.Collections.Generic;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Series;

/// <summary>How a submodel's level moves on from step to step.</summary>
internal enum Trend
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It grows by the slope.</summary>
    Additive,

    /// <summary>It grows by the slope, less and less.</summary>
    AdditiveDamped,

    /// <summary>It grows by a factor.</summary>
    Multiplicative,

    /// <summary>It grows by a factor, less and less.</summary>
    MultiplicativeDamped,

    /// <summary>The stored values come again and again: the trivial models <c>naive</c> and <c>mean</c>.</summary>
    Repeated,

    /// <summary>The trivial model <c>drift</c>: a line from the stored value.</summary>
    Drift,
}

/// <summary>How the season works on the trend.</summary>
internal enum Season
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It is added.</summary>
    Additive,

    /// <summary>It is a factor.</summary>
    Multiplicative,
}

/// <summary>
/// One of the models that were fitted to a field: exponential smoothing with an error, a trend and a season, named after them as in
/// <c>A,Ad,M</c>, or a trivial one. The formulae are those of the bindings (tssubmodels.py; Hyndman and Athanasopoulos,
/// Forecasting: principles and practice, table 7.8), but for Md, where theirs multiply where the book's do not.
/// </summary>
internal sealed class Submodel
{
    private readonly Trend _trend;
    private readonly Season _season;
    private readonly double _level;
    private readonly double _slope;
    private readonly double _damping;
    private readonly double[] _values;
    private readonly Dictionary<string, double> _measures = new(StringComparer.Ordinal);

    /// <exception cref="ResourceException">The name is that of no model, or a parameter is none.</exception>
    internal Submodel(JsonView json)
    {
        Name = json.String("name");
        (_trend, _season) = Parse(Name) ?? throw json.Error("name", $"There is no time series model '{Name}'. Expected naive, mean, drift, or an error, a trend and a season such as A,Ad,M.");
        foreach (KeyValuePair<string, JsonView> member in json.Members())
        {
            if (member.Value.IsNumber)
                _measures[member.Key] = member.Value.AsNumber();
        }
        switch (_trend)
        {
            case Trend.Repeated:
                _values = json.Array("value").Numbers();
                if (_values.Length == 0)
                    throw json.Error("value", "Expected at least one value.");
                break;
            case Trend.Drift:
                _level = json.Number("value");
                _slope = json.Number("slope");
                _values = [];
                break;
            default:
                JsonView state = json["final_state"];
                _level = state.OptionalNumber("l") ?? 0;
                _slope = state.OptionalNumber("b") ?? 0;
                _values = state["s"].IsArray ? state["s"].Numbers() : [];
                _damping = json.OptionalNumber("phi") ?? 0;
                break;
        }
    }

    /// <summary>The name, such as <c>A,Ad,M</c> or <c>naive</c>.</summary>
    internal string Name { get; }

    /// <summary>A measure of how well it fits, such as <c>aic</c>; infinite, and so the last of all, where the submodel has no such measure.</summary>
    internal double Measure(string criterion) => _measures.TryGetValue(criterion, out double value) ? value : double.PositiveInfinity;

    /// <summary>The forecast for the steps to come, not rounded; what overflows is infinite or NaN.</summary>
    /// <param name="horizon">How many steps.</param>
    internal double[] Points(int horizon)
    {
        var points = new double[horizon];
        double damping = _damping;
        for (int step = 0; step < horizon; step++)
        {
            points[step] = _trend switch
            {
                Trend.None => _level,
                Trend.Additive => _level + _slope * (step + 1),
                Trend.AdditiveDamped => _level + damping * _slope,
                Trend.Multiplicative => _level * Math.Pow(_slope, step + 1),
                Trend.MultiplicativeDamped => _level * Math.Pow(_slope, damping),
                Trend.Drift => _level + _slope * (step + 1),
                _ => _values[step % _values.Length],
            };
            points[step] = _season switch
            {
                Season.Additive => points[step] + SeasonAt(step),
                Season.Multiplicative => points[step] * SeasonAt(step),
                _ => points[step],
            };
            damping += Math.Pow(_damping, step + 2);
        }
        return points;
    }

    /// <summary>The season's part in a step: the stored ones are read backwards, starting from the last.</summary>
    private double SeasonAt(int step)
        => _values.Length == 0 ? 0 : _values[Math.Abs(1 - _values.Length + step % _values.Length)];

    private static (Trend, Season)? Parse(string name)
    {
        string[] parts = name.Split(',');
        if (parts.Length == 1)
        {
            return name switch
            {
                "naive" or "mean" => (Trend.Repeated, Season.None),
                "drift" => (Trend.Drift, Season.None),
                _ => null,
            };
        }
        Trend? trend = parts[1] switch
        {
            "N" => Trend.None,
            "A" => Trend.Additive,
            "Ad" => Trend.AdditiveDamped,
            "M" => Trend.Multiplicative,
            "Md" => Trend.MultiplicativeDamped,
            _ => null,
        };
        Season? season = parts[parts.Length - 1] switch
        {
            "N" => Season.None,
            "A" => Season.Additive,
            "M" => Season.Multiplicative,
            _ => null,
        };
        return parts.Length == 3 && trend is { } known && season is { } alsoKnown ? (known, alsoKnown) : null;
    }
}
