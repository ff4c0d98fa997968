using System;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Numbers;

namespace BigMlFlow.Tests.Deepnets;

/// <summary>Small deepnets with four inputs, one of each kind, of which the bindings' answers are known.</summary>
internal static class DeepnetText
{
    internal const string Number = """{"name": "z", "optype": "numeric", "column_number": 4, "summary": {"missing_count": 0}}""";

    internal const string Classes = """{"name": "k", "optype": "categorical", "column_number": 4, "summary": {"categories": [["v", 3], ["u", 2], ["w", 1]], "missing_count": 0}}""";

    internal const string Exposition = "\"output_exposition\": {\"type\": \"numeric\", \"mean\": 10, \"stdev\": 2}";

    /// <summary>Eight preprocessed inputs: five of numbers and counts, three of a category; columns out of order.</summary>
    internal const string Preprocess = """
        [{"index": 0, "type": "numeric", "mean": 2, "stdev": 4}, {"index": 1, "type": "numeric", "mean": 0.1, "stdev": 0.3},
         {"index": 2, "type": "numeric", "mean": 1, "stdev": 0}, {"index": 3, "type": "categorical", "values": ["y", "x", null]},
         {"index": 5, "type": "numeric", "mean": 0.5, "stdev": 2}, {"index": 4, "type": "numeric", "zero_value": 0, "one_value": 2}]
        """;

    /// <summary>A full row, an empty one, and a strange one.</summary>
    internal static readonly string[] Rows =
    [
        """{"a": 7, "b": 1.5, "c": "y", "t": "good good bad"}""",
        "{}",
        """{"a": "-1", "b": 1, "c": "never", "t": "bad, bad"}""",
    ];

    internal static BigMLModel Load(string network, string objective = Number, string preprocess = Preprocess, string missingNumerics = "true")
        => ModelText.Load(Resource(network, objective, preprocess, missingNumerics));

    /// <summary>The members of the network but for its preprocessing.</summary>
    internal static string Resource(string network, string objective = Number, string preprocess = Preprocess, string missingNumerics = "true") => $$$"""
        {"resource": "deepnet/5f0000000000000000000003", "objective_fields": ["000004"], "input_fields": ["000000", "000001", "000002", "000003"],
         "status": {"code": 5}, "deepnet": {"missing_numerics": {{{missingNumerics}}}, "network": {"preprocess": {{{preprocess}}}, {{{network}}}}, "fields": {
           "000000": {"name": "a", "optype": "numeric", "column_number": 0, "summary": {"missing_count": 3}},
           "000001": {"name": "b", "optype": "numeric", "column_number": 1, "summary": {"missing_count": 0}},
           "000002": {"name": "c", "optype": "categorical", "column_number": 2, "summary": {"categories": [["x", 3], ["y", 2]], "missing_count": 1}},
           "000003": {"name": "t", "optype": "text", "column_number": 3, "term_analysis": {"case_sensitive": false, "token_mode": "tokens_only"},
             "summary": {"tag_cloud": [["good", 9], ["bad", 4]], "term_forms": {}, "missing_count": 1}},
           "000004": {{{objective}}} } } }
        """;

    /// <summary>A layer of the older notation.</summary>
    internal static string Layer(string weights, string offset, string activation, bool residuals = false, string mean = "null", string stdev = "null", string scale = "null")
        => $$$"""{"activation_function": "{{{activation}}}", "weights": {{{weights}}}, "offset": {{{offset}}}, "residuals": {{{(residuals ? "true" : "false")}}}, "mean": {{{mean}}}, "stdev": {{{stdev}}}, "scale": {{{scale}}} }""";

    /// <summary>Weights over the eight preprocessed inputs: some numbers from -0.5 to 0.5.</summary>
    internal static string First(int rows) => Matrix(rows, 8, (row, column) => ((((row * 7) + (column * 3)) % 11) - 5) / 10.0);

    /// <summary>Weights of further layers: some numbers from -0.4 to 0.4.</summary>
    internal static string Next(int rows, int columns, int seed = 0) => Matrix(rows, columns, (row, column) => ((((row * 5) + (column * 2) + seed) % 9) - 4) / 10.0);

    internal static string Same(int count, double number) => "[" + string.Join(",", Enumerable.Repeat(NumberFormatter.Shortest(number), count)) + "]";

    private static string Matrix(int rows, int columns, Func<int, int, double> weight)
        => "[" + string.Join(",", Enumerable.Range(0, rows).Select(row => "[" + string.Join(",", Enumerable.Range(0, columns).Select(column => NumberFormatter.Shortest(weight(row, column)))) + "]")) + "]";
}
