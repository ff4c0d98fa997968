using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Tabular;
using Xunit;

namespace BigMlFlow.Tests.Tabular;

/// <summary>A JSON object a line is a row, whatever its keys; other lines are bad rows.</summary>
public sealed class JsonLinesReaderTests
{
    [Fact]
    public void ValuesAreWhatTheyAre()
    {
        using RowReader reader = Read("\uFEFF{\"a\": 1.50, \"b\": \"x\", \"c\": true, \"d\": null}\r\n");
        Assert.True(reader.Read());
        Assert.Equal(["a", "b", "c", "d"], reader.Columns);
        Assert.Equal("1.50", ((JsonElement)reader.Value(0)!).GetRawText());
        Assert.Equal("x", reader.Value(1));
        Assert.Equal(true, reader.Value(2));
        Assert.Null(reader.Value(3));
        Assert.False(reader.Read());
    }

    [Fact]
    public void TheShapeChangesWithTheKeysAlone()
    {
        using RowReader reader = Read("{\"a\":1,\"b\":2}\n\n  \n{\"a\":3,\"b\":4}\n{\"a\":3}\n{\"b\":3}\n{}");
        var seen = new List<(long Row, long Line, int Shape, int Count)>();
        while (reader.Read())
            seen.Add((reader.RowNumber, reader.LineNumber, reader.Shape, reader.Columns.Count));
        Assert.Equal([(1, 1, 1, 2), (2, 4, 1, 2), (3, 5, 2, 1), (4, 6, 3, 1), (5, 7, 4, 0)], seen);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":}")]
    [InlineData("a,b")]
    [InlineData("{\"a\":1} {}")]
    [InlineData("{\"\\ud800\":1}")]
    public void ABadLineStopsNothingButTheFirstDoes(string bad)
    {
        using RowReader first = Read(bad + "\n{\"a\":1}\n");
        Assert.Equal(1, Assert.Throws<TableException>(() => first.Read()).Line);

        using RowReader later = Read("{\"a\":1}\n" + bad + "\n{\"a\":2}\n");
        Assert.True(later.Read());
        Assert.Contains("line 2: expected a row", Assert.Throws<RowException>(() => later.Read()).Message, StringComparison.Ordinal);
        Assert.True(later.Read());
        Assert.Equal(3, later.LineNumber);
        Assert.Equal("2", ((JsonElement)later.Value(0)!).GetRawText());
    }

    [Fact]
    public void LinesMayBeLongerThanAnyBuffer()
    {
        string[] texts = [new('x', 70_000), "y", new('z', 300_000), new('w', 65_535)];
        using RowReader reader = Read(string.Join("\n", texts.Select(text => JsonSerializer.Serialize(new { a = text }))));
        var read = new List<string>();
        while (reader.Read())
            read.Add((string)reader.Value(0)!);
        Assert.Equal(texts, read);
    }

    private static RowReader Read(string text) => RowReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.jsonl", TableFormat.JsonLines);
}
