using System;
using BigMlFlow.Models.Text;
using Xunit;

namespace BigMlFlow.Tests.Text;

/// <summary>Expressions split as <c>re.split</c> does in CPython.</summary>
public class PythonPatternTests
{
    [Theory]
    [InlineData("(,|;)", "a,b;c", "a", ",", "b", ";", "c")]
    [InlineData(@"\s*,\s*", "a ,b\u001c,c", "a", "b", "c")]
    [InlineData("-+", "a--b-c-", "a", "b", "c", "")]
    [InlineData(@"\bx\b", "axb x c", "axb ", " c")]
    [InlineData(@"[^\w]+", "a²b c\u0301d", "a²b", "c", "d")]
    [InlineData(@"[\s;]", "a\u001db;c", "a", "b", "c")]
    [InlineData("(?P<q>;)", "a;b", "a", ";", "b")]
    [InlineData(@"(?P<q>[;,])(?P=q)", "a;;b,;c", "a", ";", "b,;c")]
    [InlineData("", "ab", "", "a", "b", "")]
    [InlineData("[[]", "a[b", "a", "b")]
    [InlineData("[]x]", "a]bxc", "a", "b", "c")]
    public void SplitsAsPythonDoes(string pattern, string text, params string[] expected)
        => Assert.Equal(expected, PythonPattern.Compile(pattern).Split(text));

    [Theory]
    [InlineData("(")]
    [InlineData("(?P=q")]
    public void RefusesWhatIsNoPattern(string pattern)
        => Assert.ThrowsAny<ArgumentException>(() => PythonPattern.Compile(pattern));
}
