using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Topics;
using Xunit;

namespace BigMlFlow.Tests.Topics;

/// <summary>What counts as a word and as a bigram, in all the corners of the bindings' loop (bigml-facts 47).</summary>
public sealed class TermReaderTests
{
    private static readonly string[] Terms = ["a", "b", "it's", "a b", "b a", "école", "½", new('x', 30), "𝒳y", "i̇", "ς"];

    [Theory]
    [InlineData("", "")]
    [InlineData(" .,", "")]
    [InlineData("a", "a")]
    [InlineData("A b", "a|b|a b")]
    [InlineData("a-b", "a|b")] // no space ended a word yet
    [InlineData("a b a b", "a|b|a b|a|b a|b|a b")]
    [InlineData("a a-b", "a|a|b|a b")] // once one did, any one character joins a bigram
    [InlineData("a-a-b", "a|a|b")]
    [InlineData("a  b", "a|b")] // two separators between
    [InlineData("a a b.", "a|a|b|a b")]
    [InlineData("a a b. ", "a|a|b|a b|a b")] // what trails counts the last bigram once more
    [InlineData("it's ''a'' 'it's'", "it's")] // apostrophes end words, but begin none
    [InlineData("École½ ½", "½")]
    [InlineData("École", "école")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxb", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|b")] // 30, one swallowed, the rest
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("a🌸b a_a", "a|b|a|b a|a")] // a pair of surrogates is one character
    [InlineData("𝒳Y", "𝒳y")]
    [InlineData("İ Σ", "i̇")]
    public void FindsTerms(string text, string expected)
        => Assert.Equal(expected, Read(text, new TermReader(Places(Terms), null, caseSensitive: false, bigrams: true)));

    [Fact]
    public void CaseAndBigramsAreOptions()
    {
        Assert.Equal("b|b", Read("A b A b", new TermReader(Places(["-", "b"]), null, caseSensitive: true, bigrams: true)));
        Assert.Equal("a|b", Read("A b", new TermReader(Places(Terms), null, caseSensitive: false, bigrams: false)));
    }

    [Fact]
    public void BigramsAreStemmedAsOneWord()
    {
        Stemmer stemmer = Stemmer.Of("en");
        var reader = new TermReader(Places(["run", "dogs run"]), stemmer, caseSensitive: false, bigrams: true);
        var found = new List<int>();
        reader.Read("dogs run, dogs running", found);
        Assert.Equal([0, 1, 0, 1], found); // only the end of the whole is cut: no "dog run"
    }

    private static Dictionary<string, int> Places(string[] terms) => terms.Select((term, place) => (term, place)).ToDictionary(pair => pair.term, pair => pair.place);

    private static string Read(string text, TermReader reader)
    {
        var found = new List<int>();
        reader.Read(text, found);
        return string.Join("|", found.Select(place => place < Terms.Length ? Terms[place] : "?"));
    }
}
