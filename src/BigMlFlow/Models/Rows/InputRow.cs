using System;
using System.Collections.Generic;
using BigMlFlow.Models.Fields;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Rows;

/// <summary>
/// A row as a model sees it: one slot a field, cast to what the field holds. A buffer, filled again for every row.
/// The casts are those of the bindings (util.py, cast; modelfields.py, filter_input_data).
/// </summary>
internal sealed class InputRow
{
    /// <summary>The decimals to which numbers are rounded that came as floating-point numbers, not as texts.</summary>
    private const int Decimals = 5;

    private readonly double[] _numbers;
    private readonly string?[] _texts;
    private readonly int[] _codes;
    private readonly double[] _defaults;
    private readonly TextPool _pool = new();

    // The casts that failed: a later good value for the same field heals a failed one.
    private List<(Field Field, RowException Error)>? _failures;

    // When each slot was first given a value, from 1; what is wrong with a row is told in that order.
    private readonly int[] _turns;
    private int _turn;

    internal InputRow(FieldSet fields)
    {
        Fields = fields;
        int count = fields.All.Count;
        _numbers = new double[count];
        _texts = new string?[count];
        _codes = new int[count];
        _turns = new int[count];
        _defaults = new double[count];
        foreach (Field field in fields.All)
            _defaults[field.Slot] = fields.IsUsed(field) ? fields.DefaultFor(field) : double.NaN;
        Clear();
    }

    internal FieldSet Fields { get; }

    /// <summary>Numbers by slot; NaN where missing, and for fields that are not numeric.</summary>
    internal double[] Numbers => _numbers;

    /// <summary>Texts by slot of categorical, text, items and date-time fields; null where missing.</summary>
    internal string?[] Texts => _texts;

    /// <summary>Categories by slot, as places in <see cref="Field.Categories"/>; -1 where missing or unknown: <see cref="Texts"/> tells which.</summary>
    internal int[] Codes => _codes;

    internal bool IsMissing(Field field)
        => field.OpType == OpType.Numeric ? double.IsNaN(_numbers[field.Slot]) : _texts[field.Slot] is null;

    /// <summary>Whether the row has a value for the field, be it one that cannot be used, or a date-time that it is generated from.</summary>
    internal bool IsGiven(Field field) => !IsMissing(field) || FailureOf(field) >= 0 || IsGenerated(field);

    /// <summary>Makes every value missing.</summary>
    internal void Clear()
    {
        for (int slot = 0; slot < _numbers.Length; slot++)
            _numbers[slot] = double.NaN;
        Array.Clear(_texts, 0, _texts.Length);
        for (int slot = 0; slot < _codes.Length; slot++)
            _codes[slot] = -1;
        Array.Clear(_turns, 0, _turns.Length);
        _turn = 0;
        _failures?.Clear();
    }

    /// <summary>Gives a field a value; a missing one or a missing token leaves what the field had.</summary>
    internal void Assign(Field field, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Missing:
                return;
            case CellKind.Text:
                AssignText(field, (string)cell.Value!);
                return;
            case CellKind.Boolean when field.OpType == OpType.Numeric:
                Fail(field, $"Mismatch input data type in field \"{field.Name}\" for value {cell}. Numeric expected.", cell.ToString());
                return;
            case CellKind.Boolean when field.OpType == OpType.Categorical && field.Categories.Count == 2:
                AssignBoolean(field, cell);
                return;
            case CellKind.Number when field.OpType == OpType.Numeric:
                AssignNumber(field, PythonMath.Round(cell.NumberValue, Decimals));
                return;
            case CellKind.Integer when field.OpType == OpType.Numeric:
                AssignNumber(field, cell.NumberValue);
                return;
            case CellKind.Other when field.OpType == OpType.Numeric:
                FailNumber(field, cell.ToString());
                return;
            default: // any other value of a field that holds texts becomes its Python text
                Place(field, cell.ToString());
                return;
        }
    }

    /// <summary>Gives a field a text; a missing token leaves what the field had.</summary>
    internal void AssignText(Field field, string text)
    {
        if (Fields.IsMissingToken(text))
            return;
        if (field.OpType == OpType.Numeric)
            ParseNumber(field, text.AsSpan());
        else
            Place(field, text);
    }

    /// <summary>The same for a span of a file's buffer, which becomes a string only where one is needed.</summary>
    internal void AssignText(Field field, ReadOnlySpan<char> text)
    {
        if (Fields.IsMissingToken(text))
            return;
        if (field.OpType == OpType.Numeric)
            ParseNumber(field, text);
        else
            Place(field, field.OpType == OpType.Categorical ? _pool.Intern(text) : text.ToString());
    }

    /// <summary>
    /// Takes over the values that another model's row holds, as the bindings do when an ensemble or a fusion hands its row on:
    /// filtered by this model's own fields and tokens, and cast once more, which rounds numbers that came as texts.
    /// </summary>
    internal void Take(InputRow other)
    {
        Clear();
        foreach (Field field in Fields.All)
        {
            if (Fields.IsUsed(field) && other.Fields.ById(field.Id) is { } source && !other.IsMissing(source))
                Assign(field, other.CellAt(source));
        }
        Complete();
    }

    /// <summary>Takes over the values that another model's row holds as they are, neither filtered nor cast again.</summary>
    internal void Copy(InputRow other)
    {
        Clear();
        foreach (Field field in Fields.All)
        {
            if (other.Fields.ById(field.Id) is not { } source || (source.OpType == OpType.Numeric) != (field.OpType == OpType.Numeric))
                continue;
            _numbers[field.Slot] = other._numbers[source.Slot];
            if (other._texts[source.Slot] is { } text)
                Place(field, text);
        }
    }

    /// <summary>The value of a slot as a cell again; whole numbers are whole to Python too only if they came so, which no caller can tell apart.</summary>
    internal Cell CellAt(Field field)
        => field.OpType == OpType.Numeric ? Cell.Number(_numbers[field.Slot]) : Cell.Text(_texts[field.Slot]);

    /// <summary>Ends the filling of the row: refuses it if a cast failed, expands date-times, and fills missing numbers with the model's default.</summary>
    /// <exception cref="RowException">A value is none of its field's type, or a date-time is written in none of its formats.</exception>
    internal void Complete()
    {
        if (_failures is { Count: > 0 })
            throw FirstFailure();
        for (int index = 0; index < Fields.Expansions.Count; index++)
        {
            DateTimeExpansion expansion = Fields.Expansions[index];
            if (_texts[expansion.Parent.Slot] is { } moment)
                expansion.Fill(moment, _numbers);
        }
        if (Fields.DefaultNumericValue is null)
            return;
        for (int slot = 0; slot < _numbers.Length; slot++)
        {
            if (double.IsNaN(_numbers[slot]))
                _numbers[slot] = _defaults[slot];
        }
    }

    /// <summary>
    /// Filters and casts once more, as the bindings do where one method calls another: numbers that came as texts are rounded now,
    /// and other values that became a missing token as text are missing.
    /// </summary>
    internal void Recast()
    {
        for (int slot = 0; slot < _numbers.Length; slot++)
        {
            _numbers[slot] = PythonMath.Round(_numbers[slot], Decimals);
            if (_texts[slot] is { } text && Fields.IsMissingToken(text))
            {
                _texts[slot] = null;
                _codes[slot] = -1;
            }
        }
    }

    private void ParseNumber(Field field, ReadOnlySpan<char> text)
    {
        text = field.WithoutAffixes(text);
        if (PythonFloat.TryParse(text, out double number))
            AssignNumber(field, number);
        else
            FailNumber(field, text.ToString());
    }

    private void AssignNumber(Field field, double number)
    {
        if (double.IsNaN(number))
            return; // a number that is none is a missing value, on purpose unlike the bindings
        _numbers[field.Slot] = number;
        TakeTurn(field.Slot);
        Heal(field);
    }

    private void Place(Field field, string text)
    {
        _texts[field.Slot] = text;
        if (field.OpType == OpType.Categorical)
            _codes[field.Slot] = field.CodeOf(text);
        TakeTurn(field.Slot);
        Heal(field);
    }

    /// <summary>A truth value of a field with two categories is the category that spells it.</summary>
    private void AssignBoolean(Field field, in Cell cell)
    {
        bool wanted = cell.NumberValue != 0;
        string? found = null;
        foreach (Category category in field.Categories)
        {
            if (PythonLiteral.Truth(category.Name) is not { } truth)
            {
                Fail(field, $"Mismatch input data type in field \"{field.Name}\" for value {cell}. String expected", cell.ToString());
                return;
            }
            if (truth == wanted)
                found = category.Name;
        }
        if (found is not null)
            Place(field, found);
        else
            Fail(field, $"Mismatch input data type in field \"{field.Name}\" for value {cell}. No category means that truth value.", cell.ToString());
    }

    private void FailNumber(Field field, string value)
        => Fail(field, $"Mismatch input data type in field \"{field.Name}\" for value {value}.", value);

    private void Fail(Field field, string message, string value)
    {
        TakeTurn(field.Slot);
        var error = new RowException(message, field.Name, value);
        int index = FailureOf(field);
        if (index < 0)
            (_failures ??= []).Add((field, error));
        else
            _failures![index] = (field, error);
    }

    private void Heal(Field field)
    {
        int index = FailureOf(field);
        if (index >= 0)
            _failures!.RemoveAt(index);
    }

    private bool IsGenerated(Field field)
    {
        for (int index = 0; index < Fields.Expansions.Count; index++)
        {
            DateTimeExpansion expansion = Fields.Expansions[index];
            if (_texts[expansion.Parent.Slot] is not null && expansion.Generates(field))
                return true;
        }
        return false;
    }

    private void TakeTurn(int slot)
    {
        if (_turns[slot] == 0)
            _turns[slot] = ++_turn;
    }

    private RowException FirstFailure()
    {
        (Field Field, RowException Error) first = _failures![0];
        foreach ((Field Field, RowException Error) failure in _failures)
        {
            if (_turns[failure.Field.Slot] < _turns[first.Field.Slot])
                first = failure;
        }
        return first.Error;
    }

    private int FailureOf(Field field)
    {
        for (int index = (_failures?.Count ?? 0) - 1; index >= 0; index--)
        {
            if (_failures![index].Field == field)
                return index;
        }
        return -1;
    }
}
