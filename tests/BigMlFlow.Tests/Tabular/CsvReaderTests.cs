using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BigMlFlow.Tabular;
using Xunit;

namespace BigMlFlow.Tests.Tabular;

/// <summary>Delimited text as Excel and databases write it is read right, and what is malformed is an error that names the line.</summary>
public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("utf8")]
    [InlineData("utf8BOM")]
    [InlineData("unicode")]
    [InlineData("bigendianunicode")]
    [InlineData("windows-1252")]
    [InlineData("1252")]
    [InlineData("iso-8859-15")]
    public void EncodingsAreReadByNameOrByTheirMark(string name)
    {
        Encoding encoding = TextEncodings.Find(name);
        byte[] text = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,ort\r\n1,Zürich\r\n")];
        Encoding? told = encoding.GetPreamble().Length > 0 ? null : encoding;
        using RowReader reader = RowReader.Create(new MemoryStream(text), "t", TableFormat.Csv, encoding: told);
        Assert.Equal(["größe", "ort"], reader.Columns);
        Assert.Equal([["1", "Zürich"]], Rows(reader));
    }

    [Fact]
    public void TextInAnotherEncodingIsRefused()
    {
        byte[] text = TextEncodings.Find("windows-1252").GetBytes("ort,n\nZürich,1\n");
        var error = Assert.Throws<TableException>(() => RowReader.Create(new MemoryStream(text), "cities.csv", TableFormat.Csv));
        Assert.Contains("'cities.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains("windows-1252", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownEncodingIsRefused()
        => Assert.Contains("no encoding 'klingon'", Assert.Throws<TableException>(() => TextEncodings.Find("klingon")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a,b\r\n1,2\r\n", ',')]
    [InlineData("a;b\n1;2", ';')]
    [InlineData("a\tb\r1\t2\r", '\t')]
    [InlineData("\n\r\na,b\n\n\n1,2\n\r\n", ',')]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n", ',')]
    public void RowsAreTheSameInEveryDress(string text, char delimiter)
    {
        using RowReader reader = Read(text, delimiter);
        Assert.Equal(["a", "b"], reader.Columns);
        Assert.Equal([["1", "2"]], Rows(reader));
    }

    [Fact]
    public void QuotedFieldsKeepDelimitersQuotesAndLineBreaks()
    {
        using RowReader reader = Read("a,b\n\"x, \"\"y\"\"\",\"1\r\n2\"\n# no comment,\n");
        Assert.Equal([["x, \"y\"", "1\r\n2"], ["# no comment", ""]], Rows(reader));
    }

    [Fact]
    public void LinesAreCountedThroughQuotedBreaksAndBlankLines()
    {
        using RowReader reader = Read("a,b\n1,\"x\ny\n\nz\"\n\r\n2,3\r4,5\n");
        var places = new List<(long, long)>();
        while (reader.Read())
            places.Add((reader.RowNumber, reader.LineNumber));
        Assert.Equal([(1, 2), (2, 7), (3, 8)], places);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", 3, "the row has 1 field, the header 2")]
    [InlineData("a,b\n\"1\n\n\",2\n3,4,5\n", 5, "the row has 3 fields, the header 2")]
    [InlineData("a,b,a\n1,2,3\n", 1, "names 'a' twice, in columns 1 and 3")]
    [InlineData("\n\na,a\n", 3, "names 'a' twice")]
    [InlineData("a,b\n1,\"x\"y\n", 2, "A quote inside quotes has to be doubled")]
    [InlineData("a,b\n1,2\n3,\"x\n4,5\n", 3, "a quoted field does not end")]
    [InlineData("", null, "is empty")]
    [InlineData("\n\r\n", null, "is empty")]
    public void WhatIsMalformedIsAnErrorWithItsLine(string text, int? line, string message)
    {
        var error = Assert.Throws<TableException>(() =>
        {
            using RowReader reader = Read(text);
            Rows(reader);
        });
        Assert.Equal(line, error.Line);
        Assert.StartsWith("'table.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        if (line is not null)
            Assert.Contains($"line {line}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsMayBeWithoutNames()
    {
        using RowReader reader = Read(",a,\n1,2,3\n");
        Assert.Equal(["", "a", ""], reader.Columns);
        Assert.Equal([["1", "2", "3"]], Rows(reader));
    }

    [Fact]
    public void ALongRowIsReadAndAnEndlessOneIsNot()
    {
        string value = new('x', 1 << 20);
        using RowReader reader = Read("a,b\n1," + value + "\n");
        Assert.Equal([["1", value]], Rows(reader));

        using RowReader endless = RowReader.Create(new EndlessStream("a,b\n1,\"", (byte)'x'), "endless.csv", TableFormat.Csv);
        Assert.Contains("quote that is not closed", Assert.Throws<TableException>(() => endless.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsAnError()
        => Assert.Contains("There is no file 'nowhere.csv'", Assert.Throws<TableException>(() => RowReader.Open("nowhere.csv")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rows.jsonl", TableFormat.JsonLines)]
    [InlineData("rows.NDJSON", TableFormat.JsonLines)]
    [InlineData("rows.csv", TableFormat.Csv)]
    [InlineData("rows", TableFormat.Csv)]
    public void TheFormGoesByTheName(string path, TableFormat format) => Assert.Equal(format, TableFormats.FromPath(path));

    [Theory]
    [InlineData(";", ';')]
    [InlineData("tab", '\t')]
    [InlineData("\\t", '\t')]
    [InlineData("\t", '\t')]
    public void DelimitersHaveNames(string text, char delimiter) => Assert.Equal(delimiter, TableFormats.Delimiter(text));

    [Theory]
    [InlineData("")]
    [InlineData(";;")]
    [InlineData("\"")]
    public void WhatCannotDelimitIsRefused(string text) => Assert.Throws<TableException>(() => TableFormats.Delimiter(text));

    private static RowReader Read(string text, char delimiter = ',')
        => RowReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), "table.csv", TableFormat.Csv, delimiter);

    private static List<string[]> Rows(RowReader reader)
    {
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.Columns.Count).Select(column => (string)reader.Value(column)!).ToArray());
        return rows;
    }
}
