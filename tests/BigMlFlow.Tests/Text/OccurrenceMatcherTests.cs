using System.Collections.Generic;
using BigMlFlow.Models;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Text;

/// <summary>How often terms and items occur; the expected numbers are those of the bindings 9.8.3 (predicate_utils/utils.py).</summary>
public class OccurrenceMatcherTests
{
    [Theory]
    [InlineData("good, Good. GOOD", new[] { "good" }, null, null, 3)]
    [InlineData("good_good", new[] { "good" }, null, null, 1)]
    [InlineData("_good_", new[] { "good" }, null, null, 1)]
    [InlineData("good__good", new[] { "good" }, null, null, 2)]
    [InlineData("goods better best", new[] { "good", "better", "best" }, null, null, 2)]
    [InlineData("better best", new[] { "be", "better", "best" }, null, null, 2)]
    [InlineData("c++ c++a c", new[] { "c++" }, null, null, 1)]
    [InlineData("ac++b", new[] { "c++" }, null, null, 0)]
    [InlineData("\u0130stanbul istanbul \u0131stanbul", new[] { "istanbul" }, null, null, 3)]
    [InlineData("\u017ftra\u00dfe strasse", new[] { "stra\u00dfe" }, null, null, 1)]
    [InlineData("\u03a3\u03ac\u03c2 \u03c3\u03ac\u03c3", new[] { "\u03c3\u03ac\u03c2" }, null, null, 2)]
    [InlineData("\u212aelvin", new[] { "kelvin" }, null, null, 1)]
    [InlineData("Good good", new[] { "good" }, null, true, 1)]
    [InlineData("Good", new[] { "good" }, "full_terms_only", null, 1)]
    [InlineData("good day", new[] { "good" }, "full_terms_only", null, 0)]
    [InlineData("Good", new[] { "good" }, "full_terms_only", true, 0)]
    [InlineData("bad day, bad day", new[] { "bad day" }, "all", null, 2)]
    [InlineData("e\u0301 e", new[] { "e" }, null, null, 2)]
    [InlineData("x\u00b2 x", new[] { "x" }, null, null, 1)]
    [InlineData("a-b a", new[] { "a" }, null, null, 2)]
    [InlineData("a\u200db", new[] { "a" }, null, null, 1)]
    [InlineData("\ud835\udd1e a", new[] { "a" }, null, null, 1)]
    [InlineData("", new[] { "a" }, null, null, 0)]
    [InlineData("aa a", new[] { "a" }, null, null, 1)]
    [InlineData("a a_a", new[] { "a", "a_a" }, null, null, 2)]
    [InlineData("a_a", new[] { "a_a", "a" }, null, null, 1)]
    [InlineData("_a_a_", new[] { "a" }, null, null, 1)]
    [InlineData("x,y x,y", new[] { "x,y" }, null, null, 2)]
    [InlineData("don't", new[] { "don", "t" }, null, null, 2)]
    public void Terms(string text, string[] forms, string? mode, bool? caseSensitive, int expected)
    {
        List<KeyValuePair<string, IReadOnlyList<string>>> termForms = [new("other", ["good"]), new(forms[0], forms[1..])];
        var matcher = new TermMatcher(0, forms[0], new TermAnalysis(caseSensitive, mode, null, [], termForms));
        Assert.Equal(expected, matcher.Count(In(matcher.Form, text)));
    }

    [Theory]
    [InlineData("a,a,a", "a", ",", null, 2)]
    [InlineData("a a", "a", null, null, 1)]
    [InlineData("ba a", "a", null, null, 1)]
    [InlineData("a\n", "a", null, null, 1)]
    [InlineData("a\n\n", "a", null, null, 0)]
    [InlineData("a;;a", "a", ";;", null, 1)]
    [InlineData("a1b22a", "a", null, "\\d+", 2)]
    [InlineData("a, b ,a", "a", null, "\\s*,\\s*", 2)]
    [InlineData("a", "a", "-", null, 1)]
    [InlineData("xa", "a", "", null, 1)]
    [InlineData("a.b", "a.b", ",", null, 1)]
    [InlineData("A", "a", null, null, 0)]
    [InlineData("a||a||b", "a", "||", null, 1)]
    public void Items(string text, string item, string? separator, string? pattern, int expected)
        => Assert.Equal(expected, new ItemMatcher(0, item, new ItemAnalysis(separator, pattern, []), "000000").Count(text));

    [Fact]
    public void AnEmptyItemIsBetweenTwoSeparators()
        => Assert.Equal(1, new ItemMatcher(0, "", new ItemAnalysis(",", null, []), "000000").Count("a,,b"));

    [Fact]
    public void ASeparatorThatIsNoPatternIsRefused()
        => Assert.Contains("000000", Assert.Throws<ResourceException>(() => new ItemMatcher(0, "a", new ItemAnalysis(null, "(", []), "000000")).Message);

    private static string In(TextForm form, string text) => form switch
    {
        TextForm.Folded => PythonText.Fold(text),
        TextForm.Lower => PythonText.Lower(text),
        _ => text,
    };
}
