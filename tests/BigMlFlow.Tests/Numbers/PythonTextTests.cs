using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>What Python 3.11's <c>str</c> and <c>re</c> answer.</summary>
public sealed class PythonTextTests
{
    [Theory]
    [InlineData("aZ5\u00E9\u00DF\u0131\u4E2D\u02B0\u01C5\U0001D400\U00010400", true)]
    [InlineData("\u00B2\u00BD\u2167\u0661\u3007\u2460\U0001D7CF", true)]
    [InlineData("_", true)]
    [InlineData("\u0301\u0903\u20DD", false)]
    [InlineData("\u203F\u2040\uFF3F\u200C\u200D\u00AD", false)]
    [InlineData(" -.'@[`{\u007F\u00B7\u00A0\u20AC\U0001F600", false)]
    public void WordCharactersAreLettersNumbersAndTheUnderscore(string characters, bool expected)
    {
        for (int i = 0; i < characters.Length;)
        {
            int codePoint = CodePoints.At(characters, i);
            Assert.Equal(expected, PythonText.IsWordCharacter(codePoint));
            Assert.Equal(expected && codePoint != '_', PythonText.IsAlphanumeric(codePoint));
            if (codePoint < 0x10000) Assert.Equal(expected, PythonText.IsWordCharacter((char)codePoint));
            if (codePoint < 0x10000) Assert.Equal(expected && codePoint != '_', PythonText.IsAlphanumeric((char)codePoint));
            i += CodePoints.Length(codePoint);
        }
    }

    [Fact]
    public void HalfOfAPairIsNoWordCharacter()
    {
        Assert.False(PythonText.IsWordCharacter('\uD835'));
        Assert.False(PythonText.IsWordCharacter(0xDC00));
    }

    [Fact]
    public void WhiteSpaceIsPythons()
    {
        int[] spaces =
        [
            0x9, 0xA, 0xB, 0xC, 0xD, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
            0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
        ];
        Assert.Equal(spaces, Enumerable.Range(0, 0x110000).Where(codePoint => PythonText.IsSpace(codePoint)));
        Assert.Equal(spaces, Enumerable.Range(0, 0x10000).Where(codePoint => PythonText.IsSpace((char)codePoint)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("ABC \u00C9\u0416", "abc \u00E9\u0436")]
    [InlineData("\u0130\u0049\u0131", "i\u0307i\u0131")]
    [InlineData("\u0130\u03A3", "i\u0307\u03C2")]
    [InlineData("\u03A3", "\u03C3")]
    [InlineData("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C2")]
    [InlineData("\u03A3\u0391\u03A3 \u03A3\u0391\u03A3", "\u03C3\u03B1\u03C2 \u03C3\u03B1\u03C2")]
    [InlineData("A\u03A3B", "a\u03C3b")]
    [InlineData("A\u03A31", "a\u03C21")]
    [InlineData("1\u03A3", "1\u03C3")]
    [InlineData("A\u03A3'B", "a\u03C3'b")]
    [InlineData("A\u03A3'", "a\u03C2'")]
    [InlineData("A.\u0301\u03A3", "a.\u0301\u03C2")]
    [InlineData("A-\u03A3", "a-\u03C3")]
    [InlineData("\u00AA\u03A3", "\u00AA\u03C2")]
    [InlineData("\u02B0\u03A3", "\u02B0\u03C3")]
    [InlineData("\u2160\u03A3", "\u2170\u03C2")]
    [InlineData("\U0001D400\u03A3", "\U0001D400\u03C2")]
    [InlineData("A\u03A3\U0001D400", "a\u03C3\U0001D400")]
    [InlineData("A\u03A3\U0001F600", "a\u03C2\U0001F600")]
    [InlineData("\u03C3\u03A3\u03C2", "\u03C3\u03C3\u03C2")]
    [InlineData("\u1E9E\u212A\u212B\u2126\u01C5", "\u00DF\u006B\u00E5\u03C9\u01C6")]
    [InlineData("\U00010400", "\U00010428")]
    public void LowerIsPythons(string text, string expected) => Assert.Equal(expected, PythonText.Lower(text));

    [Theory]
    [InlineData("iI\u0130\u0131")]
    [InlineData("sS\u017F")]
    [InlineData("kK\u212A")]
    [InlineData("\u00E5\u00C5\u212B")]
    [InlineData("\u03C9\u03A9\u2126")]
    [InlineData("\u00B5\u03BC\u039C")]
    [InlineData("\u0345\u03B9\u1FBE\u0399")]
    [InlineData("\u0390\u1FD3")]
    [InlineData("\u03B0\u1FE3")]
    [InlineData("\u03B2\u03D0\u0392")]
    [InlineData("\u03B5\u03F5\u0395")]
    [InlineData("\u03B8\u03D1\u0398\u03F4")]
    [InlineData("\u03BA\u03F0\u039A")]
    [InlineData("\u03C0\u03D6\u03A0")]
    [InlineData("\u03C1\u03F1\u03A1")]
    [InlineData("\u03C2\u03C3\u03A3")]
    [InlineData("\u03C6\u03D5\u03A6")]
    [InlineData("\u0432\u1C80\u0412")]
    [InlineData("\u0434\u1C81\u0414")]
    [InlineData("\u043E\u1C82\u041E")]
    [InlineData("\u0441\u1C83\u0421")]
    [InlineData("\u0442\u1C84\u1C85\u0422")]
    [InlineData("\u044A\u1C86\u042A")]
    [InlineData("\u0463\u1C87\u0462")]
    [InlineData("\uA64B\u1C88\uA64A")]
    [InlineData("\u1E61\u1E9B\u1E60")]
    [InlineData("\uFB05\uFB06")]
    [InlineData("\u01C6\u01C5\u01C4")]
    [InlineData("\u00DF\u1E9E")]
    public void LettersThatAreTheSameWhenCaseIsIgnored(string letters)
    {
        foreach (char a in letters)
        {
            foreach (char b in letters) Assert.True(PythonText.EqualsIgnoreCase(a, b), $"{(int)a:X} and {(int)b:X}");
            Assert.Equal(PythonText.Fold(letters)[0], PythonText.Fold(a));
        }
        Assert.Equal(new string(PythonText.Fold(letters)[0], letters.Length), PythonText.Fold(letters));
    }

    [Fact]
    public void NoOtherLettersAreTheSame()
    {
        Assert.False(PythonText.EqualsIgnoreCase('\u00DF', 's'));
        Assert.False(PythonText.EqualsIgnoreCase('\u00E9', 'e'));
        Assert.False(PythonText.EqualsIgnoreCase('\u03B1', 'a'));
        Assert.False(PythonText.EqualsIgnoreCase('@', '`'));
        Assert.False(PythonText.EqualsIgnoreCase('[', '{'));
        Assert.False(PythonText.EqualsIgnoreCase('\u0307', '\u0130'));
        Assert.True(PythonText.EqualsIgnoreCase(0x10400, 0x10428));
        Assert.False(PythonText.EqualsIgnoreCase(0x10400, 0x10429));
    }

    [Fact]
    public void EveryLetterIsTheSameAsInPython()
    {
        // For every character the first one that re.IGNORECASE takes for the same, in the blocks that Unicode has added no letters with case to since; the hash is that of Python's own list.
        int[] characters = [.. Enumerable.Range(0, 0x1C89), .. Enumerable.Range(0x1D00, 0x89A0), .. Enumerable.Range(0xF900, 0x700)];
        var first = new Dictionary<int, int>();
        string list = string.Join(",", characters.Select(character => first.TryAdd(PythonText.Fold(character), character) ? character : first[PythonText.Fold(character)]));
        Assert.Equal("710725A11A0998115410E495B5754A550AF9432BB1738B7CBFDB9489D44D1112", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(list))));
    }

    [Fact]
    public void FoldingKeepsPlaces() => Assert.Equal("\U00010428x\u0301\uD800i\u00DF", PythonText.Fold("\U00010400X\u0301\uD800\u0130\u1E9E"));

    [Fact]
    public void OrderIsByCodePoint()
    {
        string[] ordered = ["", "A", "AA", "Z", "a", "\u00E9", "\uD7FF", "\uD83D", "\uD83Dx", "\uDE00", "\uE000", "\uFFFF", "\U00010000", "\U0001F600", "\U0001F600a", "\U0001F601"];
        var random = new Random(31);
        string[] shuffled = [.. ordered];
        random.Shuffle(shuffled);
        Array.Sort(shuffled, PythonText.CodePointOrder);
        Assert.Equal(ordered, shuffled);
        for (int i = 0; i < ordered.Length; i++)
        {
            for (int j = 0; j < ordered.Length; j++) Assert.Equal(Math.Sign(i - j), Math.Sign(PythonText.CodePointOrder.Compare(ordered[i], ordered[j])));
        }
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"it\"", "'say \"it\"'")]
    [InlineData("it's \"it\"", "'it\\'s \"it\"'")]
    [InlineData("a\\b\n\r\t", "'a\\\\b\\n\\r\\t'")]
    [InlineData("\0\u001B\u007F\u0080\u00A0\u00AD", "'\\x00\\x1b\\x7f\\x80\\xa0\\xad'")]
    [InlineData("\u00E9\u4E2D\u0301\U0001F600", "'\u00E9\u4E2D\u0301\U0001F600'")]
    [InlineData("\u200B\u2028\u2029\u3000\uE000\uFFFE", "'\\u200b\\u2028\\u2029\\u3000\\ue000\\ufffe'")]
    [InlineData("\U000E0001\U0010FFFF", "'\\U000e0001\\U0010ffff'")]
    public void ReprIsPythons(string text, string expected) => Assert.Equal(expected, PythonText.Repr(text));

    [Fact]
    public void ReprEscapesHalvesOfPairs() => Assert.Equal("'\\ud83d'", PythonText.Repr("\uD83D"));

    [Fact]
    public void CodePointsAreFoundFromBothSides()
    {
        string text = "a\U0001F600\uD83D";
        Assert.Equal(['a', 0x1F600, 0xD83D], new[] { CodePoints.At(text, 0), CodePoints.At(text, 1), CodePoints.At(text, 3) });
        Assert.Equal(['a', 0x1F600, 0xD83D], new[] { CodePoints.Before(text, 1), CodePoints.Before(text, 3), CodePoints.Before(text, 4) });
    }
}
