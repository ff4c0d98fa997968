using System;
using System.Collections.Generic;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BigMlFlow.Flavor.Yaml;

/// <summary>
/// Reads whatever PyYAML's safe loader reads: all scalar styles, escapes, aliases, merge keys. Tags that would make it call
/// something are refused, and so is a document that is larger, deeper or, with its aliases written out, longer than any model's.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxLength = 1 << 24;
    private const int MaxDepth = 100;
    private const int MaxNodes = 1_000_000;
    private const string Standard = "tag:yaml.org,2002:";

    private readonly IParser _parser;
    private readonly string _source;
    private readonly Dictionary<AnchorName, (object? Value, int Nodes)> _anchors = [];
    private int _nodes;

    private YamlReader(IParser parser, string source)
    {
        _parser = parser;
        _source = source;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of a YAML file in UTF-8.</param>
    /// <returns>The value of its only document; null where the file is empty.</returns>
    /// <exception cref="FlavorException">It cannot be read, or is no YAML that is understood here.</exception>
    internal static object? ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxLength)
                throw Malformed(path, $"has {file.Length} bytes: no file of a model is longer than {MaxLength}");
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Malformed(path, $"cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">The name of the file, for messages.</param>
    /// <returns>The value of its only document; null where the text is empty.</returns>
    /// <exception cref="FlavorException">It is no YAML that is understood here.</exception>
    internal static object? Read(string text, string source)
    {
        if (text.Length > MaxLength)
            throw Malformed(source, $"is longer than {MaxLength} characters");
        try
        {
            var parser = new Parser(new StringReader(text));
            return new YamlReader(parser, source).ReadDocument();
        }
        catch (YamlException error)
        {
            throw Malformed(source, $"is not YAML: line {error.Start.Line}, column {error.Start.Column}: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw Malformed(source, "is not YAML", error); // what the parser makes of some damaged texts
        }
    }

    private object? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        object? value = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
            throw Malformed(_source, "holds several YAML documents: expected one");
        return value;
    }

    private object? ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
            return Resolve(alias);
        Count(1);
        if (depth > MaxDepth)
            throw Malformed(_source, $"nests deeper than {MaxDepth} levels");
        var node = _parser.Require<NodeEvent>();
        int before = _nodes;
        object? value = node switch
        {
            MappingStart start => ReadMapping(start, depth),
            SequenceStart start => ReadSequence(start, depth),
            _ => ReadScalar(_parser.Consume<Scalar>()),
        };
        if (!node.Anchor.IsEmpty)
            _anchors[node.Anchor] = (value, _nodes - before + 1);
        return value;
    }

    /// <summary>What an alias stands for counts as often as it is used. An alias within what it names is not defined yet.</summary>
    private object? Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out (object? Value, int Nodes) anchored))
            throw Malformed(_source, $"has the alias *{alias.Value} in line {alias.Start.Line} before, or within, what it stands for");
        Count(anchored.Nodes);
        return anchored.Value;
    }

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
            throw Malformed(_source, $"has more than {MaxNodes} values");
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        CheckTag(start.Tag, "map", "set", "omap");
        _parser.Consume<MappingStart>();
        var mapping = new YamlMapping();
        List<YamlMapping>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            bool isMerge = _parser.Accept<Scalar>(out var scalar) && scalar is { Value: "<<", Style: ScalarStyle.Plain, Tag.IsEmpty: true };
            object? key = ReadNode(depth + 1);
            object? value = ReadNode(depth + 1);
            if (isMerge)
                (merged ??= []).AddRange(Merged(value));
            else if (key is null or YamlMapping or List<object?>)
                throw Malformed(_source, $"has a key in line {start.Start.Line} or below that is no scalar");
            else
                mapping[key] = value;
        }
        Merge(mapping, merged);
        return mapping;
    }

    /// <summary>Own keys go before merged ones, and the first of several merged mappings before the others.</summary>
    private void Merge(YamlMapping mapping, List<YamlMapping>? merged)
    {
        foreach (YamlMapping other in merged ?? [])
        {
            Count(other.Count);
            foreach (KeyValuePair<object, object?> entry in other)
            {
                if (!mapping.ContainsKey(entry.Key))
                    mapping.Add(entry.Key, entry.Value);
            }
        }
    }

    private IEnumerable<YamlMapping> Merged(object? value)
    {
        foreach (object? item in value as List<object?> ?? [value])
            yield return item as YamlMapping ?? throw Malformed(_source, "merges (<<) something that is no mapping");
    }

    private List<object?> ReadSequence(SequenceStart start, int depth)
    {
        CheckTag(start.Tag, "seq", "omap", "pairs");
        _parser.Consume<SequenceStart>();
        var list = new List<object?>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            list.Add(ReadNode(depth + 1));
        return list;
    }

    private object? ReadScalar(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
            return scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(scalar.Value) : scalar.Value;
        if (scalar.Tag.IsNonSpecific)
            return scalar.Value;
        CheckTag(scalar.Tag, "str", "null", "bool", "int", "float", "timestamp", "binary");
        string type = scalar.Tag.Value.Substring(Standard.Length);
        return type switch
        {
            "str" => scalar.Value,
            "timestamp" or "binary" => new YamlLiteral(scalar.Value, scalar.Tag.Value),
            _ => Typed(scalar, type),
        };
    }

    /// <summary>A scalar whose tag says its type has to be of that type; a whole number will do for a floating-point one.</summary>
    private object? Typed(Scalar scalar, string type)
    {
        object? value = YamlScalars.Resolve(scalar.Value);
        return (type, value) switch
        {
            ("null", null) or ("bool", bool) or ("int", long or YamlLiteral) or ("float", double) => value,
            ("float", long whole) => (double)whole,
            _ => throw Malformed(_source, $"has in line {scalar.Start.Line} a value with the tag !!{type} that is none"),
        };
    }

    private void CheckTag(TagName tag, params string[] types)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
            return;
        foreach (string type in types)
        {
            if (tag.Value == Standard + type)
                return;
        }
        throw Malformed(_source, $"has the tag {tag.Value}, which no file of a model needs: it is not read");
    }

    private static FlavorException Malformed(string source, string what, Exception? cause = null)
        => new(FlavorError.Malformed, $"'{source}' {what}.", cause);
}
