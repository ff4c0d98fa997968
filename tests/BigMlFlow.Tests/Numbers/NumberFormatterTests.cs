using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

public sealed class NumberFormatterTests
{
    [Fact]
    public void EveryDoubleReadsBackAndIsWrittenAsDotNetWritesIt()
    {
        var others = new List<double>();
        foreach (double value in Doubles.Edges().Concat(Doubles.RandomBits(100_000, 11)))
        {
            string text = NumberFormatter.Shortest(value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Read(text)));
            if (text != value.ToString("R", CultureInfo.InvariantCulture)) others.Add(value);
        }
        // .NET writes some powers of two, where the doubles below lie closer, with a digit too few to read them back, or with the farther of two last digits.
        Assert.All(others, value => Assert.Equal(0, BitConverter.DoubleToInt64Bits(value) & 0xF_FFFF_FFFF_FFFF));
        Assert.InRange(others.Count, 0, 50);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(-0.0, "-0")]
    [InlineData(3.0, "3")]
    [InlineData(9007199254740992.0, "9007199254740992")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1e17, "1E+17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1E-05")]
    [InlineData(double.MinValue, "-1.7976931348623157E+308")]
    public void TheStyleIsAsDocumented(double value, string expected) => Assert.Equal(expected, NumberFormatter.Shortest(value));

    [Fact]
    public void NothingIsWrittenWhereItDoesNotFit()
    {
        Span<char> destination = stackalloc char[4];
        Assert.True(NumberFormatter.TryFormat(-0.5, destination, out int written));
        Assert.Equal("-0.5", destination[..written].ToString());
        Assert.False(NumberFormatter.TryFormat(-0.25, destination, out written));
        Assert.Equal(0, written);
        Assert.Equal("-0.5", destination.ToString());
    }

    [Fact]
    public void NothingIsAllocated()
    {
        Span<char> destination = stackalloc char[NumberFormatter.MaximumLength];
        NumberFormatter.TryFormat(0.1, destination, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 1000; i++) NumberFormatter.TryFormat(1.0 / i, destination, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void JsonTakesEveryFiniteNumberAndNoOther()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (double value in new[] { 0.1, -0.0, 1e300, 5e-324, 12 }) NumberFormatter.WriteJson(writer, value);
            Assert.Throws<ArgumentException>(() => NumberFormatter.WriteJson(writer, double.NaN));
            Assert.Throws<ArgumentException>(() => NumberFormatter.WriteJson(writer, double.NegativeInfinity));
            writer.WriteEndArray();
        }
        Assert.Equal("[0.1,-0,1E+300,5E-324,12]", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static double Read(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
