using System;
using System.Collections.Generic;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// What the nodes of a forest ask of a row, as columns of numbers. A number is a column; a category that some node asks for
/// is one too: 0 where the row has it, 1 where it has another, NaN where the field is missing.
/// </summary>
internal sealed class ForestColumns
{
    private const double IsNot = 1;

    private readonly Dictionary<int, int> _byNumber = [];
    private readonly Dictionary<(int Slot, int Code), int> _byCategory = [];
    private readonly Dictionary<int, CategoryColumns> _categoriesBySlot = [];

    /// <summary>How many columns there are: one at least, for leaves to look at.</summary>
    internal int Count { get; private set; } = 1;

    internal List<(int Slot, int Column)> Numbers { get; } = [];

    internal List<CategoryColumns> Categories { get; } = [];

    /// <summary>A node that asks for a column in place of a field, among nodes of which its tree's root is the one given.</summary>
    internal SplitNode Translate(SplitNode split, int root) => (split.Meta & SplitNode.KindMask) switch
    {
        SplitNode.Leaf => new SplitNode(split.Threshold, 0, root + split.FirstChild),
        SplitNode.Numeric => new SplitNode(split.Threshold, Number(split.Meta & SplitNode.SlotMask), root + split.FirstChild),
        _ => new SplitNode(IsNot / 2, Category(split.Meta & SplitNode.SlotMask, (int)split.Threshold), root + split.FirstChild),
    };

    private int Number(int slot)
    {
        if (!_byNumber.TryGetValue(slot, out int column))
        {
            column = Count++;
            _byNumber.Add(slot, column);
            Numbers.Add((slot, column));
        }
        return column;
    }

    private int Category(int slot, int code)
    {
        if (_byCategory.TryGetValue((slot, code), out int column))
            return column;
        if (!_categoriesBySlot.TryGetValue(slot, out CategoryColumns? columns))
        {
            columns = new CategoryColumns(slot);
            _categoriesBySlot.Add(slot, columns);
            Categories.Add(columns);
        }
        column = Count++;
        _byCategory.Add((slot, code), column);
        columns.Add(code, column);
        return column;
    }

    /// <summary>The columns of one field's categories.</summary>
    internal sealed class CategoryColumns(int slot)
    {
        private readonly List<int> _columns = [];
        private int[] _byCode = [];

        internal int Slot { get; } = slot;

        internal void Add(int code, int column)
        {
            _columns.Add(column);
            int known = _byCode.Length;
            if (known <= code)
            {
                Array.Resize(ref _byCode, Math.Max(code + 1, known * 2));
                _byCode.AsSpan(known).Fill(-1);
            }
            _byCode[code] = column;
        }

        /// <summary>The column of a category; -1 if no node asks for it.</summary>
        internal int Of(int code) => code >= 0 && code < _byCode.Length ? _byCode[code] : -1;

        internal void Fill(double[] columns, double value)
        {
            foreach (int column in _columns)
                columns[column] = value;
        }
    }
}

/// <summary>The columns of one row: a buffer, filled again for every row. Between rows only the categories that change are touched.</summary>
internal sealed class ForestRow
{
    private const int Unfilled = -3;
    private const int Missing = -2;

    private readonly ForestColumns _columns;
    private readonly int[] _codes;

    internal ForestRow(ForestColumns columns)
    {
        _columns = columns;
        Columns = new double[columns.Count];
        _codes = new int[columns.Categories.Count];
        _codes.AsSpan().Fill(Unfilled);
    }

    internal double[] Columns { get; }

    /// <summary>Whether something is missing that a node asks for.</summary>
    internal bool HasMissing { get; private set; }

    internal void Fill(InputRow row)
    {
        bool hasMissing = false;
        foreach ((int slot, int column) in _columns.Numbers)
        {
            double number = row.Numbers[slot];
            Columns[column] = number;
            hasMissing |= double.IsNaN(number);
        }
        for (int index = 0; index < _codes.Length; index++)
        {
            ForestColumns.CategoryColumns field = _columns.Categories[index];
            int code = row.Codes[field.Slot];
            if (code < 0 && row.Texts[field.Slot] is null)
                code = Missing;
            hasMissing |= code == Missing;
            if (code != _codes[index])
                Change(field, _codes[index], code);
            _codes[index] = code;
        }
        HasMissing = hasMissing;
    }

    private void Change(ForestColumns.CategoryColumns field, int old, int code)
    {
        if (code == Missing)
            field.Fill(Columns, double.NaN);
        else if (old is Missing or Unfilled)
            field.Fill(Columns, 1);
        else if (field.Of(old) is >= 0 and var before)
            Columns[before] = 1;
        if (field.Of(code) is >= 0 and var now)
            Columns[now] = 0;
    }
}
