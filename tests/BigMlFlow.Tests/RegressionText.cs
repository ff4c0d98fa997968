namespace BigMlFlow.Tests;

/// <summary>The fields and coefficients of small regressions, of which the bindings' answers are known.</summary>
internal static class RegressionText
{
    internal const string Contrast = """[{"field": "000001", "coding": "contrast", "coefficients": [[1, -1, 0, 0.5], [0.5, 0.5, -1, 0.25]]}]""";

    /// <summary>The rows that the expected answers are of: full, empty, strange, and one with a number in a text.</summary>
    internal static readonly string[] Rows =
    [
        """{"age": 50, "city": "Ulm", "note": "a good, better day", "tags": "red;red; blue"}""",
        "{}",
        """{"age": 41.5, "city": "Paris", "note": "nothing", "tags": "green"}""",
        """{"age": "30", "note": "BAD DAY"}""",
    ];

    /// <summary>Four inputs, one of each kind, and an objective.</summary>
    internal static string Fields(string objective, int missingAges = 2, int missingCities = 1) => $$$"""
        {
          "000000": {"name": "age", "optype": "numeric", "datatype": "double", "column_number": 0,
            "summary": {"mean": 40, "standard_deviation": 10, "missing_count": {{{missingAges}}}, "minimum": 1, "median": 38}},
          "000001": {"name": "city", "optype": "categorical", "column_number": 1,
            "summary": {"categories": [["Bern", 10], ["Ulm", 5], ["Graz", 3]], "missing_count": {{{missingCities}}}}},
          "000002": {"name": "note", "optype": "text", "column_number": 2, "term_analysis": {"case_sensitive": false, "token_mode": "all"},
            "summary": {"tag_cloud": [["good", 9], ["bad day", 4]], "term_forms": {"good": ["better", "best"]}, "missing_count": 1}},
          "000003": {"name": "tags", "optype": "items", "column_number": 3, "item_analysis": {"separator": ";"},
            "summary": {"items": [["red", 9], ["blue", 4]], "missing_count": 1}},
          "000004": {{{objective}}}
        }
        """;

    internal const string Classes = """
        {"name": "class", "optype": "categorical", "column_number": 4, "summary": {"categories": [["yes", 10], ["no", 5], ["maybe", 5]], "missing_count": 0}}
        """;

    internal const string Number = """{"name": "y", "optype": "numeric", "column_number": 4, "summary": {"missing_count": 0}}""";

    internal static string Resource(string type, string key, string inner, string more = "") => $$"""
        {"resource": "{{type}}/5f0000000000000000000001", "objective_fields": ["000004"], "input_fields": ["000000", "000001", "000002", "000003"],
         "status": {"code": 5}, {{more}} "{{key}}": {{inner}}}
        """;
}
