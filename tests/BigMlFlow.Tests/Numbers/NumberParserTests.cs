using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>.NET's own parser is correctly rounded, so it says what is right.</summary>
public sealed class NumberParserTests
{
    [Fact]
    public void EdgesReadAsDotNetReadsThem() => AgreeOn(Doubles.Edges().Select(Text));

    [Fact]
    public void RandomDoublesReadAsDotNetReadsThem() => AgreeOn(Doubles.RandomBits(100_000, 1).Select(Text));

    [Fact]
    public void RandomDigitsReadAsDotNetReadsThem() => AgreeOn(RandomDecimals(100_000, 2));

    [Fact]
    public void HalfwayPointsAndTheirNeighboursReadAsDotNetReadsThem() =>
        AgreeOn(Doubles.RandomBits(1000, 3).Concat(Doubles.Edges()).Where((_, i) => i % 3 == 0).Select(Math.Abs)
            .Where(value => value < double.MaxValue).Select(Doubles.Halfway).SelectMany(Near));

    [Fact]
    public void WholeIntegersAloneGiveTheSame()
    {
        foreach (string text in Doubles.RandomBits(3000, 4).Select(Text).Concat(RandomDecimals(3000, 5)))
        {
            Assert.True(DecimalText.TryRead(text, out DecimalText number));
            Same(Parse(text), DecimalRounding.RoundExactly(number), text);
        }
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0", -0.0)]
    [InlineData("-0.0e5", -0.0)]
    [InlineData("+1", 1.0)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5E+1", -5.0)]
    [InlineData("007", 7.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("9007199254740993.0000000000000000000000000000001", 9007199254740994.0)]
    [InlineData("1e23", 1e23)]
    [InlineData("8.442911973260991817129021e-309", 8.4429119732609918e-309)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    [InlineData("1.7976931348623158e308", double.MaxValue)]
    [InlineData("1.7976931348623159e308", double.PositiveInfinity)]
    [InlineData("2.4703282292062327e-324", 0.0)]
    [InlineData("2.4703282292062328e-324", double.Epsilon)]
    [InlineData("1e-99999999999999999999", 0.0)]
    [InlineData("1e99999999999999999999", double.PositiveInfinity)]
    [InlineData("0e99999999999999999999", 0.0)]
    public void NumbersOfTheGrammarAreRead(string text, double expected) => Same(expected, Parse(text), text);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData(".e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e5.0")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("1_0")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1d")]
    [InlineData("\u0661")]
    [InlineData("1\0")]
    public void OtherTextsAreRefused(string text)
    {
        Assert.False(NumberParser.TryParse(text, out double value));
        Assert.Equal(0, value);
        Assert.False(NumberParser.TryParseUtf8(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(800)]
    [InlineData(5000)]
    public void LongTextsAreReadToTheLastDigit(int zeros)
    {
        string padding = new('0', zeros);
        Same(1, Parse(padding + "1"), "leading zeros");
        Same(1, Parse("0." + padding + "1e" + (zeros + 1)), "zeros against the exponent");
        Same(1, Parse("1" + padding + "e-" + zeros), "trailing zeros");
        Same(9007199254740992, Parse("9007199254740993." + padding), "the half");
        Same(9007199254740994, Parse("9007199254740993." + padding + "1"), "just above the half");
    }

    [Fact]
    public void BytesThatAreNoDigitsAreRefused() => Assert.False(NumberParser.TryParseUtf8([(byte)'1', 0xB2], out _));

    [Fact]
    public void CultureDoesNotMatter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Same(1.5, Parse("1.5"), "1.5");
            Assert.Equal("1.5", NumberFormatter.Shortest(1.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        string[] texts = ["12", "-2.5e-3", "0.1234567890123456", "1.7976931348623157e308", "12345678901234567890123"];
        foreach (string text in texts) Parse(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            foreach (string text in texts) NumberParser.TryParse(text, out _);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AgreeOn(IEnumerable<string> texts)
    {
        int count = 0;
        foreach (string text in texts)
        {
            Same(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), Parse(text), text);
            count++;
        }
        Assert.True(count > 1000);
    }

    private static double Parse(string text)
    {
        Assert.True(NumberParser.TryParse(text, out double value), text);
        Assert.True(NumberParser.TryParseUtf8(Encoding.UTF8.GetBytes(text), out double fromBytes), text);
        Same(value, fromBytes, text);
        return value;
    }

    private static void Same(double expected, double actual, string text) =>
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{text}: {expected:R} expected, {actual:R} read");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<string> RandomDecimals(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(1, 24);
            var text = new StringBuilder();
            for (int digit = 0; digit < length; digit++) text.Append((char)('0' + random.Next(10)));
            text.Insert(random.Next(length + 1), '.');
            if (random.Next(2) == 0) text.Append('e').Append(random.Next(3) == 0 ? random.Next(-345, 320) : random.Next(-30, 30));
            yield return text.ToString();
        }
    }

    /// <summary>A decimal, and what one digit far behind makes of it; the digit before is one less for the neighbour below.</summary>
    private static IEnumerable<string> Near(string halfway)
    {
        int mark = halfway.IndexOf('e', StringComparison.Ordinal);
        string digits = mark < 0 ? halfway : halfway[..mark];
        string exponent = mark < 0 ? "" : halfway[mark..];
        yield return halfway;
        yield return digits + ".00000000000000000000001" + exponent;
        // The last digit of a halfway point is odd below 2^53, and never zero: taking one away carries nowhere.
        if (digits[^1] != '0') yield return digits[..^1] + (char)(digits[^1] - 1) + ".99999999999999999999999" + exponent;
    }
}
