using System;
using System.IO;
using System.Text;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Trees;

/// <summary>What is wrong with a tree is told with its place in the resource.</summary>
public class MalformedTreeTests
{
    private static ResourceException Refusal(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Assert.Throws<ResourceException>(() => BigMLModel.Load(ResourceBundle.FromStream(stream, "test.json")));
    }

    [Theory]
    [InlineData("\"output\": \"maybe\"", "\"output\": 3", "$.object.model.root.children[0].children[1].output", "Expected a class as text, found 3.")]
    [InlineData("\"output\": \"maybe\"", "\"output\": null", "$.object.model.root.children[0].children[1].output", "Expected a class as text, found null.")]
    [InlineData("\"output\": \"maybe\"", "\"output\": \"perhaps\"", "$.object.model.root.children[0].children[1].output", "'perhaps' is not among those of the training data")]
    [InlineData("\"output\": \"maybe\", ", "", "$.object.model.root.children[0].children[1].output", "Expected a class, which is missing.")]
    [InlineData("\"count\": 4", "\"count\": -4", "$.object.model.root.children[0].children[0].count", "Expected a number of instances, found -4.")]
    [InlineData("\"count\": 4", "\"count\": 1e999", "$.object.model.root.children[0].children[0].count", "The number 1e999 is too large.")]
    [InlineData("\"count\": 4", "\"count\": {}", "$.object.model.root.children[0].children[0].count", "Expected a number, found an object.")]
    [InlineData("\"count\": 4, ", "", "$.object.model.root.children[0].children[0].count", "Expected a number of instances, which is missing.")]
    [InlineData("\"confidence\": 0.5", "\"confidence\": \"high\"", "$.object.model.root.children[0].children[0].confidence", "Expected a number, found the text \"high\".")]
    [InlineData("\"value\": \"Ulm\"", "\"value\": {}", "$.object.model.root.children[0].children[0].predicate", "Expected a value or a list of values, found an object.")]
    [InlineData("\"value\": 30", "\"value\": \"old\"", "$.object.model.root.children[0].predicate", "The operator needs a number")]
    [InlineData("\"operator\": \"<=\"", "\"operator\": \"~\"", "$.object.model.root.children[1].predicate", "Expected an operator (<, <=, =, !=, /=, >=, >, in, each also with *), found the text \"~\".")]
    [InlineData("\"operator\": \"<=\", ", "", "$.object.model.root.children[1].predicate", "Expected an operator and the id of a field.")]
    [InlineData("\"operator\": \"<=\"", "\"operator\": \"in\"", "$.object.model.root.children[1].predicate", "The operator 'in' needs a list of values.")]
    [InlineData("\"operator\": \"<=\", \"value\": 30", "\"operator\": \"<=\", \"term\": \"a\", \"value\": 30", "$.object.model.root.children[1].predicate", "The field 000000 has no terms")]
    [InlineData("\"field\": \"000000\", \"operator\": \"<=\"", "\"field\": \"0000ff\", \"operator\": \"<=\"", "$.object.model.root.children[1].predicate", "There is no field 0000ff")]
    [InlineData("{\"field\": \"000000\", \"operator\": \"<=\", \"value\": 30}", "true", "$.object.model.root.children[1].predicate", "only the root has none")]
    [InlineData("[[\"no\", 2], [\"yes\", 1]]", "[[\"no\", -2], [\"yes\", 1]]", "$.object.model.root.children[1].objective_summary", "Expected a number of instances, found -2.")]
    [InlineData("[[\"no\", 2], [\"yes\", 1]]", "[[\"no\"], [\"yes\", 1]]", "$.object.model.root.children[1].objective_summary", "Expected a number")]
    [InlineData("[[\"no\", 2], [\"yes\", 1]]", "[[\"no\", 2, 3]]", "$.object.model.root.children[1].objective_summary", "Expected pairs of a value and a count.")]
    [InlineData("[[\"no\", 2], [\"yes\", 1]]", "[[\"perhaps\", 2]]", "$.object.model.root.children[1].objective_summary", "'perhaps' is not among those of the training data")]
    [InlineData("[[\"no\", 2], [\"yes\", 1]]", "[[\"\\ud800\", 2]]", "$.object.model.root.children[1].objective_summary", "The text is not valid Unicode.")]
    public void IsToldWithItsPlace(string what, string with, string place, string message)
    {
        string root = DecisionTreeTests.ClassRoot;
        Assert.Contains(what, root, StringComparison.Ordinal);
        ResourceException refusal = Refusal(TreeText.OfClasses(root.Replace(what, with, StringComparison.Ordinal)));
        Assert.Equal(place, refusal.JsonPath);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[7]")]
    [InlineData("{}")]
    [InlineData("\"none\"")]
    public void ChildrenAreNodes(string value)
        => Assert.StartsWith("$.object.model.root.children", Refusal(TreeText.OfClasses($$"""{"output": "yes", "count": 1, "children": {{value}}}""")).JsonPath, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"root\":", "\"trunk\":", "$.object.model.root")]
    [InlineData("\"training\":", "\"schooling\":", "$.object.model.distribution.training.categories")]
    [InlineData("{\"training\": {\"categories\": [[\"yes\", 6]", "{\"training\": {\"categories\": [[\"yes\", -6]", "$.object.model.distribution.training.categories[0][1]")]
    [InlineData("\"objective_fields\": [\"000004\"]", "\"objective_fields\": [\"0000ff\"]", "$.object.objective_fields[0]")]
    [InlineData("\"model\": {", "\"model\": {\"model_fields\": {\"0000ff\": {}},", "$.object.model.model_fields.0000ff")]
    [InlineData("\"fields\": {", "\"fields_\": {", "$.object.model.fields")]
    public void SoIsWhatIsWrongAroundTheTree(string what, string with, string place)
    {
        string text = TreeText.OfClasses(DecisionTreeTests.ClassRoot);
        Assert.Contains(what, text, StringComparison.Ordinal);
        Assert.Equal(place, Refusal(text.Replace(what, with, StringComparison.Ordinal)).JsonPath);
    }

    [Fact]
    public void NumbersNeedADistribution()
        => Assert.Equal(
            "$.object.model.root.children[1].objective_summary",
            Refusal(TreeText.OfNumbers(DecisionTreeTests.NumberRoot.Replace("[[1, 2], [2.5, 1]]", "[]", StringComparison.Ordinal))).JsonPath);

    [Fact]
    public void WeightsAreThoseOfAllNodes()
        => Assert.EndsWith(
            ".weighted_objective_summary",
            Refusal(TreeText.OfClasses("{\"weighted_objective_summary\": {\"categories\": []}," + DecisionTreeTests.ClassRoot[1..])).JsonPath,
            StringComparison.Ordinal);

    [Fact]
    public void OfARepeatedMemberTheLastCounts()
    {
        BigMLModel model = ModelText.Load(TreeText.OfClasses(DecisionTreeTests.ClassRoot[..^1] + ", \"children\": [], \"output\": \"maybe\"}"));
        Answers.Agree("\"maybe\"", model, """{"age": 31}""", new() { Full = false });
    }

    [Fact]
    public void OptionsThatTreesLackAreRefused()
    {
        BigMLModel classes = ModelText.Load(TreeText.OfClasses(DecisionTreeTests.ClassRoot)), numbers = ModelText.Load(TreeText.OfNumbers(DecisionTreeTests.NumberRoot));
        foreach (PredictionOptions options in (PredictionOptions[])
        [
            new() { Method = CombinationMethod.Plurality }, new() { Median = true }, new() { MaxItems = 1 }, new() { Form = AnswerForm.Votes },
            new() { OperatingKind = OperatingKind.Votes }, new() { OperatingPoint = new("perhaps", 0.5) }, new() { OperatingPoint = new("yes", 1.5) },
            new() { OperatingPoint = new("yes", 0.5, OperatingKind.Votes) },
        ])
        {
            Assert.Throws<OptionException>(() => classes.CreatePredictor(options));
        }
        Assert.Contains("only be used in classifications", Assert.Throws<OptionException>(() => numbers.CreatePredictor(new() { OperatingKind = OperatingKind.Probability })).Message);
        Assert.Contains("only be used in classifications", Assert.Throws<OptionException>(() => numbers.CreatePredictor(new() { OperatingPoint = new("yes", 0.5) })).Message);
    }
}
