using System;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Logistic;

/// <summary>Predicts rows with a logistic regression.</summary>
internal sealed class LogisticPredictor : FieldPredictor
{
    private readonly LogisticReader _model;
    private readonly ClassAnswers _answers;
    private readonly Field[] _required;
    private readonly double[] _logits;
    private readonly double[] _probabilities;
    private readonly double[][] _counts;
    private readonly bool[] _found;

    /// <summary>Whether every class of the last row rounded to nothing, by which the bindings divide.</summary>
    private bool _isBeyondBindings;

    internal LogisticPredictor(LogisticRegression model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model.Compiled;
        _answers = new ClassAnswers(LogisticRegression.ResourceType, model.Classes, model.Objective!, options);
        _required = [.. model.RequiredFields];
        _logits = new double[model.Classes.Count];
        _probabilities = new double[model.Classes.Count];
        _counts = [.. model.Fields.All.Select(_ => Array.Empty<double>())];
        _found = new bool[model.Fields.All.Count];
        foreach (LogisticTerm term in _model.Terms)
        {
            if (term.Counter is { } counter)
                _counts[term.Slot] = new double[counter.Terms.Count];
        }
    }

    public override Prediction Predict()
    {
        Compute();
        return _answers.Full(_probabilities, UnusedFields());
    }

    public override CompactPrediction PredictCompact()
    {
        Compute();
        return _answers.Compact(_probabilities);
    }

    internal override bool IsBeyondBindings => _isBeyondBindings;

    internal override void Figures(Span<double> figures)
    {
        Compute();
        _probabilities.AsSpan().CopyTo(figures);
    }

    private void Compute()
    {
        Row.Complete();
        if (_answers.IsOperating)
            Row.Recast();
        foreach (Field field in _required)
        {
            if (double.IsNaN(Row.Numbers[field.Slot]))
                throw new RowException("Failed to predict. Input data must contain values for all numeric fields to get a prediction.", field.Name);
        }
        double norm = AddUp();
        for (int index = 0; index < _logits.Length; index++)
        {
            _logits[index] += _model.Constants[index];
            if (_model.IsNormalized && norm > 0)
                _logits[index] /= Math.Sqrt(norm);
        }
        ToProbabilities();
    }

    /// <summary>Adds up the logits without their constants, in the order of the bindings.</summary>
    /// <returns>The squared norm of the input.</returns>
    private double AddUp()
    {
        Array.Clear(_logits, 0, _logits.Length);
        double norm = 0;
        foreach (LogisticTerm term in _model.PresentOrder)
        {
            if (term.Counter is { } counter)
                norm += AddTerms(term, counter);
            else if (term.Count > 0)
                norm += AddCategory(term);
            else if (!double.IsNaN(Row.Numbers[term.Slot]))
            {
                double number = Row.Numbers[term.Slot] - term.Mean;
                if (term.Deviation > 0)
                    number /= term.Deviation;
                AddRow(term.Row, number);
                norm += number * number;
            }
        }
        foreach (LogisticTerm term in _model.Terms)
        {
            if (term.MissingRow < 0 || !IsMissing(term))
                continue;
            AddRow(term.MissingRow, 1);
            norm++;
        }
        return _model.HasBias ? norm + 1 : norm;
    }

    private double AddTerms(LogisticTerm term, Text.TermCounter counter)
    {
        double norm = 0;
        double[] counts = _counts[term.Slot];
        // A text in which nothing is found is a missing one.
        _found[term.Slot] = Row.Texts[term.Slot] is { } text && counter.Count(text, counts);
        if (!_found[term.Slot])
            return 0;
        for (int index = 0; index < term.Count; index++)
        {
            if (counts[index] == 0)
                continue;
            AddRow(term.Row + index, counts[index]);
            norm += counts[index] * counts[index];
        }
        return norm;
    }

    private double AddCategory(LogisticTerm term)
    {
        int code = Row.Codes[term.Slot];
        if (code < 0)
            return 0; // missing, or a category that was never seen, which adds nothing at all
        AddRow(term.Row + code, 1);
        return 1;
    }

    private bool IsMissing(LogisticTerm term)
        => term.Counter is not null ? !_found[term.Slot] : Row.IsMissing(term.Field);

    private void AddRow(int row, double factor)
    {
        ReadOnlySpan<double> coefficients = _model.Table.AsSpan(row * _logits.Length, _logits.Length);
        for (int index = 0; index < coefficients.Length; index++)
            _logits[index] += coefficients[index] * factor;
    }

    /// <summary>Each class by itself, rounded, then all to the sum of 1, rounded again.</summary>
    private void ToProbabilities()
    {
        double total = 0;
        for (int index = 0; index < _logits.Length; index++)
        {
            double probability = 1 / (1 + Math.Exp(-_logits[index]));
            if (double.IsNaN(probability))
                throw new RowException("Failed to predict: the row's numbers are too large to compute with.");
            _probabilities[index] = PythonMath.Round(probability, 5);
            total += _probabilities[index];
        }
        _isBeyondBindings = total == 0;
        if (_isBeyondBindings)
            total = Shares();
        for (int index = 0; index < _probabilities.Length; index++)
            _probabilities[index] = PythonMath.Round(_probabilities[index] / total, 5);
    }

    /// <summary>
    /// Where every class rounds to nothing the bindings divide by zero. Such small probabilities are proportional to the
    /// exponentials of the logits, whose shares are the answer.
    /// </summary>
    private double Shares()
    {
        double highest = _logits.Max();
        double total = 0;
        for (int index = 0; index < _logits.Length; index++)
        {
            _probabilities[index] = double.IsNegativeInfinity(highest) ? 1 : Math.Exp(_logits[index] - highest);
            total += _probabilities[index];
        }
        return total;
    }
}
