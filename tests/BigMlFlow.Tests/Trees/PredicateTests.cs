using System.Globalization;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Trees;

/// <summary>A root with one child: whether a row enters it, and the rule that says so (bindings: predicate_utils/utils.py).</summary>
public class PredicateTests
{
    private static BigMLModel Model(string predicate) => ModelText.Load(TreeText.OfClasses(TreeText.Class(
        "true", "no", 0.1, """[["no", 2], ["yes", 1]]""", TreeText.Class(predicate, "yes", 0.2, """[["yes", 1]]"""))));

    private static string On(string field, string op, string value, string? term = null)
        => $$"""{"field": "{{field}}", "operator": "{{op}}", "value": {{value}}{{(term is null ? "" : ", \"term\": \"" + term + "\"")}}}""";

    private static bool Enters(BigMLModel model, string row) => ((Classification)model.Predict(ModelText.Row(row))).Prediction == "yes";

    [Theory]
    [InlineData("<", "3", "2.99999", true)]
    [InlineData("<", "3", "3", false)]
    [InlineData("<=", "3", "3", true)]
    [InlineData("<=", "3", "3.00001", false)]
    [InlineData("=", "3", "3", true)]
    [InlineData("=", "3", "4", false)]
    [InlineData("!=", "3", "4", true)]
    [InlineData("/=", "3", "3", false)]
    [InlineData(">=", "3", "3", true)]
    [InlineData(">=", "3", "2.99999", false)]
    [InlineData(">", "3", "3.00001", true)]
    [InlineData(">", "3", "3", false)]
    [InlineData("in", "[1, 3]", "3", true)]
    [InlineData("in", "[1, 3]", "2", false)]
    [InlineData("=", "\"3\"", "3", false)] // a number equals no text
    [InlineData("!=", "\"3\"", "3", true)]
    public void Numbers(string op, string value, string age, bool enters)
    {
        Assert.Equal(enters, Enters(Model(On("000000", op, value)), $$"""{"age": {{age}}}"""));
        // A missing value enters only where the operator says so.
        Assert.False(Enters(Model(On("000000", op, value)), "{}"));
        Assert.True(Enters(Model(On("000000", op + "*", value)), "{}"));
        Assert.Equal(enters, Enters(Model(On("000000", op + "*", value)), $$"""{"age": {{age}}}"""));
    }

    [Theory]
    [InlineData("=", "\"Ulm\"", "Ulm", true)]
    [InlineData("=", "\"Ulm\"", "Bern", false)]
    [InlineData("=", "\"Ulm\"", "nowhere", false)]
    [InlineData("=", "\"nowhere\"", "nowhere", true)] // a category that the summary does not have
    [InlineData("!=", "\"Ulm\"", "nowhere", true)]
    [InlineData("!=", "\"nowhere\"", "nowhere", false)]
    [InlineData("in", "[\"Ulm\", \"nowhere\"]", "nowhere", true)]
    [InlineData("in", "[\"Ulm\", \"nowhere\"]", "Ulm", true)]
    [InlineData("in", "[\"Ulm\", \"nowhere\"]", "elsewhere", false)]
    [InlineData("in", "[\"Ulm\", \"nowhere\"]", "Bern", false)]
    [InlineData("<", "\"Ulm\"", "Bern", true)] // texts compare by code points
    [InlineData("<", "\"a\"", "B", true)]
    [InlineData(">=", "\"Ulm\"", "Bern", false)]
    public void Categories(string op, string value, string city, bool enters)
    {
        Assert.Equal(enters, Enters(Model(On("000001", op, value)), $$"""{"city": "{{city}}"}"""));
        Assert.False(Enters(Model(On("000001", op, value)), "{}"));
        Assert.True(Enters(Model(On("000001", op + "*", value)), "{}"));
    }

    [Theory]
    [InlineData("=", "null", "{}", true)]
    [InlineData("=", "null", """{"city": "Ulm"}""", false)]
    [InlineData("!=", "null", "{}", false)]
    [InlineData("!=", "null", """{"city": "Ulm"}""", true)]
    [InlineData("!=*", "null", "{}", true)]
    [InlineData("in", "[\"Ulm\", null]", "{}", true)]
    [InlineData("in", "[\"Ulm\", null]", """{"city": "Bern"}""", false)]
    public void Nulls(string op, string value, string row, bool enters)
        => Assert.Equal(enters, Enters(Model(On("000001", op, value)), row));

    [Theory]
    [InlineData(">", 0, "a Better day, the BEST", true)] // other forms, in any case
    [InlineData(">", 1, "a Better day, the BEST", true)]
    [InlineData(">", 2, "a Better day, the BEST", false)]
    [InlineData(">", 0, "goodness", false)]
    [InlineData("<=", 0, "goodness", true)]
    [InlineData("<", 1, null, true)] // a missing text is an empty one
    [InlineData(">=", 1, null, false)]
    [InlineData("=", 2, "good good", true)]
    [InlineData("!=", 2, "good good", false)]
    public void Terms(string op, int value, string? note, bool enters)
    {
        string row = note is null ? "{}" : $$"""{"note": "{{note}}"}""";
        string text = value.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(enters, Enters(Model(On("000002", op, text, "good")), row));
        Assert.Equal(enters, Enters(Model(On("000002", op + "*", text, "good")), row));
    }

    [Theory]
    [InlineData("red;blue", true)]
    [InlineData("blue;red", true)]
    [InlineData("blue;red\n", true)]
    [InlineData("blue; red", false)]
    [InlineData("dark red", false)]
    public void Items(string tags, bool enters)
        => Assert.Equal(enters, Enters(Model(On("000003", ">", "0", "red")), $$"""{"tags": {{JsonSerializer.Serialize(tags)}}}"""));

    [Theory]
    [InlineData("000000", "<=", "3", null, """{"age": 1}""", "age <= 3")]
    [InlineData("000000", "<=", "3.0", null, """{"age": 1}""", "age <= 3.0")]
    [InlineData("000000", "<=*", "1e-5", null, """{"age": -1}""", "age <= 1e-05 or missing")]
    [InlineData("000000", ">", "-1E16", null, """{"age": -1}""", "age > -1e+16")]
    [InlineData("000000", "<", "123456789012345678901234567890", null, """{"age": -1}""", "age < 123456789012345678901234567890")]
    [InlineData("000000", "!=", "3", null, """{"age": 1}""", "age /= 3")]
    [InlineData("000000", "=", "null", null, "{}", "age is missing")]
    [InlineData("000000", "!=", "null", null, """{"age": 1}""", "age is not missing")]
    [InlineData("000001", "=", "\"Ulm\"", null, """{"city": "Ulm"}""", "city = Ulm")]
    [InlineData("000001", "in", "[\"Ulm\", \"it's\", null, 2, 2.0]", null, """{"city": "Ulm"}""", "city in ['Ulm', \"it's\", None, 2, 2.0] or missing")]
    [InlineData("000002", ">", "0", "good", """{"note": "good"}""", "note contains good ")]
    [InlineData("000002", ">", "0", "bad day", """{"note": "bad day"}""", "note is equal to bad day ")]
    [InlineData("000002", "<=", "0", "bad day", "{}", "note is not equal to bad day ")]
    [InlineData("000002", "<", "1", "good", "{}", "note does not contain good ")]
    [InlineData("000002", "<", "2", "good", "{}", "note contains good less than 2 times")]
    [InlineData("000002", "<=", "1", "good", "{}", "note contains good no more than 1 time")]
    [InlineData("000002", ">", "1", "good", """{"note": "good good"}""", "note contains good more than 1 time")]
    [InlineData("000002", ">=*", "1", "good", """{"note": "good"}""", "note contains good 1 time at most or missing")]
    [InlineData("000003", ">", "0", "bad day", """{"tags": "bad day"}""", "tags contains bad day ")]
    public void RulesAreSpelledAsTheBindingsDo(string field, string op, string value, string? term, string row, string rule)
    {
        var answer = (Classification)Model(On(field, op, value, term)).Predict(ModelText.Row(row));
        Assert.Equal([rule], answer.Path!);
    }
}
