using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Models.Fusions;

/// <summary>
/// Gives the row to a fusion's components. For a prediction the fusion filters and casts it before; asked for figures, they
/// get it as it came (bindings: fusion.py, predict and predict_probability).
/// </summary>
internal abstract class FusionPredictor : FieldPredictor
{
    private const string LacksNumbers = "Failed to predict. Input data must contain values for all numeric fields to get a prediction.";

    private readonly bool _isDirect;
    private readonly Field[] _required;
    private readonly bool[] _isGiven;
    private int[] _slots = [];

    private protected FusionPredictor(Fusion model, PredictionOptions options)
        : base(model.Fields)
    {
        Options = options;
        _isDirect = options.Form != AnswerForm.Prediction;
        bool isOperating = options.OperatingPoint is not null;
        if (options.Form != AnswerForm.Confidences)
            Probabilities = new ComponentAnswers(model, AnswerForm.Probabilities, options.MissingStrategy);
        if (options.Form != AnswerForm.Probabilities && !isOperating)
            Confidences = new ComponentAnswers(model, AnswerForm.Confidences, options.MissingStrategy);
        _required = [.. model.RequiredFields];
        _isGiven = new bool[model.Fields.All.Count];
    }

    internal override bool IsBeyondBindings => Confidences is { LacksConfidences: true };

    private protected PredictionOptions Options { get; }

    /// <summary>The components asked for probabilities; null where none are needed.</summary>
    private protected ComponentAnswers? Probabilities { get; }

    /// <summary>The components asked for confidences; null where none are needed.</summary>
    private protected ComponentAnswers? Confidences { get; }

    public override void Bind(IReadOnlyList<string> columns, bool ignoreCase = false)
    {
        base.Bind(columns, ignoreCase);
        if (!_isDirect)
            return;
        // The bindings look for numbers before names become ids: a column named otherwise gives none.
        _slots = [.. columns.Select(column => Fields.ById(column)?.Slot ?? -1)];
        Probabilities?.Bind(ignoreCase ? Labels : columns);
        Confidences?.Bind(ignoreCase ? Labels : columns);
    }

    public override void Clear()
    {
        base.Clear();
        if (!_isDirect)
            return;
        Array.Clear(_isGiven, 0, _isGiven.Length);
        Probabilities?.Clear();
        Confidences?.Clear();
    }

    public override void Set(int column, in Cell cell)
    {
        if (!_isDirect)
        {
            base.Set(column, cell);
            return;
        }
        Note(column);
        Probabilities?.Set(column, cell);
        Confidences?.Set(column, cell);
    }

    public override void Set(int column, ReadOnlySpan<char> text)
    {
        if (!_isDirect)
        {
            base.Set(column, text);
            return;
        }
        Note(column);
        Probabilities?.Set(column, text);
        Confidences?.Set(column, text);
    }

    /// <summary>A fusion within a fusion hands the outer row on as it is.</summary>
    internal override void Take(InputRow row)
    {
        foreach (Field field in _required)
            _isGiven[field.Slot] = row.Fields.ById(field.Id) is { } source && !row.IsMissing(source);
        HandOn(row);
    }

    /// <summary>Lets the components have the row, once it has been set.</summary>
    /// <exception cref="RowException">The fusion refuses the row.</exception>
    private protected void Prepare()
    {
        if (_isDirect)
        {
            foreach (Field field in _required)
            {
                if (!_isGiven[field.Slot])
                    throw new RowException(LacksNumbers, field.Name);
            }
            return;
        }
        Row.Complete();
        foreach (Field field in _required)
        {
            if (Row.IsMissing(field))
                throw new RowException(LacksNumbers, field.Name);
        }
        HandOn(Row);
    }

    private void Note(int column)
    {
        if (_slots[column] >= 0)
            _isGiven[_slots[column]] = true;
    }

    private void HandOn(InputRow row)
    {
        Probabilities?.Take(row);
        Confidences?.Take(row);
    }
}
