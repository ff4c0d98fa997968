using System;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Linear;

/// <summary>Predicts rows with a linear regression.</summary>
internal sealed class LinearPredictor : FieldPredictor
{
    private readonly LinearReader _model;
    private readonly PredictionOptions _options;
    private readonly Field[] _required;
    private readonly double[] _input;
    private readonly double[][] _counts;

    internal LinearPredictor(LinearRegression model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model.Compiled;
        _options = options;
        _required = [.. model.RequiredFields];
        _input = new double[_model.Coefficients.Length];
        _counts = [.. _model.Terms.Select(term => new double[term.Counter?.Terms.Count ?? 0])];
    }

    public override Prediction Predict()
    {
        double prediction = Compute();
        bool isFull = _options.Form == AnswerForm.Prediction ? _options.Full : !_options.Compact;
        (double Confidence, double Prediction, bool IsValid)? bounds = isFull ? _model.Bounds?.Compute(_input) : null;
        return new Regression
        {
            Prediction = prediction,
            ConfidenceInterval = bounds?.Confidence,
            PredictionInterval = bounds?.Prediction,
            IntervalsValid = bounds?.IsValid,
            UnusedFields = UnusedFields(),
            IsBare = !isFull,
            IsCompact = _options.Form != AnswerForm.Prediction && _options.Compact,
        };
    }

    public override CompactPrediction PredictCompact() => new(null, Compute());

    private double Compute()
    {
        Row.Complete();
        foreach (Field field in _required)
        {
            if (Row.IsMissing(field))
                throw new RowException($"Failed to predict. Input data must contain values for field '{field.Name}' to get a prediction.", field.Name);
        }
        Expand();
        double sum = 0;
        for (int column = 0; column < _input.Length; column++)
            sum += _model.Coefficients[column] * _input[column];
        if (!Finite.Is(sum))
            throw new RowException("Failed to predict: the row's numbers are too large to compute with.");
        return PythonMath.Round(sum, 5);
    }

    /// <summary>Fills the columns of the fields; that of the constant, the last, is 1.</summary>
    private void Expand()
    {
        Array.Clear(_input, 0, _input.Length);
        _input[^1] = 1;
        for (int index = 0; index < _model.Terms.Length; index++)
        {
            LinearTerm term = _model.Terms[index];
            bool isMissing = Row.IsMissing(term.Field);
            if (isMissing && term.MissingColumn >= 0)
                _input[term.MissingColumn] = 1;
            if (term.Codes is { } codes)
            {
                int code = isMissing ? codes.Length - 1 : Row.Codes[term.Slot];
                if (code >= 0)
                    codes[code].CopyTo(_input, term.Column);
            }
            else if (isMissing)
                continue;
            else if (term.Counter is { } counter)
            {
                // A text in which nothing is found is there all the same.
                counter.Count(Row.Texts[term.Slot]!, _counts[index]);
                Array.Copy(_counts[index], 0, _input, term.Column, term.Count);
            }
            else if (term.Field.OpType == OpType.Numeric)
                _input[term.Column] = Row.Numbers[term.Slot];
            else if (term.Field.OpType == OpType.Categorical && Row.Codes[term.Slot] >= 0)
                _input[term.Column + Row.Codes[term.Slot]] = 1;
        }
    }
}
