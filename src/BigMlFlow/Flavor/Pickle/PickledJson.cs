using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// Writes what a pickle holds as JSON. A pickle can name a value again and again in few bytes, or put it into itself: what is
/// written is held to a multiple of the pickle's length, and to the depth that the stack bears.
/// </summary>
internal sealed class PickledJson : IDisposable
{
    /// <summary>How many times a pickle's length its JSON may be. Python shares texts and fields, but not more than that.</summary>
    private const int Expansion = 64;

    private const int Least = 1 << 20;

    private readonly System.IO.MemoryStream _buffer = new();
    private readonly string _source;
    private readonly long _budget;
    private long _written;

    /// <param name="pickleLength">The length of the pickle in bytes.</param>
    /// <param name="source">Its name, for messages.</param>
    internal PickledJson(long pickleLength, string source)
    {
        _source = source;
        _budget = Least + (pickleLength * Expansion);
        Writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { MaxDepth = ResourceDocument.MaxDepth, SkipValidation = true });
    }

    /// <summary>The writer, for what is around the pickle's values.</summary>
    internal Utf8JsonWriter Writer { get; }

    /// <summary>The JSON so far.</summary>
    internal byte[] ToArray()
    {
        Writer.Flush();
        return _buffer.ToArray();
    }

    public void Dispose() => Writer.Dispose();

    /// <summary>Writes a member.</summary>
    internal void Member(string name, object? value)
    {
        Writer.WritePropertyName(name);
        Value(value);
    }

    /// <summary>Writes a value.</summary>
    /// <exception cref="FlavorException">It is no data, or there is too much of it.</exception>
    internal void Value(object? value)
    {
        Charge(value is string text ? text.Length : 1);
        switch (value)
        {
            case null: Writer.WriteNullValue(); break;
            case bool flag: Writer.WriteBooleanValue(flag); break;
            case long number: Writer.WriteNumberValue(number); break;
            case BigInteger number: Writer.WriteRawValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture), skipInputValidation: true); break;
            case double number: Number(number); break;
            case string letters: Writer.WriteStringValue(letters); break;
            case IReadOnlyList<object?> items: List(items); break;
            case PickledDictionary dictionary: Dictionary(dictionary); break;
            case PickledObject instance: Object(instance); break;
            default: throw Malformed($"holds {value.GetType().Name} where a model has none");
        }
    }

    /// <summary>Counts some values as written, and refuses to go deeper than the stack reaches.</summary>
    /// <exception cref="FlavorException">There are too many.</exception>
    internal void Charge(long values)
    {
        _written += values;
        if (_written > _budget)
            throw Malformed("repeats its values far more often than a model does");
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw Malformed("nests its values too deep, or in a circle");
        }
    }

    internal FlavorException Malformed(string what)
        => new(FlavorError.Malformed, $"The pickle '{_source}' {what}. It is not read any further.");

    /// <summary>Python tells 3 from 3.0, and so do the rules that predictions show.</summary>
    private void Number(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
            Writer.WriteNullValue();
        else
            Writer.WriteRawValue(NumberFormatter.PythonRepr(number), skipInputValidation: true);
    }

    private void List(IReadOnlyList<object?> items)
    {
        Writer.WriteStartArray();
        foreach (object? item in items)
            Value(item);
        Writer.WriteEndArray();
    }

    private void Dictionary(PickledDictionary dictionary)
    {
        Writer.WriteStartObject();
        foreach (KeyValuePair<object?, object?> entry in dictionary.Entries)
            Member(entry.Key as string ?? throw Malformed("has a key that is no text where a model has none"), entry.Value);
        Writer.WriteEndObject();
    }

    private void Object(PickledObject instance)
    {
        if (NumpyArray.Read(instance) is { } numbers)
        {
            Charge(numbers.Length);
            Writer.WriteStartArray();
            foreach (double number in numbers)
                Number(number);
            Writer.WriteEndArray();
        }
        else if (instance.Class is "collections.OrderedDict" or "collections.defaultdict")
        {
            Dictionary(instance.Entries);
        }
        else
        {
            throw Malformed($"holds an object of the class {instance.Class} where a model has data");
        }
    }
}
