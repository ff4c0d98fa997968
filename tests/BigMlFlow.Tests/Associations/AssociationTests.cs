using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Associations;

/// <summary>Association sets: which items match a row, which rules speak, and how they score.</summary>
public sealed class AssociationTests
{
    private static readonly BigMLModel Model = ModelText.Load(Resource());

    [Fact]
    public void ScoresByTheCosineTimesTheMeasure()
    {
        // The row has one item, young: rule 0 has it alone on its left side, rule 1 has two items there.
        Assert.Equal(
            """[{"score":0.5,"rules":["000000"],"item":{"complement":false,"count":9,"field_id":"000001","name":"red"}},"""
            + """{"score":0.2,"rules":["000001"],"item":{"complement":false,"count":8,"field_id":"000001","name":"blue"}}]""",
            Model.Answer("""{"age": 20, "text": "none of it"}""").Replace("0.21213203435596423", "0.2"));
        var items = ((AssociationSet)Model.Predict(ModelText.Row("""{"age": 20, "text": "none of it"}"""))).Items;
        Assert.Equal(0.3 / System.Math.Sqrt(2), items[1].Score, 15);
    }

    [Fact]
    public void RulesWithOneRightSideAddUp()
    {
        var set = Assert.IsType<AssociationSet>(Model.Predict(ModelText.Row("""{"age": 20, "text": "Bread, and coffees"}""")));
        // The row's items: young, bread, coffee. Two rules of two items share both, and point to blue.
        AssociatedItem blue = set.Items.Single(item => item.Name == "blue");
        Assert.Equal((0.3 + 0.4) * 2 / System.Math.Sqrt(3 * 2), blue.Score, 14);
        Assert.Equal("000001, 000002", blue.Rules.ToString());
        Assert.Equal(("000001", "colour", "blue", false, 8.0, "colour is blue"), (blue.FieldId, blue.Field, blue.Name, blue.Complement, blue.Count, blue.Description));
        Assert.Equal(("colour", "blue", blue.Score), (set.Field, set.Item, set.Score));
        Assert.StartsWith("colour = blue (0.571", set.ToString());
    }

    [Theory]
    [InlineData("""{"age": 10}""", "red")] // bins are closed at both ends
    [InlineData("""{"age": 30}""", "red")]
    [InlineData("""{"age": 30.0000001}""", "")] // and numbers are not rounded
    [InlineData("""{"age": "20"}""", "red")] // a text is read as a number
    [InlineData("""{"age": "$20"}""", "red")]
    [InlineData("""{"age": true}""", "")]
    [InlineData("""{"age": "NaN"}""", "")]
    [InlineData("""{"age": 20, "colour": "green"}""", "")] // what colour it is, the row tells
    [InlineData("""{"age": 20, "colour": 3}""", "")]
    [InlineData("""{"age": 20, "colour": "?"}""", "red")] // missing
    [InlineData("""{"000000": 20, "age": 50}""", "")] // the later value counts
    public void MatchesNumbers(string row, string item) => Assert.Equal(item, First(row, "000000"));

    [Theory]
    [InlineData("""{"basket": "bread;milk"}""", "coffee")]
    [InlineData("""{"basket": "milk;bread"}""", "coffee")]
    [InlineData("""{"basket": "milky;bread"}""", "")]
    [InlineData("""{"basket": "bread milk"}""", "")]
    [InlineData("""{"basket": "milk", "text": "two Coffees!"}""", "")] // a form of it is there already
    [InlineData("""{"basket": "milk", "text": "coffeehouse"}""", "coffee")]
    [InlineData("""{"basket": "milk", "text": 3}""", "coffee")] // the text of a number
    public void MatchesTermsAndItems(string row, string item) => Assert.Equal(item, First(row, "000003"));

    [Theory]
    [InlineData("{}", false, "yes")]
    [InlineData("{}", true, "yes")] // a missing value is both the item and its complement
    [InlineData("""{"age": 20}""", false, "")]
    [InlineData("""{"age": 20}""", true, "yes")]
    public void MissingIsAnItem(string row, bool complement, string item)
    {
        BigMLModel model = ModelText.Load(Resource().Replace("\"name\": \"never\", \"bin_start\": 1000", $"\"name\": null, \"complement\": {(complement ? "true" : "false")}"));
        Assert.Equal(item, First(row, "000004", model));
    }

    [Theory]
    [InlineData("""{"colour": "red"}""", "")]
    [InlineData("""{"colour": "blue"}""", "yes")] // not red
    [InlineData("{}", "")] // nor anything else
    public void ComplementsAreTheOpposite(string row, string item) => Assert.Equal(item, First(row, "000005"));

    [Theory]
    [InlineData(null, "red blue")]
    [InlineData(1, "red")]
    [InlineData(0, "")]
    public void GivesSoManyItemsAtMost(int? most, string items)
    {
        var set = (AssociationSet)Model.Predict(ModelText.Row("""{"age": 20, "text": "x"}"""), new PredictionOptions { MaxItems = most });
        Assert.Equal(items, string.Join(" ", set.Items.Select(item => item.Name)));
        Assert.Equal(set.Items.Count == 0, set.Score is null);
    }

    [Theory]
    [InlineData("confidence", 0.9)]
    [InlineData("lift", 2)]
    [InlineData("leverage", 0.5)]
    [InlineData("support", 0.25)] // the share of the pair, by which the bindings cannot score
    [InlineData("lhs_cover", 0.75)]
    public void ScoresByAnyMeasure(string measure, double score)
        => Assert.Equal(score, ((AssociationSet)Model.Predict(ModelText.Row("""{"age": 20, "text": "x"}"""), new PredictionOptions { ScoreBy = measure, MaxItems = 1 })).Score);

    [Theory]
    [InlineData("p_value")]
    [InlineData("coverage")]
    [InlineData("")]
    public void RefusesOtherMeasures(string measure)
        => Assert.Contains("lhs_cover, support, confidence, leverage, lift", Assert.Throws<OptionException>(() => Model.CreatePredictor(new PredictionOptions { ScoreBy = measure })).Message);

    [Fact]
    public void OptionsThatItHasNotAreRefused()
    {
        Assert.Contains("An association has no option Median", Assert.Throws<OptionException>(() => Model.CreatePredictor(new PredictionOptions { Median = true })).Message);
        Assert.Throws<OptionException>(() => Model.CreatePredictor(new PredictionOptions { MaxItems = -1 }));
    }

    [Fact]
    public void DefaultsFillMissingNumbers()
    {
        BigMLModel filled = ModelText.Load(Resource().Replace("\"code\": 200", "\"code\": 200, \"default_numeric_value\": \"mean\""));
        Assert.Equal("red", ((AssociationSet)filled.Predict(ModelText.Row("{}"))).Item);
    }

    [Fact]
    public void TheCoverageThatAModelWasSearchedByIsThatOfTheLeftSide()
    {
        BigMLModel model = ModelText.Load(Resource().Replace("\"search_strategy\": \"leverage\"", "\"search_strategy\": \"coverage\""));
        Assert.Equal(0.75, ((AssociationSet)model.Predict(ModelText.Row("""{"age": 20, "text": "x"}"""))).Score);
    }

    [Fact]
    public void TheFullAnswerIsAnObject()
        => Assert.Equal("""{"rules":[]}""", Model.Predict(ModelText.Row("""{"age": 99}""")).ToJson());

    [Fact]
    public void RefusesWhatIsNoNumberUntilTheNextRow()
    {
        Predictor predictor = Model.CreatePredictor();
        Assert.Equal("age", Assert.Throws<RowException>(() => predictor.Predict(ModelText.Row("""{"age": "old"}"""))).Field);
        Assert.Equal("red", ((AssociationSet)predictor.Predict(ModelText.Row("""{"age": 20}"""))).Item);
    }

    [Theory]
    [InlineData("\"rhs\": [1]", "\"rhs\": []", "$.associations.rules[0].rhs")]
    [InlineData("\"rhs\": [1]", "\"rhs\": [70]", "$.associations.rules[0].rhs")]
    [InlineData("\"rhs\": [1]", "\"rhs\": [-1]", "$.associations.rules[0].rhs")]
    [InlineData("\"lhs\": [0]", "\"lhs\": [0.5]", "$.associations.rules[0].lhs[0]")]
    [InlineData("\"leverage\": 0.5", "\"leverage\": \"0.5\"", "$.associations.rules[0].leverage")]
    [InlineData("\"field_id\": \"000000\"", "\"field_id\": \"00000f\"", "$.associations.items[0].field_id")]
    [InlineData("\"bin_start\": 10,", "\"bin_start\": \"10\",", "$.associations.items[0].bin_start")]
    public void NamesThePlaceInAMalformedResource(string part, string other, string path)
    {
        Assert.Contains(part, Resource());
        Assert.Equal(path, Assert.Throws<ResourceException>(() => ModelText.Load(Resource().Replace(part, other))).JsonPath);
    }

    /// <summary>The item that a rule points to, if the rule speaks for the row.</summary>
    private static string First(string row, string rule, BigMLModel? model = null)
        => ((AssociationSet)(model ?? Model).Predict(ModelText.Row(row))).Items.FirstOrDefault(item => item.Rules.Contains(rule))?.Name ?? string.Empty;

    private static string Resource() => """
        {"code": 200, "resource": "association/5f1e000000000000000000aa", "status": {"code": 5},
         "input_fields": ["000000", "000001", "000002", "000003", "000004"],
         "associations": {
            "search_strategy": "leverage",
            "fields": {
                "000000": {"name": "age", "optype": "numeric", "column_number": 0, "prefix": "$", "summary": {"mean": 15}},
                "000001": {"name": "colour", "optype": "categorical", "column_number": 1, "summary": {"categories": [["red", 1], ["blue", 1]]}},
                "000002": {"name": "text", "optype": "text", "column_number": 2, "term_analysis": {"case_sensitive": false}, "summary": {"term_forms": {"coffee": ["coffees"]}}},
                "000003": {"name": "basket", "optype": "items", "column_number": 3, "item_analysis": {"separator": ";"}, "summary": {}},
                "000004": {"name": "flag", "optype": "categorical", "column_number": 4, "summary": {"categories": [["yes", 1]]}}},
            "items": [
                {"field_id": "000000", "name": "young", "bin_start": 10, "bin_end": 30, "count": 7},
                {"field_id": "000001", "name": "red", "count": 9},
                {"field_id": "000001", "name": "blue", "count": 8, "description": "colour is blue"},
                {"field_id": "000002", "name": "bread", "count": 3},
                {"field_id": "000002", "name": "coffee", "count": 3},
                {"field_id": "000003", "name": "milk", "count": 3},
                {"field_id": "000000", "name": "never", "bin_start": 1000},
                {"field_id": "000004", "name": "yes", "count": 1},
                {"field_id": "000001", "name": "red", "complement": true, "count": 2}],
            "rules": [
                {"id": "000000", "lhs": [0], "rhs": [1], "leverage": 0.5, "confidence": 0.9, "lift": 2, "support": [0.25, 5], "lhs_cover": [0.75, 15]},
                {"id": "000001", "lhs": [0, 3], "rhs": [2], "leverage": 0.3, "confidence": 0.1, "lift": 1, "support": [0.2, 4], "lhs_cover": [0.2, 4]},
                {"id": "000002", "lhs": [3, 4], "rhs": [2], "leverage": 0.4, "confidence": 0.1, "lift": 1, "support": [0.2, 4], "lhs_cover": [0.2, 4]},
                {"id": "000003", "lhs": [5], "rhs": [4], "leverage": 0.1, "confidence": 0.1, "lift": 1, "support": [0.2, 4], "lhs_cover": [0.2, 4]},
                {"id": "000004", "lhs": [6], "rhs": [7], "leverage": 0.01, "confidence": 0.1, "lift": 1, "support": [0.2, 4], "lhs_cover": [0.2, 4]},
                {"id": "000005", "lhs": [8], "rhs": [7], "leverage": 0.01, "confidence": 0.1, "lift": 1, "support": [0.2, 4], "lhs_cover": [0.2, 4]}]}}
        """;
}
