using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
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

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(3.0, "3.0")]
    [InlineData(-1.0, "-1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.5, "0.5")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1e-05, "1e-05")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1.5e-05, "1.5e-05")]
    [InlineData(1000000000000000.0, "1000000000000000.0")]
    [InlineData(1e+16, "1e+16")]
    [InlineData(1e+17, "1e+17")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1.2345678901234568e+16, "1.2345678901234568e+16")]
    [InlineData(1.2345678901234568e+17, "1.2345678901234568e+17")]
    [InlineData(1e+21, "1e+21")]
    [InlineData(1e+22, "1e+22")]
    [InlineData(1e+23, "1e+23")]
    [InlineData(1e-07, "1e-07")]
    [InlineData(1e+100, "1e+100")]
    [InlineData(1.5e+300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(1.7976931348623157e+308, "1.7976931348623157e+308")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    [InlineData(0.3333333333333333, "0.3333333333333333")]
    [InlineData(0.6666666666666666, "0.6666666666666666")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(4.1045368012983762e-289, "4.1045368012983762e-289")]
    [InlineData(5.684341886080802e-14, "5.684341886080802e-14")]
    [InlineData(5.960464477539063e-08, "5.960464477539063e-08")]
    [InlineData(9.671406556917033e+24, "9.671406556917033e+24")]
    [InlineData(6.189700196426902e+26, "6.189700196426902e+26")]
    [InlineData(9007199254740992.0, "9007199254740992.0")]
    [InlineData(-1.2345e-10, "-1.2345e-10")]
    public void PythonReprIsPythons(double value, string expected) => Assert.Equal(expected, NumberFormatter.PythonRepr(value));

    [Fact]
    public void PythonReprIsPythonsForEveryPowerOfTwo()
    {
        // Where the double below lies closer than the one above; the hash is that of Python's own 2098 lines.
        string lines = string.Join('\n', Enumerable.Range(-1074, 2098).Select(exponent => NumberFormatter.PythonRepr(Math.ScaleB(1, exponent))));
        Assert.Equal("A808B634668C792B03AEB662CF8FB6F77D1C07CB0C601710C9C1F2DC43CCC994", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(lines))));
    }

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
