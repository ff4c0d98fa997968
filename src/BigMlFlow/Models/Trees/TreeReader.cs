using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// Reads a tree from its JSON in one pass, without recursion: a tree of any depth is read in constant stack. Members that no
/// prediction needs are skipped.
/// </summary>
internal sealed class TreeReader
{
    private readonly SubtreeText _text;
    private readonly TreeKind _kind;
    private readonly Utf8Pool _texts = new();
    private readonly List<Bin> _bins = [];
    private RawNode[] _nodes = new RawNode[64];
    private int _count;

    private TreeReader(SubtreeText text, TreeKind kind)
    {
        _text = text;
        _kind = kind;
    }

    /// <summary>Reads a tree.</summary>
    /// <exception cref="ResourceException">A node is malformed; the message says which and how.</exception>
    internal static RawTree Read(SubtreeText text, TreeKind kind) => new TreeReader(text, kind).Read();

    private RawTree Read()
    {
        var reader = new Utf8JsonReader(_text.Json.Span, new JsonReaderOptions { MaxDepth = ResourceDocument.MaxDepth });
        reader.Read();
        int node = Begin(-1);
        while (node >= 0)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.ValueTextEquals("children"):
                    BeginChildren(ref reader, node);
                    break;
                case JsonTokenType.PropertyName:
                    ReadMember(ref reader, node);
                    break;
                case JsonTokenType.StartObject: // within the list of the node's children
                    node = Begin(node);
                    break;
                case JsonTokenType.EndObject:
                    node = _nodes[node].Parent;
                    break;
                case JsonTokenType.EndArray:
                    break;
                default:
                    throw Error(node, "children", $"Expected nodes, found {Describe(ref reader)}.");
            }
        }
        return new RawTree(_text.Path, _nodes, _count, _texts, _bins);
    }

    private int Begin(int parent)
    {
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, _count * 2);
        int node = _count++;
        _nodes[node] = new RawNode
        {
            Parent = parent,
            FirstChild = -1,
            LastChild = -1,
            NextSibling = -1,
            Field = -1,
            Term = -1,
            Output = double.NaN,
            Count = double.NaN,
            Confidence = double.NaN,
            GradientSum = double.NaN,
            HessianSum = double.NaN,
            Minimum = double.NaN,
            Maximum = double.NaN,
            Median = double.NaN,
            Summary = BinRange.Empty,
            WeightedSummary = BinRange.Empty,
        };
        if (parent >= 0)
        {
            ref RawNode above = ref _nodes[parent];
            if (above.LastChild < 0)
                above.FirstChild = node;
            else
                _nodes[above.LastChild].NextSibling = node;
            above.LastChild = node;
            _nodes[node].Ordinal = above.ChildCount++;
        }
        return node;
    }

    private void BeginChildren(ref Utf8JsonReader reader, int node)
    {
        reader.Read();
        // Of a repeated member the last one counts.
        _nodes[node].FirstChild = _nodes[node].LastChild = -1;
        _nodes[node].ChildCount = 0;
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
            throw Error(node, "children", $"Expected a list of nodes, found {Describe(ref reader)}.");
    }

    private void ReadMember(ref Utf8JsonReader reader, int node)
    {
        ref RawNode target = ref _nodes[node];
        if (reader.ValueTextEquals("predicate"))
            ReadPredicate(ref reader, node);
        else if (reader.ValueTextEquals("output"))
            target.Output = ReadOutput(ref reader, node);
        else if (reader.ValueTextEquals("count"))
            target.Count = ReadNumber(ref reader, node, "count", isNegative: false);
        else if (_kind == TreeKind.Boosted)
        {
            if (reader.ValueTextEquals("g_sum"))
                target.GradientSum = ReadNumber(ref reader, node, "g_sum");
            else if (reader.ValueTextEquals("h_sum"))
                target.HessianSum = ReadNumber(ref reader, node, "h_sum");
            else
                Skip(ref reader);
        }
        else if (reader.ValueTextEquals("confidence"))
            target.Confidence = ReadNumber(ref reader, node, "confidence");
        else if (reader.ValueTextEquals("objective_summary"))
            target.Summary = ReadSummary(ref reader, node, "objective_summary");
        else if (reader.ValueTextEquals("weighted_objective_summary"))
        {
            target.WeightedSummary = ReadSummary(ref reader, node, "weighted_objective_summary");
            target.HasWeightedSummary = true;
        }
        else if (reader.ValueTextEquals("summary") && _kind == TreeKind.Regression)
            ReadStatistics(ref reader, node);
        else
            Skip(ref reader);
    }

    private double ReadOutput(ref Utf8JsonReader reader, int node)
    {
        if (_kind != TreeKind.Classification)
            return ReadNumber(ref reader, node, "output");
        reader.Read();
        return reader.TokenType == JsonTokenType.String
            ? ReadText(ref reader, node, "output")
            : throw Error(node, "output", $"Expected a class as text, found {Describe(ref reader)}.");
    }

    /// <summary>A member that is a number, or null.</summary>
    /// <returns>NaN for null.</returns>
    private double ReadNumber(ref Utf8JsonReader reader, int node, string member, bool isNegative = true)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return double.NaN;
        double number = Number(ref reader, node, member);
        return number >= 0 || isNegative ? number : throw Error(node, member, $"Expected a number of instances, found {Describe(ref reader)}.");
    }

    private double Number(ref Utf8JsonReader reader, int node, string member)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw Error(node, member, $"Expected a number, found {Describe(ref reader)}.");
#if NET
        double number = reader.GetDouble();
#else
        // System.Text.Json's own parser is not correctly rounded on .NET Framework.
        if (!BigMlFlow.Numbers.NumberParser.TryParseUtf8(reader.ValueSpan, out double number))
            number = double.NaN;
#endif
        return Finite.Is(number) ? number : throw Error(node, member, $"The number {Describe(ref reader)} is too large.");
    }

    private int ReadText(ref Utf8JsonReader reader, int node, string member)
    {
        try
        {
            return _texts.Add(ref reader);
        }
        catch (InvalidOperationException)
        {
            throw Error(node, member, "The text is not valid Unicode.");
        }
    }

    // ---- distributions

    private BinRange ReadSummary(ref Utf8JsonReader reader, int node, string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return BinRange.Empty;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(node, member, $"Expected an object, found {Describe(ref reader)}.");
        BinRange best = BinRange.Empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            DistributionUnit unit = reader.ValueTextEquals("bins") ? DistributionUnit.Bins
                : reader.ValueTextEquals("counts") ? DistributionUnit.Counts
                : reader.ValueTextEquals("categories") ? DistributionUnit.Categories
                : DistributionUnit.None;
            if (unit != DistributionUnit.None && unit <= best.Unit)
                best = ReadBins(ref reader, node, member, unit);
            else
                Skip(ref reader);
        }
        return best;
    }

    private BinRange ReadBins(ref Utf8JsonReader reader, int node, string member, DistributionUnit unit)
    {
        int start = _bins.Count;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Error(node, member, $"Expected a list of values and counts, found {Describe(ref reader)}.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw Error(node, member, $"Expected a value and a count, found {Describe(ref reader)}.");
            reader.Read();
            double value = _kind == TreeKind.Regression ? Number(ref reader, node, member)
                : reader.TokenType == JsonTokenType.String ? ReadText(ref reader, node, member)
                : throw Error(node, member, $"Expected a class as text, found {Describe(ref reader)}.");
            reader.Read();
            double weight = Number(ref reader, node, member);
            if (weight < 0)
                throw Error(node, member, $"Expected a number of instances, found {Describe(ref reader)}.");
            _bins.Add(new Bin(value, weight));
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray)
                throw Error(node, member, "Expected pairs of a value and a count.");
        }
        return new BinRange(start, _bins.Count - start, unit);
    }

    /// <summary>Figures that some nodes carry besides the distribution.</summary>
    private void ReadStatistics(ref Utf8JsonReader reader, int node)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(node, "summary", $"Expected an object, found {Describe(ref reader)}.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("median"))
                _nodes[node].Median = ReadNumber(ref reader, node, "summary");
            else if (reader.ValueTextEquals("minimum"))
                _nodes[node].Minimum = ReadNumber(ref reader, node, "summary");
            else if (reader.ValueTextEquals("maximum"))
                _nodes[node].Maximum = ReadNumber(ref reader, node, "summary");
            else
                Skip(ref reader);
        }
    }

    // ---- predicates

    private void ReadPredicate(ref Utf8JsonReader reader, int node)
    {
        ref RawNode target = ref _nodes[node];
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.Null)
        {
            target.HasPredicate = false;
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(node, "predicate", $"Expected a predicate, found {Describe(ref reader)}.");
        target.HasPredicate = true;
        bool hasOperator = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("operator"))
            {
                ReadOperator(ref reader, node);
                hasOperator = true;
            }
            else if (reader.ValueTextEquals("field"))
            {
                reader.Read();
                target.Field = reader.TokenType == JsonTokenType.String
                    ? ReadText(ref reader, node, "predicate")
                    : throw Error(node, "predicate", $"Expected the id of a field, found {Describe(ref reader)}.");
            }
            else if (reader.ValueTextEquals("term"))
            {
                reader.Read();
                target.Term = reader.TokenType switch
                {
                    JsonTokenType.Null => -1,
                    JsonTokenType.String => ReadText(ref reader, node, "predicate"),
                    _ => throw Error(node, "predicate", $"Expected a term, found {Describe(ref reader)}."),
                };
            }
            else if (reader.ValueTextEquals("value"))
            {
                reader.Read();
                target.Value = reader.TokenType == JsonTokenType.StartArray ? ReadList(ref reader, node) : ReadScalar(ref reader, node);
            }
            else
                Skip(ref reader);
        }
        if (!hasOperator || target.Field < 0)
            throw Error(node, "predicate", "Expected an operator and the id of a field.");
    }

    private void ReadOperator(ref Utf8JsonReader reader, int node)
    {
        ref RawNode target = ref _nodes[node];
        reader.Read();
        string text = reader.TokenType == JsonTokenType.String ? _texts[ReadText(ref reader, node, "predicate")] : string.Empty;
        if (!RawPredicate.TryParse(text, out target.Operator, out target.AcceptsMissing))
            throw Error(node, "predicate", $"{RawPredicate.ExpectedOperator}, found {Describe(ref reader)}.");
    }

    private RawValue ReadList(ref Utf8JsonReader reader, int node)
    {
        var items = new List<RawValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadScalar(ref reader, node));
        return RawValue.Of(items);
    }

    private RawValue ReadScalar(ref Utf8JsonReader reader, int node)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return RawValue.Null;
            case JsonTokenType.String:
                return RawValue.Of(_texts[ReadText(ref reader, node, "predicate")]);
            case JsonTokenType.True:
                return RawValue.Of(1, isInteger: true, "True");
            case JsonTokenType.False:
                return RawValue.Of(0, isInteger: true, "False");
            case JsonTokenType.Number:
                double number = Number(ref reader, node, "predicate");
                bool isInteger = reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
                bool isLong = isInteger && Math.Abs(number) >= 1L << 53;
                return RawValue.Of(number, isInteger, isLong ? Encoding.UTF8.GetString(reader.ValueSpan.ToArray()) : null);
            default:
                throw Error(node, "predicate", $"Expected a value or a list of values, found {Describe(ref reader)}.");
        }
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private ResourceException Error(int node, string? member, string message)
        => RawTree.Error(_text.Path, _nodes, node, member, message);

    private static string Describe(ref Utf8JsonReader reader)
    {
        const int longest = 60;
        string raw = Encoding.UTF8.GetString(reader.ValueSpan.Slice(0, Math.Min(longest, reader.ValueSpan.Length)).ToArray());
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => string.Format(CultureInfo.InvariantCulture, "the text \"{0}\"", raw),
            _ => raw,
        };
    }
}
