using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Yaml;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>What is read of YAML, and what is not.</summary>
public sealed class YamlReading
{
    [Theory]
    [InlineData("yes", true)]
    [InlineData("Off", false)]
    [InlineData("y", "y")]
    [InlineData("1_000", 1000L)]
    [InlineData("017", 15L)]
    [InlineData("018", "018")]
    [InlineData("-0x1F", -31L)]
    [InlineData("0b11", 3L)]
    [InlineData("190:20:30", 685230L)]
    [InlineData("1:30.5", 90.5)]
    [InlineData("-1.5e+3", -1500.0)]
    [InlineData("1e3", "1e3")]
    [InlineData("1_0.5", 10.5)]
    [InlineData(".5", 0.5)]
    [InlineData("~", null)]
    [InlineData("", null)]
    [InlineData("'null'", "null")]
    [InlineData("\"1\"", "1")]
    [InlineData("!!str 1", "1")]
    [InlineData("! 1", "1")]
    [InlineData("!!float 1", 1.0)]
    [InlineData("=", "=")]
    [InlineData("0x_", "0x_")]
    public void Scalars_have_the_types_of_YAML_1_1(string yaml, object? expected)
        => Assert.Equal(expected, Assert.IsType<YamlMapping>(YamlReader.Read("key: " + yaml + "\n", "test"))["key"]);

    [Fact]
    public void Scalars_of_every_style_and_folded_lines()
    {
        const string yaml = """
            plain: one
              two

              three
            single: 'it''s
              one

              two'
            double: "a\
              \ b\xED\u2011\U0001F600\e\_\N\L\P\
              c"
            literal: |
              a
               b
            folded: >-
              a
              b

              c
            """;
        var read = Assert.IsType<YamlMapping>(YamlReader.Read(yaml, "test"));
        Assert.Equal("one two\nthree", read["plain"]);
        Assert.Equal("it's one\ntwo", read["single"]);
        Assert.Equal("a b\u00ED\u2011\U0001F600\u001b\u00a0\u0085\u2028\u2029c", read["double"]);
        Assert.Equal("a\n b\n", read["literal"]);
        Assert.Equal("a b\nc", read["folded"]);
    }

    [Fact]
    public void Aliases_and_merged_mappings()
    {
        var read = Assert.IsType<YamlMapping>(YamlReader.Read("base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none: {<<: *b, x: 5}\ntwo:\n  <<: [*b, *o]\n", "test"));
        Assert.Equal([new("x", 5L), new("y", 2L)], read.Mapping("one")!.OrderBy(entry => entry.Key));
        Assert.Equal([new("x", 1L), new("y", 2L), new("z", 4L)], read.Mapping("two")!.OrderBy(entry => entry.Key));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "a: [1", "line 2" },
        { "a: b\n c: d", "line 2" },
        { "a: 'b", "is not YAML" },
        { "a: &x [*x]", "within" },
        { "a: *nowhere", "alias" },
        { "a: !!python/object/apply:os.system ['true']", "tag" },
        { "a: !!python/name:os.system x", "tag" },
        { "a: !local x", "tag" },
        { "a: !!int x", "!!int" },
        { "? [a]\n: b", "no scalar" },
        { "a: 1\n---\nb: 2", "several" },
        { "<<: 1", "merges" },
        { new string('[', 5000), "deeper" },
        { string.Concat(Enumerable.Repeat("- ", 5000)) + "a", "deeper" },
        { Bomb(), "more than" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refusals_say_where_and_what(string yaml, string message)
    {
        FlavorException error = Assert.Throws<FlavorException>(() => YamlReader.Read(yaml, "its file"));
        Assert.Contains("'its file'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(FlavorError.Malformed, error.Error);
    }

    [Fact]
    public void A_file_of_any_length_is_refused_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("MLmodel");
        using (FileStream file = File.Create(path))
            file.SetLength(3L << 30);
        Assert.Contains("bytes", Assert.Throws<FlavorException>(() => YamlReader.ReadFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_but_nothing_else()
    {
        string yaml = YamlWriter.Write(new YamlMapping
        {
            ["flavors"] = new YamlMapping { ["bigml"] = new YamlMapping { ["code"] = null, ["list"] = new List<object?> { "a b", 1L, 2.5, "it's", "é\n" } } },
            ["time"] = "2026-11-22 07:40:00.123456",
        });
        const string Pieces = "&*!|>'\"%@`{}[],:?-#<= \n\t\\\0\u0085\ufeff😀~x0";
        var random = new Random(11);
        int refused = 0;
        for (int turn = 0; turn < 20_000; turn++)
        {
            var text = new StringBuilder(yaml);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int place = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(place, Math.Min(random.Next(1, 20), text.Length - place));
                else
                    text.Insert(place, Pieces[random.Next(Pieces.Length)]);
            }
            try
            {
                YamlReader.Read(text.ToString(), "damaged");
            }
            catch (FlavorException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 19_999);
    }

    private static string Bomb()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 9; level++)
            yaml.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat("*a" + (level - 1), 10))}]\n");
        return yaml.ToString();
    }
}
