using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace BigMlFlow.Models.Resources;

/// <summary>
/// A JSON value together with its place in the document, so that whatever is wrong with it is an error that names the place.
/// Null members count as absent throughout: BigML writes both for the same thing.
/// </summary>
internal readonly struct JsonView
{
    private readonly JsonElement _element;
    private readonly JsonPath _path;

    internal JsonView(JsonElement element, JsonPath path)
    {
        _element = element;
        _path = path;
    }

    /// <summary>The element itself, for what has to be shown or copied as it is.</summary>
    internal JsonElement Element => _element;

    internal JsonPath Path => _path;

    internal JsonValueKind Kind => _element.ValueKind;

    internal bool IsObject => Kind == JsonValueKind.Object;

    internal bool IsArray => Kind == JsonValueKind.Array;

    internal bool IsNull => Kind is JsonValueKind.Null or JsonValueKind.Undefined;

    internal bool IsString => Kind == JsonValueKind.String;

    internal bool IsNumber => Kind == JsonValueKind.Number;

    /// <summary>How many items an array has, or members an object; 0 for anything else.</summary>
    internal int Count => Kind switch
    {
        JsonValueKind.Array => _element.GetArrayLength(),
        JsonValueKind.Object => CountMembers(),
        _ => 0,
    };

    /// <summary>The error for this place.</summary>
    internal ResourceException Error(string message) => new(message, _path.ToString());

    internal ResourceException Error(string member, string message) => new(message, _path.Member(member).ToString());

    // ---- members of an object

    /// <summary>Whether this is an object that has the member, with a value other than null.</summary>
    internal bool Has(string name) => TryGet(name, out JsonElement _);

    /// <summary>The member, or an empty view (<see cref="IsNull"/>) where it is absent or null.</summary>
    internal JsonView this[string name]
        => new(TryGet(name, out JsonElement element) ? element : default, _path.Member(name));

    /// <summary>The member, which has to be an object.</summary>
    internal JsonView Object(string name)
    {
        JsonView member = this[name];
        return member.IsObject ? member : throw member.Expected("an object");
    }

    /// <summary>The member, which has to be an array.</summary>
    internal JsonView Array(string name)
    {
        JsonView member = this[name];
        return member.IsArray ? member : throw member.Expected("a list");
    }

    internal string String(string name) => OptionalString(name) ?? throw Missing(name, "a text");

    internal string? OptionalString(string name)
    {
        if (!TryGet(name, out JsonElement element))
            return null;
        return element.ValueKind == JsonValueKind.String ? Text(element, name) : throw this[name].Expected("a text");
    }

    internal double Number(string name) => OptionalNumber(name) ?? throw Missing(name, "a number");

    internal double? OptionalNumber(string name)
    {
        if (!TryGet(name, out JsonElement element))
            return null;
        return this[name].AsNumber();
    }

    internal int Integer(string name) => OptionalInteger(name) ?? throw Missing(name, "a whole number");

    internal int? OptionalInteger(string name)
    {
        if (!TryGet(name, out JsonElement element))
            return null;
        return this[name].AsInteger();
    }

    /// <summary>A flag as Python reads one: absent or null is the default; numbers and texts count as true unless zero or empty.</summary>
    internal bool Flag(string name, bool absent = false)
        => TryGet(name, out JsonElement element) ? Truth(element) : absent;

    /// <summary>The members of an object in the document's order.</summary>
    internal IEnumerable<KeyValuePair<string, JsonView>> Members()
    {
        if (!IsObject)
            throw Expected("an object");
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            string name = NameOf(property);
            yield return new(name, new JsonView(property.Value, _path.Member(name)));
        }
    }

    // ---- items of an array

    /// <summary>The items of an array, each with its place.</summary>
    internal IEnumerable<JsonView> Items()
    {
        if (!IsArray)
            throw Expected("a list");
        int index = 0;
        foreach (JsonElement element in _element.EnumerateArray())
            yield return new JsonView(element, _path.Item(index++));
    }

    /// <summary>One item of an array; an error where there are fewer. Costs time in proportion to the index.</summary>
    internal JsonView ItemAt(int index)
        => IsArray && index < _element.GetArrayLength()
            ? new JsonView(_element[index], _path.Item(index))
            : throw Error($"Expected a list of at least {index + 1} items.");

    /// <summary>All items as numbers.</summary>
    internal double[] Numbers()
    {
        if (!IsArray)
            throw Expected("a list of numbers");
        var numbers = new double[_element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement element in _element.EnumerateArray())
        {
            double number = element.ValueKind == JsonValueKind.Number ? Number(element) : double.NaN;
            if (!Finite.Is(number))
                new JsonView(element, _path.Item(index)).AsNumber(); // says what is wrong
            numbers[index++] = number;
        }
        return numbers;
    }

    /// <summary>All items as texts.</summary>
    internal string[] Strings()
    {
        if (!IsArray)
            throw Expected("a list of texts");
        var texts = new string[_element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement element in _element.EnumerateArray())
            texts[index] = new JsonView(element, _path.Item(index++)).AsString();
        return texts;
    }

    // ---- the value itself

    internal string AsString() => IsString ? Text(_element, null) : throw Expected("a text");

    internal double AsNumber()
    {
        double number = IsNumber ? Number(_element) : throw Expected("a number");
        return Finite.Is(number) ? number : throw Error($"The number {_element.GetRawText()} is too large.");
    }

    internal int AsInteger()
    {
        if (!IsNumber)
            throw Expected("a whole number");
        if (_element.TryGetInt32(out int value))
            return value;
        double number = Number(_element);
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Error($"Expected a whole number, found {_element.GetRawText()}.");
    }

    /// <summary>Whether the value counts as true in Python: not null, not false, not zero, not empty.</summary>
    internal bool IsTrue() => Truth(_element);

    internal ResourceException Expected(string what)
        => Error(IsNull ? $"Expected {what}, which is missing." : $"Expected {what}, found {Describe()}.");

    private ResourceException Missing(string name, string what) => this[name].Expected(what);

    private bool TryGet(string name, out JsonElement element)
    {
        if (_element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out element))
            return element.ValueKind != JsonValueKind.Null;
        element = default;
        return false;
    }

    private int CountMembers()
    {
        int count = 0;
        foreach (JsonProperty _ in _element.EnumerateObject())
            count++;
        return count;
    }

    private string Text(JsonElement element, string? member)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException error) // an escaped lone surrogate: no text in UTF-16 terms
        {
            JsonPath path = member is null ? _path : _path.Member(member);
            throw new ResourceException("The text is not valid Unicode.", path.ToString(), error);
        }
    }

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException error)
        {
            throw new ResourceException("A member's name is not valid Unicode.", _path.ToString(), error);
        }
    }

    /// <summary>One parser for all frameworks: System.Text.Json's own is not correctly rounded on .NET Framework.</summary>
    private static double Number(JsonElement element)
    {
#if NET
        return element.GetDouble();
#else
        string raw = element.GetRawText();
        return global::BigMlFlow.Numbers.NumberParser.TryParse(raw.AsSpan(), out double value) ? value : throw new FormatException(raw);
#endif
    }

    private static bool Truth(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => Number(element) != 0,
        JsonValueKind.String => element.GetRawText().Length > 2,
        JsonValueKind.Array => element.GetArrayLength() > 0,
        JsonValueKind.Object => element.EnumerateObject().MoveNext(),
        _ => false,
    };

    private string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => Shorten("the text "),
        _ => Shorten(string.Empty),
    };

    private string Shorten(string prefix)
    {
        string raw = _element.GetRawText();
        var text = new StringBuilder(prefix);
        return (raw.Length <= 60 ? text.Append(raw) : text.Append(raw, 0, 60).Append('…')).ToString();
    }
}
