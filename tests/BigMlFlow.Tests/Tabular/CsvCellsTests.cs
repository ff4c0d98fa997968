using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BigMlFlow.Tabular;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BigMlFlow.Tests.Tabular;

/// <summary>What is written can be read again, by us and by others.</summary>
public sealed class CsvCellsTests
{
    [Fact]
    public void QuotesAreThereWhereTheyAreNeeded()
        => Assert.Equal(
            "a;\"b;c\";\"d\"\"e\";\"f\ng\"; h ;\n\"\"\n;\n",
            Write(';', cells =>
            {
                foreach (string text in new[] { "a", "b;c", "d\"e", "f\ng", " h ", "" })
                    cells.Add(text);
                cells.EndRow();
                cells.Add("");
                cells.EndRow();
                cells.Add("");
                cells.Add("");
                cells.EndRow();
            }));

    [Fact]
    public void NumbersAreTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "de-DE", "tr-TR", "fa-IR", "" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                string text = Write(',', cells =>
                {
                    foreach (double number in new[] { 0.1, -1234567.5, 1e-7, 1e300, 3, double.NaN, double.PositiveInfinity })
                        cells.Add(number);
                    cells.EndRow();
                });
                Assert.Equal("0.1,-1234567.5,1E-07,1E+300,3,,\n", text);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ARowCanBeTakenBack()
        => Assert.Equal("1,2\n3,4\n", Write(',', cells =>
        {
            cells.AddRaw("1,2");
            cells.EndRow();
            cells.Add("lost");
            cells.Add(5);
            cells.RestartRow();
            cells.Add("3");
            cells.Add("4");
            cells.EndRow();
        }));

    [Fact]
    public void WhatIsWrittenIsReadAgain()
        => Prop.ForAll<NonEmptyArray<string>[], bool>((rows, semicolon) =>
        {
            char delimiter = semicolon ? ';' : ',';
            int width = rows.Length == 0 ? 1 : rows[0].Get.Length;
            string[][] table = rows.Select(row => Enumerable.Range(0, width).Select(column => row.Get[column % row.Get.Length] ?? string.Empty).ToArray()).ToArray();
            string text = Write(delimiter, cells =>
            {
                foreach (string[] row in table.Prepend(Enumerable.Range(0, width).Select(column => "c" + column).ToArray()))
                {
                    foreach (string cell in row)
                        cells.Add(cell);
                    cells.EndRow();
                }
            });
            using RowReader reader = RowReader.Create(new MemoryStream(System.Text.Encoding.Unicode.GetBytes(text)), "t", TableFormat.Csv, delimiter, System.Text.Encoding.Unicode);
            foreach (string[] row in table)
            {
                Assert.True(reader.Read());
                Assert.Equal(row, row.Select((_, column) => (string)reader.Value(column)!));
            }
            Assert.False(reader.Read());
        }).QuickCheckThrowOnFailure();

    private static string Write(char delimiter, Action<CsvCells> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var cells = new CsvCells(writer, delimiter);
        write(cells);
        cells.Flush();
        return writer.ToString();
    }
}
