using System;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Tests.Trees;

/// <summary>Small trees in BigML's JSON, of which the bindings' answers are known.</summary>
internal static class TreeText
{
    private const string ClassField = """
        {"name": "class", "optype": "categorical", "column_number": 4, "preferred": true, "summary": {"categories": [["yes", 6], ["no", 3], ["maybe", 1]], "missing_count": 0}}
        """;

    private const string NumberField = """
        {"name": "y", "optype": "numeric", "datatype": "double", "column_number": 4, "preferred": true, "summary": {"missing_count": 0, "minimum": 1, "maximum": 9}}
        """;

    /// <summary>One input of each kind, and an objective of either kind.</summary>
    internal static string Fields(bool ofClasses) => $$$"""
        {
          "000000": {"name": "age", "optype": "numeric", "datatype": "double", "column_number": 0, "preferred": true, "prefix": "~", "suffix": " y",
            "summary": {"mean": 40, "missing_count": 0, "minimum": 1, "maximum": 90, "median": 38.123456}},
          "000001": {"name": "city", "optype": "categorical", "column_number": 1, "preferred": true,
            "summary": {"categories": [["Bern", 10], ["Ulm", 5], ["Graz", 3]], "missing_count": 1}},
          "000002": {"name": "note", "optype": "text", "column_number": 2, "preferred": true, "term_analysis": {"case_sensitive": false, "token_mode": "all"},
            "summary": {"tag_cloud": [["good", 9], ["bad day", 4]], "term_forms": {"good": ["better", "best"]}, "missing_count": 1}},
          "000003": {"name": "tags", "optype": "items", "column_number": 3, "preferred": true, "item_analysis": {"separator": ";"},
            "summary": {"items": [["red", 9], ["blue", 4]], "missing_count": 1}},
          "000004": {{{(ofClasses ? ClassField : NumberField)}}}
        }
        """;

    /// <summary>A resource of a tree of classes.</summary>
    internal static string OfClasses(string root, string training = """[["yes", 6], ["no", 3], ["maybe", 1]]""", string more = "", string inner = "", int id = 1)
        => Resource(root, Fields(ofClasses: true), $$"""{"categories": {{training}}}""", more, inner, id);

    /// <summary>A resource of a tree of numbers.</summary>
    internal static string OfNumbers(string root, string training = """{"counts": [[1, 2], [2.5, 1], [4, 1], [9, 2]]}""", string more = "", string inner = "", int id = 1)
        => Resource(root, Fields(ofClasses: false), training, more, inner, id);

    /// <summary>A node that predicts a class.</summary>
    internal static string Class(string predicate, string output, double confidence, string distribution, params string[] children)
        => Node(predicate, $"\"{output}\"", distribution, confidence, $$"""{"categories": {{distribution}}}""", children);

    /// <summary>A node that predicts a number.</summary>
    internal static string Number(string predicate, string output, double confidence, string distribution, params string[] children)
        => Node(predicate, output, distribution, confidence, $$"""{"counts": {{distribution}}}""", children);

    private static string Resource(string root, string fields, string training, string more, string inner, int id) => $$"""
        {"code": 200, "resource": "model/5f00000000000000000000{{id:00}}", "error": null, "location": "", "object": {"resource": "model/5f00000000000000000000{{id:00}}",
         "status": {"code": 5}, "name": "test", "description": "", "objective_fields": ["000004"], "objective_field": "000004",
         "input_fields": ["000000", "000001", "000002", "000003"], "fields_meta": {"count": 5, "total": 5}, {{more}}
         "model": { {{inner}} "distribution": {"training": {{training}}}, "fields": {{fields}}, "root": {{root}} } } }
        """;

    private static string Node(string predicate, string output, string distribution, double confidence, string summary, string[] children)
    {
        int count = JsonSerializer.Deserialize<JsonElement>(distribution).EnumerateArray().Sum(pair => pair[1].GetInt32());
        return FormattableString.Invariant($$"""{"predicate": {{predicate}}, "output": {{output}}, "count": {{count}}, "confidence": {{confidence}}, "objective_summary": {{summary}}, "children": [{{string.Join(", ", children)}}]}""");
    }
}
