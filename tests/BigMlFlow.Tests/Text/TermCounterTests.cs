using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;
using Xunit;

namespace BigMlFlow.Tests.Text;

public class TermCounterTests
{
    private static readonly Category[] Cloud = [new("good", 9), new("bad day", 4), new("λόγος", 2)];

    private static double[] Count(TermCounter counter, string text, bool found = true)
    {
        double[] counts = [.. Enumerable.Repeat(99.0, counter.Terms.Count)];
        Assert.Equal(found, counter.Count(text, counts));
        return counts;
    }

    private static TagCloudCounter Terms(bool? caseSensitive, string? mode, params (string Term, string[] Forms)[] forms)
        => new(new TermAnalysis(caseSensitive, mode, null, Cloud, [.. forms.Select(form => new System.Collections.Generic.KeyValuePair<string, System.Collections.Generic.IReadOnlyList<string>>(form.Term, form.Forms))]));

    [Fact]
    public void CountsATermAndItsFormsTogether()
        => Assert.Equal([3, 0, 0], Count(Terms(false, "tokens_only", ("good", ["better", "best"])), "A GOOD, better; best day"));

    [Fact]
    public void TheLastTermOwnsAFormThatTwoHave()
        => Assert.Equal([0, 1, 0], Count(Terms(true, null, ("good", ["fine"]), ("bad day", ["fine"])), "fine weather"));

    [Fact]
    public void ATermOfTheCloudIsNoFormOfAnother()
        => Assert.Equal([1, 0, 0], Count(Terms(true, null, ("bad day", ["good"])), "good weather"));

    [Fact]
    public void ATermOutsideTheCloudIsFoundAndHasAPlaceBehindIt()
    {
        TagCloudCounter counter = Terms(true, null, ("so so", ["fair"]));
        Assert.Equal(3, counter.CloudSize);
        Assert.Equal([0, 0, 0, 1], Count(counter, "fair weather"));
    }

    [Fact]
    public void CaseMattersUnlessTheFieldSaysOtherwise()
    {
        Assert.Equal([0, 0, 0], Count(Terms(null, null), "GOOD one", found: false));
        Assert.Equal([1, 0, 0], Count(Terms(false, null), "GOOD one"));
    }

    [Fact]
    public void AFinalSigmaIsThatOfTheToken()
        => Assert.Equal([0, 0, 1], Count(Terms(false, "tokens_only"), "ΛΌΓΟΣ, x"));

    [Theory]
    [InlineData("all", "bad day", 1)]
    [InlineData(null, "bad day", 1)]
    [InlineData("full_terms_only", "bad day", 1)]
    [InlineData("tokens_only", "bad day", 0)]
    [InlineData("full_terms_only", "bad day now", 0)]
    public void TheWholeTextCountsUnlessTokensAlone(string? mode, string text, double expected)
        => Assert.Equal([0, expected, 0], Count(Terms(true, mode), text, found: expected > 0));

    [Fact]
    public void TheWholeTextIsNotCountedTwiceWhereItIsTheFirstToken()
        => Assert.Equal([1, 0, 0], Count(Terms(true, "all"), "good"));

    [Theory]
    [InlineData(";", null, "red; blue ;red", 2, 1)]
    [InlineData(null, null, "red blue", 1, 1)]
    [InlineData(";", "[;|]", "red|blue", 1, 1)]
    [InlineData("::", null, "red::::blue", 1, 1)]
    public void ItemsAreSplitAndTrimmed(string? separator, string? pattern, string text, double red, double blue)
        => Assert.Equal([red, blue], Count(new ItemCounter(new ItemAnalysis(separator, pattern, [new("red", 3), new("blue", 2)]), "000001", trim: true), text));

    [Fact]
    public void ClustersDoNotTrimItems()
        => Assert.Equal([0, 1], Count(new ItemCounter(new ItemAnalysis(";", null, [new("red", 3), new("blue", 2)]), "000001", trim: false), " red;blue"));

    [Fact]
    public void ASeparatorThatIsNoExpressionIsAnErrorOfTheResource()
        => Assert.Contains("000007", Assert.Throws<BigMlFlow.Models.ResourceException>(() => new ItemCounter(new ItemAnalysis(null, "(", []), "000007", trim: true)).Message);
}
