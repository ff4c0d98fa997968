using System;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>What Python 3.11's <c>float(str)</c> answers.</summary>
public sealed class PythonFloatTests
{
    [Theory]
    [InlineData("3.5", 3.5)]
    [InlineData("-0", -0.0)]
    [InlineData("+7", 7.0)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("5.e-1", 0.5)]
    [InlineData("  12\t", 12.0)]
    [InlineData("\r\n1\v\f", 1.0)]
    [InlineData("\u00851\u00A0", 1.0)]
    [InlineData("\u2003\u30001\u2028\u1680", 1.0)]
    [InlineData("1_0", 10.0)]
    [InlineData("1_000.5_0e1_0", 10005000000000.0)]
    [InlineData("\u0661\u0662", 12.0)]
    [InlineData("-\u0661\u0660.\u0665e\u0662", -1050.0)]
    [InlineData("\uFF11_\uFF10", 10.0)]
    [InlineData("\U0001D7CF\U0001D7D0", 12.0)]
    [InlineData("1\u0660", 10.0)]
    [InlineData("nan", double.NaN)]
    [InlineData("-NaN", double.NaN)]
    [InlineData(" iNf ", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("+INFINITY", double.PositiveInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    [InlineData("1e-400", 0.0)]
    public void PythonReads(string text, double expected)
    {
        Assert.True(PythonFloat.TryParse(text, out double value));
        if (double.IsNaN(expected)) Assert.True(double.IsNaN(value));
        else Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".")]
    [InlineData("+")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("+-1")]
    [InlineData("- 1")]
    [InlineData("1 0")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("1__0")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1_.5")]
    [InlineData("1._5")]
    [InlineData("1_e5")]
    [InlineData("1e_5")]
    [InlineData("+_1")]
    [InlineData("na_n")]
    [InlineData("infi")]
    [InlineData("nan1")]
    [InlineData("\u00B2")]
    [InlineData("\u00BD")]
    [InlineData("\u2167")]
    [InlineData("\uFEFF1")]
    [InlineData("\u200B1")]
    [InlineData("\u001C1")]
    [InlineData("1\u001F")]
    [InlineData("1\0")]
    [InlineData("1\uD835")]
    [InlineData("\u0131nf")]
    [InlineData("\uFF4E\uFF41\uFF4E")]
    public void PythonRefuses(string? text)
    {
        Assert.False(PythonFloat.TryParse(text, out double value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void LongTextsAreRead()
    {
        Assert.True(PythonFloat.TryParse(new string('0', 400) + "1_\u0661", out double value));
        Assert.Equal(11, value);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        string[] texts = ["12.5", " -3e4 ", "1_000", "\uFF11", "nan", "abc", "inf"];
        foreach (string text in texts) PythonFloat.TryParse(text, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string text in texts) PythonFloat.TryParse(text.AsSpan(), out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
