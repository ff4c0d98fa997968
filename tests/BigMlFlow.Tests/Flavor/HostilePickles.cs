using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Pickle;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>Pickles that were not made to be read as models: each is one clear error, soon, and nothing in it happens.</summary>
public sealed class HostilePickles(ITestOutputHelper output)
{
    public static TheoryData<string, string> Refused => new()
    {
        { "", "truncated" },
        { "\x80\x06N.", "protocol 6" },
        { "cos\nsystem\n(S'touch /tmp/owned'\ntR.", "os.system" },
        { "\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04true\x85R.", "os.system" },
        { "(S'true'\nios\nsystem\n.", "os.system" },
        { "(cos\nsystem\nS'true'\no.", "os.system" },
        { "cbuiltins\neval\n(S'1'\ntR}b.", "builtins.eval" },
        { "Pabc\n.", "opcode 0x50" }, // persistent ids are another file's
        { "NQ.", "opcode 0x51" },
        { "\x82\x01.", "opcode 0x82" }, // registered extensions
        { "\x80\x05\x97.", "opcode 0x97" }, // buffers out of band
        { "\xff.", "opcode 0xff" },
        { ".", "where there is none" },
        { "N", "truncated" },
        { "\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\xffN.", "more than there are" },
        { "B\xff\xff\xff\x7f.", "more than there are" },
        { "X\xff\xff\xff\xff.", "more than there are" },
        { "\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.", "more than there are" },
        { "\x8b\xff\xff\xff\xff.", "more than there are" },
        { "\x8b\x00\x10\x00\x00" + new string('\x01', 0x1000) + ".", "too many digits" },
        { "L" + new string('9', 100_000) + "L\n.", "too many digits" },
        { "Iabc\n.", "none" },
        { "F1.2.3\n.", "none" },
        { "S'abc\n.", "none" },
        { "S'\\x4'\n.", "none" },
        { "V\\u12\n.", "none" },
        { "V\\U00ffffff\n.", "none" },
        { "t.", "not begun" },
        { "NNa.", "no list" },
        { "NNs.", "none" },
        { "N(NNu.", "no dictionary" },
        { "}(Nu.", "without a value" },
        { "NNb.", "no object" },
        { "h\x05.", "memo" },
        { "g99999999999\n.", "memo" },
        { "p-1\n.", "none" },
        { "K\x01K\x02\x93.", "no text" },
        { "(o.", "object of nothing" },
        { "N.", "no object of BigML" },
        { "cbigml.cluster\nCluster\n)\x81}b.", "bigml.cluster.Cluster" },
        { "cbigml.model\nModel\n)\x81}b.", "without the id" },
        { "cbigml.model\nModel\n)\x81N.", "no object of BigML" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refusals_say_what_and_where(string pickle, string message)
    {
        FlavorException error = Assert.Throws<FlavorException>(() => Read(pickle));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("'its file'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I01\n.", true)]
    [InlineData("I-5\n.", -5L)]
    [InlineData("L5L\n.", 5L)]
    [InlineData("\x8a\x00.", 0L)]
    [InlineData("\x8a\x01\xff.", -1L)]
    [InlineData("J\xfe\xff\xff\xff.", -2L)]
    [InlineData("F1.5\n.", 1.5)]
    [InlineData("G\x3f\xf8\x00\x00\x00\x00\x00\x00.", 1.5)]
    [InlineData("S'a\\'b\\n\\x41'\n.", "a'b\nA")]
    [InlineData("V\\u00e9\xe9\\U0001f600\\n\n.", "éé😀\\n")]
    [InlineData("U\x02\xc3\xa9.", "Ã©")]
    [InlineData("\x8c\x02\xc3\xa9.", "é")]
    [InlineData("NK\x07\x30.", null)]
    [InlineData("K\x01(K\x02K\x03\x31.", 1L)]
    [InlineData("K\x01\x32\x30.", 1L)]
    [InlineData("K\x05q\x01\x30h\x01.", 5L)]
    public void Values_of_every_protocol(string pickle, object? expected)
        => Assert.Equal(expected, PickleReader.Read(Bytes(pickle), "test"));

    [Fact]
    public void Collections_of_every_protocol()
    {
        Assert.Equal([1L, 2L, 3L], Assert.IsType<List<object?>>(PickleReader.Read(Bytes("(K\x01K\x02lK\x03" + "a."), "test")));
        Assert.Equal([1L, 2L], Assert.IsType<object?[]>(PickleReader.Read(Bytes("(I1\nI2\nt."), "test")));
        Assert.Equal([1L], Assert.IsType<List<object?>>(PickleReader.Read(Bytes("\x8f(K\x01\x90."), "test")));
        Assert.Equal(2L, Assert.IsType<PickledDictionary>(PickleReader.Read(Bytes("(U\x01" + "aK\x01" + "dU\x01" + "aK\x02s."), "test"))["a"]);
        Assert.Equal(BigInteger.Pow(2, 64), PickleReader.Read(Bytes("\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01."), "test"));
    }

    /// <summary>Ten references to ten references …: a list of a hundred million values in a hundred bytes.</summary>
    [Fact]
    public void Values_that_multiply_are_not_written_out()
    {
        var levels = new StringBuilder("](" + new string('N', 10) + "eq\x01");
        for (int level = 2; level < 12; level++)
            levels.Append("0](").Append(string.Concat(Enumerable.Repeat("h" + (char)(level - 1), 10))).Append("eq").Append((char)level);
        FlavorException error = Assert.Throws<FlavorException>(() => Read(Tree(levels.ToString())));
        Assert.Contains("repeats", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_within_themselves_are_refused()
    {
        FlavorException error = Assert.Throws<FlavorException>(() => Read(Tree("]q\x01h\x01" + "a")));
        Assert.Contains("circle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_as_deep_as_the_file_is_long_are_refused()
    {
        FlavorException error = Assert.Throws<FlavorException>(() => Read(Tree(new string(']', 1_000_000) + new string('a', 999_999))));
        Assert.Contains("too deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_cut_off_anywhere_is_refused()
    {
        string pickle = Model();
        Assert.Equal("model/5f44e5b70d052e69e6000ab0", Read(pickle).Head.Id);
        for (int length = 0; length < pickle.Length; length++)
            Assert.Throws<FlavorException>(() => Read(pickle.Substring(0, length)));
    }

    /// <summary>Whatever was changed, a pickle is read or refused, and then the resource that was rebuilt is read or refused.</summary>
    [Fact]
    public void Damaged_pickles_are_read_or_refused_but_nothing_else()
    {
        byte[] pickle = Bytes(Model());
        const string Opcodes = ".NIKJMLGFSTUVXBC(012pqrghj])}lt\x85\x86\x87" + "daesucRib\x80\x81\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97";
        var random = new Random(13);
        int read = 0, refused = 0;
        for (int turn = 0; turn < 20_000; turn++)
        {
            var damaged = pickle.ToList();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int place = random.Next(damaged.Count);
                switch (random.Next(4))
                {
                    case 0: damaged[place] = (byte)random.Next(256); break;
                    case 1: damaged[place] = (byte)Opcodes[random.Next(Opcodes.Length)]; break;
                    case 2: damaged.RemoveRange(place, Math.Min(random.Next(1, 9), damaged.Count - place)); break;
                    default: damaged.Insert(place, (byte)Opcodes[random.Next(Opcodes.Length)]); break;
                }
                if (damaged.Count == 0)
                    damaged.Add(0);
            }
            try
            {
                BigMLModel.Load(PickledModel.Read(damaged.ToArray(), "its file", "damaged", null));
                read++;
            }
            catch (BigMLException)
            {
                refused++;
            }
        }
        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(read > 500 && refused > 5000);
    }

    /// <summary>A small tree as the bindings keep it, in the opcodes that Python would write.</summary>
    private static string Model() => Tree(Text("a small tree"));

    /// <summary>The same with some value in the place of its name.</summary>
    private static string Tree(string name)
    {
        string fields = "}(" + Text("000000") + Field("width", "numeric", "double", 0, Text("missing_count") + "K\x00")
            + Text("000001") + Field("kind", "categorical", "string", 1, Text("categories") + Distribution("a", "b")) + "u";
        string root = $"](\x88K\x00{Text("a")}K\x0aG{Double(0.25)}{Distribution("a", "b")}K\x02](" + Leaf(5, "a", 1) + Leaf(1, "b", 2) + "ee";
        string offsets = "}(" + string.Concat(new[] { "id", "output", "count", "confidence", "distribution", "children#", "children" }.Select((each, place) => $"{Text(each)}K{(char)place}")) + "u";
        return "\x80\x04" + "cbigml.supervised\nSupervisedModel\n)\x81}" + Text("local_model") + "cbigml.model\nModel\n)\x81}("
            + $"{Text("resource_id")}{Text("model/5f44e5b70d052e69e6000ab0")}{Text("name")}{name}{Text("input_fields")}]({Text("000000")}e{Text("objective_id")}{Text("000001")}"
            + $"{Text("fields")}{fields}{Text("root_distribution")}}}({Text("categories")}{Distribution("a", "b")}u{Text("tree")}{root}{Text("offsets")}{offsets}ubsb.";
    }

    private static string Field(string name, string type, string data, int column, string summary)
        => $"}}({Text("name")}{Text(name)}{Text("optype")}{Text(type)}{Text("datatype")}{Text(data)}{Text("column_number")}K{(char)column}{Text("summary")}}}({summary}uu";

    /// <summary>A leaf beyond 2.5 of the first field, by the code of the operator.</summary>
    private static string Leaf(int operation, string label, int id)
        => $"](K{(char)operation}{Text("000000")}G{Double(2.5)}N\x89K{(char)id}{Text(label)}K\x05G{Double(0.5)}{Distribution(label)}K\x00" + "e";

    private static string Distribution(params string[] labels) => "](" + string.Concat(labels.Select(label => $"]({Text(label)}K\x05" + "e")) + "e";

    private static string Text(string text) => $"\x8c{(char)text.Length}{text}";

    private static string Double(double number) => Encoding.Latin1.GetString(BitConverter.GetBytes(number).Reverse().ToArray());

    private static ResourceBundle Read(string pickle) => PickledModel.Read(Bytes(pickle), "its file", "test", null);

    private static byte[] Bytes(string pickle) => Encoding.Latin1.GetBytes(pickle);
}
