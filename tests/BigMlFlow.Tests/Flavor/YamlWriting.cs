using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using BigMlFlow.Flavor.Yaml;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>What is written is read back with the same types: here, and by PyYAML.</summary>
public sealed class YamlWriting
{
    /// <summary>Texts that YAML 1.1, or some reader of it, would take for something else, or that are hard to write.</summary>
    private static readonly string[] Texts =
    [
        "", "~", "null", "Null", "y", "n", "Y", "N", "yes", "No", "on", "OFF", "true", "FALSE", "1", "-1", "+1", "0", "00", "01", "08", "0x1f", "0b101", "0o17", "1_000", "_1", "0_", "0x_",
        "1.0", "1.", ".5", "1e3", "1.5e+3", "12e03", "-.5", ".inf", "-.INF", ".nan", "+.nan", "190:20:30", "1:60", "12:30.5", "2026-11-22", "2026-1-2", "2026-11-22 07:40:00.123456", "2026-11-22T07:40:00Z",
        "=", "<<", "-", "?", ":", "- a", "? a", "a: b", "a:", ":a", "a #b", "#a", "a#b", "&a", "*a", "!a", "!!str a", "|", ">", "%a", "@a", "`a", "[a", "{a", "a]", "a,b", "'a'", "\"a\"", "it's", "a\\b",
        " a", "a ", "  ", "\t", "a\tb", "a\nb", "a\n", "\n", "\na", "a\n\nb\n\n", "a\r\nb", "---", "...", "--- a", "3.10", "3.10.13", "58589e7942",
        "línea ‑ 'q'", "\u0007\u001b\0\u007f", "\u0085\u00a0\u2028\u2029\ufeff\ufffe", "😀", "日本語 の 文字", "C:\\Users\\x", "-c constraints.txt", "mlflow>=2.0.1", "bigml[topics]==9.8.3; python_version < '3.12'",
        "model/62605ac123541b220100748a", "a" + new string(' ', 100) + "b", "words " + string.Concat(Enumerable.Repeat("and on ", 40)), "é " + string.Concat(Enumerable.Repeat("wörter ", 40)), new string('x', 300),
        "[{\"name\": \"it's\", \"type\": \"double\"}, {\"name\": \"plasma glucose\", \"type\": \"double\"}, {\"name\": \"bmi\", \"type\": \"double\"}]",
    ];

    [Fact]
    public void Texts_stay_what_they_are()
    {
        foreach (string text in Texts.Concat(RandomTexts(2000)))
        {
            YamlMapping read = Assert.IsType<YamlMapping>(YamlReader.Read(YamlWriter.Write(new YamlMapping { ["key"] = text, [text] = "value" }), "test"));
            Assert.Equal(text, read["key"]);
            Assert.Equal("value", read[text]);
        }
    }

    [Fact]
    public void Only_ASCII_is_written()
        => Assert.All(YamlWriter.Write(Texts), letter => Assert.InRange(letter, '\t', '~'));

    [Fact]
    public void Other_values_stay_what_they_are()
    {
        object?[] values = [null, true, false, 0L, -1L, long.MaxValue, long.MinValue + 1, 0.0, -0.0, 1.0, 1e16, 1e-7, 1.5e300, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Assert.Equal(values, Assert.IsType<List<object?>>(YamlReader.Read(YamlWriter.Write(values), "test")));
    }

    [Fact]
    public void Empty_lists_and_mappings_and_nesting()
    {
        var value = new YamlMapping { ["b"] = new List<object?> { new YamlMapping(), new List<object?>(), new YamlMapping { ["pip"] = new List<object?> { "x" } } }, ["a"] = new YamlMapping { ["c"] = null } };
        string yaml = YamlWriter.Write(value);
        Assert.Equal("a:\n  c: null\nb:\n- {}\n- []\n- pip:\n  - x\n", yaml);
        Assert.Equal(yaml, YamlWriter.Write(YamlReader.Read(yaml, "test")));
    }

    [Fact]
    public void Keys_are_sorted_by_code_points_unless_their_order_is_wanted()
    {
        var value = new YamlMapping { ["b"] = 1L, ["a"] = 2L, ["\uff5e"] = 3L, ["😀"] = 4L, ["B"] = 5L };
        Assert.Equal("B: 5\na: 2\nb: 1\n\"\\uFF5E\": 3\n\"\\U0001F600\": 4\n", YamlWriter.Write(value));
        Assert.StartsWith("b: 1\na: 2\n", YamlWriter.Write(value, sortKeys: false));
    }

    [Fact]
    public void PyYAML_reads_the_same_and_writes_what_is_read_here()
    {
        PythonPeer.Require();
        string[] texts = [.. Texts, .. RandomTexts(3000)];
        object?[] others = [null, true, false, 0L, -12L, 1.0, 1e16, 1e-7, 0.1, -0.0, double.PositiveInfinity, long.MaxValue];
        var document = new YamlMapping
        {
            ["texts"] = texts.ToList<object?>(),
            ["keys"] = Mapping(texts.Distinct(StringComparer.Ordinal).Select(text => (text, (object?)true))),
            ["others"] = others.ToList(),
            ["kept"] = new List<object?> { new YamlLiteral("2026-11-22"), new YamlLiteral("123456789012345678901234567890") },
        };
        const string script = """
            import json, sys, yaml
            document = yaml.safe_load(sys.stdin)
            print(json.dumps({"texts": document["texts"], "keys": list(document["keys"]), "others": [repr(item) for item in document["others"]],
                              "kept": [type(item).__name__ for item in document["kept"]]}))
            document["shared"] = [document["others"], document["others"], {"a": document["others"]}]
            document["bytes"] = b"ab\xff"
            for style in ({"default_flow_style": False}, {"default_style": '"'}, {"default_style": "|"}, {"default_style": ">"},
                          {"default_flow_style": False, "allow_unicode": True, "width": 30, "indent": 4}):
                print(json.dumps(yaml.safe_dump(document, **style)))
            """;
        IReadOnlyList<JsonElement> answers = PythonPeer.Run(script, YamlWriter.Write(document));

        Assert.Equal(texts, answers[0].GetProperty("texts").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(texts.Distinct(StringComparer.Ordinal).ToHashSet(), answers[0].GetProperty("keys").EnumerateArray().Select(item => item.GetString()!).ToHashSet());
        Assert.Equal(["None", "True", "False", "0", "-12", "1.0", "1e+16", "1e-07", "0.1", "-0.0", "inf", "9223372036854775807"], answers[0].GetProperty("others").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(["date", "int"], answers[0].GetProperty("kept").EnumerateArray().Select(item => item.GetString()));
        foreach (JsonElement dumped in answers.Skip(1))
        {
            var read = Assert.IsType<YamlMapping>(YamlReader.Read(dumped.GetString()!, "PyYAML's"));
            Assert.Equal(texts, read.List("texts")!);
            Assert.Equal(document.Mapping("keys")!.Keys.ToHashSet(), read.Mapping("keys")!.Keys.ToHashSet());
            Assert.Equal(others, read.List("others")!);
            Assert.Equal(others, Assert.IsType<YamlMapping>(read.List("shared")![2]).List("a")!);
            Assert.Equal("tag:yaml.org,2002:binary", Assert.IsType<YamlLiteral>(read.Value("bytes")).Tag);
        }
    }

    private static YamlMapping Mapping(IEnumerable<(string Key, object? Value)> entries)
    {
        var mapping = new YamlMapping();
        foreach ((string key, object? value) in entries)
            mapping[key] = value;
        return mapping;
    }

    /// <summary>Short texts of the characters that YAML gives a meaning, always the same ones.</summary>
    private static IEnumerable<string> RandomTexts(int count)
    {
        const string Letters = "ab01 .:-_#'\"\\,[]{}&*!|>%@`?~=<\n\t\réñ…‑日eExyn";
        var random = new Random(7);
        for (int turn = 0; turn < count; turn++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(1, 14); length > 0; length--)
                text.Append(Letters[random.Next(Letters.Length)]);
            yield return text.ToString();
        }
    }
}
