using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace BigMlFlow.ExampleTrainer.Resources;

/// <summary>
/// Numbers as BigML writes them. Rounding also makes the files the same on every platform: the last bits of exp and log differ.
/// Learners that standardize must use the rounded figures, which are all that a reader of the file sees.
/// </summary>
internal static class Numbers
{
    /// <summary>To five decimals. Never a negative zero.</summary>
    public static double Decimals(double value) => Math.Round(value, 5) + 0.0;

    /// <summary>To six significant digits, for coefficients of any size.</summary>
    public static double Significant(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;

    public static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);

    public static JsonArray Matrix(IEnumerable<IEnumerable<double>> rows) => new([.. rows.Select(row => (JsonNode)Array(row))]);

    /// <summary>[[value, count], …].</summary>
    public static JsonArray Pairs<T>(IEnumerable<(T Value, int Count)> pairs) =>
        new([.. pairs.Select(pair => (JsonNode)new JsonArray(JsonValue.Create(pair.Value), pair.Count))]);
}
