using System;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Deepnets;

/// <summary>Runs the networks of a deepnet on a row; what becomes of their outputs is up to the two kinds.</summary>
internal abstract class DeepnetPredictor : FieldPredictor
{
    private readonly DeepnetReader _model;
    private readonly double[][] _counts;

    private protected DeepnetPredictor(Deepnet model)
        : base(model.Fields)
    {
        _model = model.Compiled;
        Workspace = new double[_model.Workspace];
        _counts = [.. _model.Counters.Select(counter => new double[counter?.Terms.Count ?? 0])];
    }

    private protected double[] Workspace { get; }

    private protected Network[] Networks => _model.Networks;

    /// <summary>Whether the networks are those of a search.</summary>
    private protected bool IsSearch => _model.IsSearch;

    /// <summary>Fills the inputs of the networks with the row's values.</summary>
    private protected void FillInputs()
    {
        for (int slot = 0; slot < _counts.Length; slot++)
        {
            if (_model.Counters[slot] is not { } counter)
                continue;
            if (Row.Texts[slot] is { } text)
                counter.Count(text, _counts[slot]);
            else
                Array.Clear(_counts[slot], 0, _counts[slot].Length);
        }
        Span<double> inputs = _model.Inputs.Of(Workspace);
        foreach (Feature feature in _model.Features)
        {
            if (feature.Places is { } places)
                Expand(feature, places, inputs.Slice(feature.Start, feature.Width));
            else
                inputs[feature.Start] = Preprocess(feature, ValueOf(feature.Column));
        }
        int start = 0;
        foreach (Forest forest in _model.Forests)
        {
            forest.Run(inputs, Workspace.AsSpan(start, forest.Outputs));
            start += forest.Outputs;
        }
    }

    private void Expand(Feature feature, CategoryPlaces places, Span<double> inputs)
    {
        inputs.Clear();
        int slot = feature.Column.Field.Slot;
        int place = places.Of(Row.Codes[slot], Row.Texts[slot]);
        if (place >= 0)
            inputs[place] = 1;
    }

    private double ValueOf(Column column)
    {
        double number = Row.Numbers[column.Field.Slot];
        return column.Kind switch
        {
            ColumnKind.Number => number,
            ColumnKind.NumberOrZero => double.IsNaN(number) ? 0 : number,
            ColumnKind.MissingFlag => double.IsNaN(number) ? 1 : 0,
            ColumnKind.Count => _counts[column.Field.Slot][column.Term],
            _ => double.NaN,
        };
    }

    /// <summary>
    /// All in 32 bits, as the bindings compute with NumPy 2 (with NumPy 1 the last digits differ). A missing value becomes 0 after
    /// standardization, which is the mean.
    /// </summary>
    private static double Preprocess(Feature feature, double value)
    {
        float number = (float)value;
        if (feature.One is { } one)
            return number == (float)one || (one == 0 && number == 1) ? 1 : 0;
        number -= (float)feature.Mean;
        if (feature.Deviation > 0)
            number /= (float)feature.Deviation;
        return float.IsNaN(number) ? 0 : number;
    }

    /// <summary>Refuses what has overflowed.</summary>
    private protected static double Finitely(double output)
        => Finite.Is(output) ? output : throw new RowException("Failed to predict: the row's numbers are too large to compute with.");
}
