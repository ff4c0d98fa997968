using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BigMlFlow.Numbers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BigMlFlow.Flavor.Yaml;

/// <summary>
/// Writes YAML as MLflow does: block style, keys by their code points, lists not indented, lines folded at 80 columns, nothing
/// but ASCII, since some readers open the file in the encoding of their system. What would be read as another type is quoted.
/// </summary>
internal static class YamlWriter
{
    private static readonly EmitterSettings Settings = new(
        bestIndent: 2, bestWidth: 80, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: true, indentSequences: false, newLine: "\n");

    /// <summary>The text of a value.</summary>
    /// <param name="value">A value as <see cref="YamlMapping"/> describes them; other dictionaries and lists count as well.</param>
    /// <param name="sortKeys">Whether keys are sorted, at every level, or stand in their own order.</param>
    /// <returns>The document, with a line feed at its end.</returns>
    internal static string Write(object? value, bool sortKeys = true)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, value, sortKeys);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return ToAscii(text.ToString());
    }

    private static void Emit(Emitter emitter, object? value, bool sortKeys)
    {
        switch (value)
        {
            case string text:
                emitter.Emit(Text(text));
                break;
            case IDictionary mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (DictionaryEntry entry in Entries(mapping, sortKeys))
                {
                    Emit(emitter, entry.Key, sortKeys);
                    Emit(emitter, entry.Value, sortKeys);
                }
                emitter.Emit(new MappingEnd());
                break;
            case IEnumerable list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (object? item in list)
                    Emit(emitter, item, sortKeys);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlLiteral { Tag: { } tag } literal:
                emitter.Emit(new Scalar(AnchorName.Empty, new TagName(tag), literal.Text, ScalarStyle.DoubleQuoted, false, false));
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, Literal(value), ScalarStyle.Plain, true, false));
                break;
        }
    }

    private static IEnumerable<DictionaryEntry> Entries(IDictionary mapping, bool sortKeys)
    {
        var entries = new List<DictionaryEntry>(mapping.Count);
        foreach (DictionaryEntry entry in mapping)
            entries.Add(entry);
        return sortKeys && entries.All(entry => entry.Key is string)
            ? entries.OrderBy(entry => (string)entry.Key, PythonText.CodePointOrder)
            : entries;
    }

    private static Scalar Text(string text)
    {
        bool isPlain = !YamlScalars.NeedsQuotes(text);
        ScalarStyle style = text.All(letter => letter is >= ' ' and <= '~') ? isPlain ? ScalarStyle.Plain : ScalarStyle.SingleQuoted : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, style == ScalarStyle.Plain, true);
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number => YamlScalars.Write(number),
        float number => YamlScalars.Write(number),
        decimal number => YamlScalars.Write((double)number),
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        YamlLiteral literal => literal.Text,
        _ => throw new ArgumentException($"A value of type {value.GetType()} cannot be written as YAML."),
    };

    /// <summary>
    /// Characters outside ASCII stand in double-quoted scalars only, since <see cref="Text"/> asks for those, and there each has an escape.
    /// </summary>
    private static string ToAscii(string yaml)
    {
        if (yaml.All(letter => letter <= '~'))
            return yaml;
        var ascii = new StringBuilder(yaml.Length + 64);
        for (int place = 0; place < yaml.Length; place++)
        {
            char letter = yaml[place];
            if (letter <= '~')
                ascii.Append(letter);
            else if (letter <= 0xFF)
                ascii.Append("\\x").Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture));
            else if (char.IsHighSurrogate(letter) && place + 1 < yaml.Length && char.IsLowSurrogate(yaml[place + 1]))
                ascii.Append("\\U").Append(char.ConvertToUtf32(letter, yaml[++place]).ToString("X8", CultureInfo.InvariantCulture));
            else
                ascii.Append("\\u").Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture));
        }
        return ascii.ToString();
    }
}
