using System;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Projections;

/// <summary>Projects rows onto the components of a PCA.</summary>
internal sealed class PcaPredictor : FieldPredictor
{
    private readonly PcaReader _model;
    private readonly bool _isFull;
    private readonly double[] _input;
    private readonly bool[] _isThere;
    private readonly double[] _components;
    private readonly double[][] _counts;

    internal PcaPredictor(Pca model, PredictionOptions options, int components)
        : base(model.Fields)
    {
        _model = model.Compiled;
        _isFull = options.Full;
        _input = new double[_model.Means.Length];
        _isThere = new bool[_input.Length];
        _components = new double[components];
        _counts = [.. _model.Terms.Select(term => new double[term.Counter?.Terms.Count ?? 0])];
    }

    public override Prediction Predict()
    {
        Compute();
        return new Projection((double[])_components.Clone(), _isFull);
    }

    public override CompactPrediction PredictCompact()
    {
        Compute();
        return new CompactPrediction(null, _components.Length > 0 ? _components[0] : double.NaN);
    }

    private void Compute()
    {
        Row.Complete();
        bool isComplete = Expand();
        for (int index = 0; index < _components.Length; index++)
        {
            double[] vector = _model.Vectors[index];
            double sum = 0, present = 0;
            for (int column = 0; column < vector.Length; column++)
            {
                sum += vector[column] * _input[column];
                if (_isThere[column])
                    present += vector[column] * vector[column];
            }
            // What is left of a vector where values are missing is brought to its full length.
            _components[index] = isComplete || present <= 0 ? sum : sum / present;
            if (!Finite.Is(_components[index]))
                throw new RowException("Failed to project: the row's numbers are too large to compute with.");
        }
    }

    /// <summary>Fills the columns.</summary>
    /// <returns>Whether no field but a categorical one is missing.</returns>
    private bool Expand()
    {
        bool isComplete = true;
        for (int index = 0; index < _model.Terms.Length; index++)
        {
            PcaTerm term = _model.Terms[index];
            Span<double> columns = _input.AsSpan(term.Column, term.Width);
            bool isMissing = Row.IsMissing(term.Field);
            columns.Clear();
            _isThere.AsSpan(term.Column, term.Width).Fill(!isMissing || !term.LeavesOut);
            isComplete &= !isMissing || !term.LeavesOut;
            if (term.Field.OpType == OpType.Numeric)
            {
                // A missing number is 0 whether standardized or not: the mean.
                columns[0] = isMissing ? 0 : Standardize(Row.Numbers[term.Slot], term.Column);
                continue;
            }
            if (term.Counter is { } counter)
            {
                if (!isMissing)
                {
                    counter.Count(Row.Texts[term.Slot]!, _counts[index]);
                    _counts[index].AsSpan(0, term.Width).CopyTo(columns);
                }
            }
            else if (isMissing && term.MissingColumn >= 0)
                _input[term.MissingColumn] = 1;
            else if (Row.Codes[term.Slot] >= 0)
                columns[Row.Codes[term.Slot]] = 1;
            for (int column = 0; column < columns.Length; column++)
                columns[column] = Standardize(columns[column], term.Column + column);
        }
        return isComplete;
    }

    private double Standardize(double value, int column)
    {
        if (!_model.IsStandardized)
            return value;
        value -= _model.Means[column];
        return _model.Deviations[column] > 0 ? value / _model.Deviations[column] : value;
    }
}
