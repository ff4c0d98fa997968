using System;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Topics;
using Xunit;

namespace BigMlFlow.Tests.Topics;

/// <summary>Topic distributions; that the sampler draws what the bindings draw is the gold's to show.</summary>
public sealed class TopicModelTests
{
    private static readonly TopicModel Model = (TopicModel)ModelText.Load(Resource());

    [Fact]
    public void TopicsAreTheModels() => Assert.Equal("pets, cars", Model.Topics.ToString());

    [Fact]
    public void ATextWithoutTermsIsAboutEverythingAlike()
    {
        const string Even = """[{"name":"pets","probability":0.5},{"name":"cars","probability":0.5}]""";
        Assert.Equal(Even, Model.Answer("{}"));
        Assert.Equal(Even, Model.Answer("""{"text": "nothing known", "other": "cat"}"""));
    }

    [Fact]
    public void SaysWhatATextIsMostAbout()
    {
        var distribution = Assert.IsType<TopicDistribution>(Model.Predict([new("text", "Cat, dog! Cat?")]));
        Assert.Equal(("pets", true), (distribution.Topic, distribution.Probability > 0.9));
        Assert.Equal(1, distribution.Topics.Sum(topic => topic.Probability), 12);
        Assert.Equal($"pets: {distribution.Topics[0].Probability:R}, cars: {distribution.Topics[1].Probability:R}", FormattableString.Invariant($"{distribution}"));
        Assert.Equal(distribution.Topics[0].Probability, distribution.Probability);
        Assert.Equal($$"""{"pets":{{distribution.Topics[0].Probability:R}},"cars":{{distribution.Topics[1].Probability:R}}}""", distribution.ToJson());
    }

    [Fact]
    public void TextsAreJoinedInTheOrderOfTheRow()
    {
        string apart = Model.Answer("""{"text": "dog", "title": "cat"}""");
        Assert.Equal(apart, Model.Answer("""{"text": "dog\n\ncat"}"""));
        Assert.Equal(apart, Model.Answer("""{"000000": "engine", "title": "cat", "text": "dog"}""")); // the later value, in the first place
        Assert.Equal(apart, Model.Answer("""{"text": "dog", "title": "cat", "000000": "N/A"}"""));
    }

    [Fact]
    public void OtherValuesCountAsTheirTexts()
        => Assert.Equal(Model.Answer("""{"text": "42 1.5"}"""), Model.Answer("""{"text": 42, "title": 1.5}"""));

    [Fact]
    public void APredictorStartsAnewForEveryRow()
    {
        Predictor predictor = Model.CreatePredictor();
        string first = predictor.Predict(ModelText.Row("""{"text": "cat engine 42"}""")).ToJson();
        predictor.Predict(ModelText.Row("""{"text": "cat cat cat"}"""));
        Assert.Equal(first, predictor.Predict(ModelText.Row("""{"text": "cat engine 42"}""")).ToJson());
    }

    [Fact]
    public void TheSeedIsTakenWithoutItsSign()
    {
        string answer = Model.Answer("""{"text": "cat engine"}""");
        Assert.Equal(answer, ModelText.Load(Resource().Replace("\"hashed_seed\": 7", "\"hashed_seed\": -7")).Answer("""{"text": "cat engine"}"""));
        Assert.NotEqual(answer, ModelText.Load(Resource().Replace("\"hashed_seed\": 7", "\"hashed_seed\": 8")).Answer("""{"text": "cat engine"}"""));
    }

    [Fact]
    public void NamesTheOptionThatItHasNot()
        => Assert.Contains("A topic model has no option MissingStrategy", Assert.Throws<OptionException>(() => Model.CreatePredictor(new PredictionOptions { MissingStrategy = MissingStrategy.Last })).Message);

    [Theory]
    [InlineData("\"alpha\": 0.1", "\"alpha\": 0", ".alpha")]
    [InlineData("\"beta\": 0.01", "\"beta\": -1", ".term_topic_assignments")]
    [InlineData("\"beta\": 0.01", "\"beta\": 1e308", ".term_topic_assignments")]
    [InlineData("\"hashed_seed\": 7", "\"hashed_seed\": 1e30", ".hashed_seed")]
    [InlineData("\"hashed_seed\": 7", "\"hashed_seed\": \"7\"", ".hashed_seed")]
    [InlineData("[0, 12]", "[0]", ".term_topic_assignments[2]")]
    [InlineData("[0, 12]", "[0, -12]", ".term_topic_assignments[2]")]
    [InlineData("[9, 0]", "[]", ".term_topic_assignments")]
    [InlineData("[9, 0], ", "", ".term_topic_assignments")]
    [InlineData("{\"name\": \"pets\"}, ", "", ".topics")]
    [InlineData("{\"name\": \"pets\"}, ", "3, ", ".topics[0].name")]
    [InlineData("\"engine\"", "3", ".termset[2]")]
    public void NamesThePlaceInAMalformedResource(string part, string other, string path)
    {
        string resource = Resource();
        Assert.Contains(part, resource);
        Assert.Equal("$.topic_model" + path, Assert.Throws<ResourceException>(() => ModelText.Load(resource.Replace(part, other))).JsonPath);
    }

    internal static string Resource(string language = "xx") => """
        {"code": 200, "resource": "topicmodel/5f1e000000000000000000aa", "status": {"code": 5}, "input_fields": ["000000", "000001"],
         "topic_model": {
            "alpha": 0.1, "beta": 0.01, "hashed_seed": 7, "language": "LANGUAGE", "bigrams": false, "case_sensitive": false,
            "fields": {"000000": {"name": "text", "optype": "text", "column_number": 0}, "000001": {"name": "title", "optype": "text", "column_number": 1}},
            "termset": ["cat", "dog", "engine", "42", "1"],
            "term_topic_assignments": [[9, 0], [7, 1], [0, 12], [1, 5], [1, 1]],
            "topics": [{"name": "pets"}, {"name": "cars"}]}}
        """.Replace("LANGUAGE", language);
}
