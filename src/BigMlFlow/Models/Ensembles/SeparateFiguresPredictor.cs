using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Lists the figures of classes where the models of the ensemble read a row in different ways: each gets the row as it came.</summary>
internal sealed class SeparateFiguresPredictor : FiguresPredictor
{
    private readonly FieldSet[] _fields;
    private Field?[][] _columns;

    internal SeparateFiguresPredictor(Ensemble model, PredictionOptions options, ClassDecision decision)
        : base(model, options, decision)
    {
        _fields = [.. model.Groups.Select(group => group.Fields)];
        _columns = [.. _fields.Select(_ => Array.Empty<Field?>())];
    }

    public override void Bind(IReadOnlyList<string> columns, bool ignoreCase = false)
    {
        base.Bind(columns, ignoreCase);
        IReadOnlyList<string> keys = ignoreCase ? Labels : columns;
        _columns = [.. _fields.Select(fields => keys.Select(key => fields.Find(key) is { } field && fields.IsUsed(field) ? field : null).ToArray())];
    }

    public override void Clear()
    {
        base.Clear();
        for (int group = 0; group < _fields.Length; group++)
            Rows.Row(group).Clear();
    }

    public override void Set(int column, in Cell cell)
    {
        for (int group = 0; group < _fields.Length; group++)
        {
            if (_columns[group][column] is { } field)
                Rows.Row(group).Assign(field, cell);
        }
    }

    public override void Set(int column, ReadOnlySpan<char> text)
    {
        for (int group = 0; group < _fields.Length; group++)
        {
            if (_columns[group][column] is { } field)
                Rows.Row(group).AssignText(field, text);
        }
    }

    /// <summary>The values that another model's row holds, as if they came from a file.</summary>
    internal override void Take(InputRow row)
    {
        for (int group = 0; group < _fields.Length; group++)
            Rows.Row(group).Take(row);
    }

    private protected override void FillRows()
    {
        for (int group = 0; group < _fields.Length; group++)
        {
            Rows.Row(group).Complete();
            Rows.Occurrences(group).NextRow();
        }
    }
}
