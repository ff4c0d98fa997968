using System;
using System.Globalization;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Rows;

/// <summary>What kind of value a cell holds. The bindings treat the same number differently as a number and as a text.</summary>
public enum CellKind
{
    /// <summary>Nothing: absent, null, or a NaN.</summary>
    Missing,

    /// <summary>A number with a fraction, or from a floating-point source.</summary>
    Number,

    /// <summary>A whole number from an integer source.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A text, whatever it spells.</summary>
    Text,

    /// <summary>Anything else: a list or an object, which only time series take.</summary>
    Other,
}

/// <summary>One value of a row, as it came: nothing is parsed or rounded yet.</summary>
public readonly struct Cell
{
    private Cell(CellKind kind, double number, object? value)
    {
        Kind = kind;
        NumberValue = number;
        Value = value;
    }

    /// <summary>A missing value.</summary>
    public static Cell Missing => default;

    /// <summary>The kind of the value.</summary>
    public CellKind Kind { get; }

    /// <summary>The number of a <see cref="CellKind.Number"/> or <see cref="CellKind.Integer"/>; 1 or 0 for a boolean.</summary>
    public double NumberValue { get; }

    /// <summary>The text of a <see cref="CellKind.Text"/>, or of an integer; the object of <see cref="CellKind.Other"/>.</summary>
    internal object? Value { get; }

    /// <summary>A text.</summary>
    /// <param name="text">The text; null is a missing value.</param>
    /// <returns>The cell.</returns>
    public static Cell Text(string? text) => text is null ? default : new(CellKind.Text, 0, text);

    /// <summary>A floating-point number; NaN is a missing value.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The cell.</returns>
    public static Cell Number(double number) => double.IsNaN(number) ? default : new(CellKind.Number, number, null);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The cell.</returns>
    public static Cell Integer(long number) => new(CellKind.Integer, number, null);

    /// <summary>A truth value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The cell.</returns>
    public static Cell Boolean(bool value) => new(CellKind.Boolean, value ? 1 : 0, null);

    /// <summary>A list, an object, or any value of no other kind.</summary>
    /// <param name="value">The value; null is a missing value.</param>
    /// <returns>The cell.</returns>
    public static Cell Other(object? value) => value is null ? default : new(CellKind.Other, 0, value);

    /// <summary>
    /// The cell of a .NET value: numbers by their kind, <c>decimal</c> as the double nearest to it, dates as ISO 8601 text,
    /// <see cref="DBNull"/> as missing, JSON values as what they are.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>The cell.</returns>
    public static Cell From(object? value) => value switch
    {
        null or DBNull => default,
        string text => Text(text),
        double number => Number(number),
        float number => Number(number),
        decimal number => Number((double)number),
        bool flag => Boolean(flag),
        int number => Integer(number),
        long number => Integer(number),
        ulong number => FromInteger(number.ToString(CultureInfo.InvariantCulture)),
        byte or sbyte or short or ushort or uint => Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        char letter => Text(letter.ToString()),
        JsonElement element => From(element),
        DateTime moment => Text(moment.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset moment => Text(moment.ToString("O", CultureInfo.InvariantCulture)),
        Guid or Uri or Enum or TimeSpan => Text(Convert.ToString(value, CultureInfo.InvariantCulture)),
        _ => Other(value),
    };

    /// <summary>The cell of a JSON value: a number with a fraction or an exponent is a floating-point one, as in Python.</summary>
    /// <param name="element">The JSON value.</param>
    /// <returns>The cell; lists and objects are kept as they are.</returns>
    public static Cell From(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return default;
            case JsonValueKind.String:
                return Text(element.GetString());
            case JsonValueKind.True or JsonValueKind.False:
                return Boolean(element.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                string raw = element.GetRawText();
                if (raw.IndexOfAny(['.', 'e', 'E']) < 0)
                    return FromInteger(raw);
                NumberParser.TryParse(raw.AsSpan(), out double number);
                return Number(number);
            default:
                return Other(element.Clone());
        }
    }

    /// <summary>The value as Python's <c>str()</c> shows it: what a categorical or text field makes of it, and messages show.</summary>
    /// <returns>The text; <c>None</c> for a missing value.</returns>
    public override string ToString() => Kind switch
    {
        CellKind.Missing => "None",
        CellKind.Text => (string)Value!,
        CellKind.Number => NumberFormatter.PythonRepr(NumberValue),
        CellKind.Integer => Value as string ?? NumberValue.ToString("F0", CultureInfo.InvariantCulture),
        CellKind.Boolean => NumberValue != 0 ? "True" : "False",
        _ => Value is JsonElement element ? PythonRepr.Of(element) : Convert.ToString(Value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>A whole number of any length: the text is kept where a double would lose digits.</summary>
    private static Cell FromInteger(string digits)
    {
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && Math.Abs(number) < 1L << 53)
            return Integer(number);
        NumberParser.TryParse(digits.AsSpan(), out double value);
        return new Cell(CellKind.Integer, value, digits);
    }
}
