using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Ensembles;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Fusions;

/// <summary>
/// What the components of a fusion answer to a row, each by itself: their probabilities, or their confidences. A component
/// that refuses a row is left out for it; one that has no confidences is left out of those.
/// </summary>
internal sealed class ComponentAnswers
{
    private const int Decimals = 5;

    private readonly FusionComponent[] _components;
    private readonly FieldPredictor?[] _predictors;

    /// <summary>The same without the missing strategy, for answers that the bindings fail to give with it.</summary>
    private readonly FieldPredictor?[] _plain;

    private readonly FieldPredictor[] _all;
    private readonly RowException?[] _refusals;
    private readonly double[][] _figures;
    private readonly bool _isOfConfidences;

    internal ComponentAnswers(Fusion fusion, AnswerForm form, MissingStrategy? strategy)
    {
        _components = fusion.Components;
        _isOfConfidences = form == AnswerForm.Confidences;
        _predictors = new FieldPredictor?[_components.Length];
        _plain = new FieldPredictor?[_components.Length];
        _refusals = new RowException?[_components.Length];
        _figures = new double[_components.Length][];
        for (int index = 0; index < _components.Length; index++)
        {
            BigMLModel model = _components[index].Model;
            bool takesStrategy = fusion.PassesMissingStrategy && model.Type is "model" or "ensemble" or "fusion";
            var options = new PredictionOptions { Form = form, Full = false, Compact = form == AnswerForm.Probabilities, MissingStrategy = takesStrategy ? strategy : null };
            _predictors[index] = Create(model, options);
            if (options.MissingStrategy == MissingStrategy.Proportional && model is not Fusion)
                _plain[index] = Create(model, options with { MissingStrategy = null });
            _figures[index] = new double[model.Classes.Count];
        }
        _all = [.. _predictors.Concat(_plain).OfType<FieldPredictor>()];
    }

    /// <summary>
    /// Whether some component answered without a confidence, though it has a method for it: the bindings then fail, and in an
    /// outer fusion this one is left out.
    /// </summary>
    internal bool LacksConfidences { get; private set; }

    // ---- the row, handed on from the fusion's, or as it came

    internal void Take(InputRow row)
    {
        for (int index = 0; index < _predictors.Length; index++)
        {
            _refusals[index] = null;
            try
            {
                _predictors[index]?.Take(row);
                _plain[index]?.Take(row);
            }
            catch (RowException refusal)
            {
                _refusals[index] = refusal;
            }
        }
    }

    internal void Bind(IReadOnlyList<string> columns)
    {
        foreach (FieldPredictor predictor in _all)
            predictor.Bind(columns);
    }

    internal void Clear()
    {
        Array.Clear(_refusals, 0, _refusals.Length);
        foreach (FieldPredictor predictor in _all)
            predictor.Clear();
    }

    internal void Set(int column, in Cell cell)
    {
        foreach (FieldPredictor predictor in _all)
            predictor.Set(column, cell);
    }

    internal void Set(int column, ReadOnlySpan<char> text)
    {
        foreach (FieldPredictor predictor in _all)
            predictor.Set(column, text);
    }

    // ---- the answers

    /// <summary>The weighted probabilities of the fusion's classes, brought to the sum of 1 and rounded.</summary>
    /// <exception cref="RowException">No component can tell.</exception>
    internal void Probabilities(Span<double> figures)
    {
        figures.Clear();
        double total = 0;
        RowException? refusal = null;
        bool isAny = false;
        for (int index = 0; index < _components.Length; index++)
        {
            if (!TryFigures(index, ref refusal))
                continue;
            isAny = true;
            FusionComponent component = _components[index];
            for (int @class = 0; @class < component.ClassMap.Length; @class++)
            {
                if (component.ClassMap[@class] < 0)
                    continue;
                double figure = _figures[index][@class] * component.Weight;
                figures[component.ClassMap[@class]] += figure;
                total += figure;
            }
        }
        if (!isAny)
            throw Refused(refusal);
        for (int index = 0; index < figures.Length; index++)
        {
            double figure = figures[index] / total;
            if (double.IsNaN(figure) || double.IsInfinity(figure))
                throw new RowException("Failed to predict: the components' probabilities and weights add up to nothing.");
            figures[index] = PythonMath.Round(figure, Decimals);
        }
    }

    /// <summary>The mean confidences of the fusion's classes, rounded; weights do not count.</summary>
    /// <returns>False if no component has confidences.</returns>
    internal bool TryConfidences(Span<double> figures)
    {
        figures.Clear();
        LacksConfidences = false;
        int count = 0;
        RowException? refusal = null;
        for (int index = 0; index < _components.Length; index++)
        {
            if (!TryFigures(index, ref refusal))
                continue;
            count++;
            LacksConfidences |= _components[index].Model is Ensemble { IsBoosted: true };
            int[] map = _components[index].ClassMap;
            for (int @class = 0; @class < map.Length; @class++)
            {
                if (map[@class] >= 0)
                    figures[map[@class]] += _figures[index][@class];
            }
        }
        for (int index = 0; index < figures.Length && count > 0; index++)
            figures[index] = PythonMath.Round(figures[index] / count, Decimals);
        return count > 0;
    }

    /// <summary>The weighted mean of the components' numbers; 0 if all refuse.</summary>
    internal double Number()
    {
        double sum = 0, total = 0;
        for (int index = 0; index < _components.Length; index++)
        {
            if (!TryNumber(index, out CompactPrediction answer))
                continue;
            double weight = _components[index].Weight;
            sum += answer.Number * weight;
            total += weight;
        }
        return Finitely(total > 0 ? sum / total : sum);
    }

    /// <summary>The weighted mean of the numbers of the components that have a confidence, and the mean of these; 0 and 0 if none has.</summary>
    internal (double Number, double Confidence) NumberWithConfidence()
    {
        LacksConfidences = false;
        double sum = 0, total = 0, confidence = 0;
        int count = 0;
        for (int index = 0; index < _components.Length; index++)
        {
            if (!TryNumber(index, out CompactPrediction answer))
                continue;
            if (double.IsNaN(answer.Confidence))
            {
                LacksConfidences = true;
                continue;
            }
            double weight = _components[index].Weight;
            sum += answer.Number * weight;
            confidence += answer.Confidence;
            total += weight;
            count++;
        }
        return total > 0 ? (Finitely(sum / total), Finitely(confidence / count)) : (Finitely(sum), Finitely(confidence));
    }

    private bool TryFigures(int index, ref RowException? refusal)
    {
        if (_predictors[index] is not { } predictor)
            return false;
        try
        {
            if (_refusals[index] is null)
            {
                predictor.Figures(_figures[index]);
                if (predictor.IsBeyondBindings && _plain[index] is { } plain)
                {
                    predictor = plain;
                    plain.Figures(_figures[index]);
                }
                return !IsLeftOut(predictor);
            }
        }
        catch (RowException error)
        {
            _refusals[index] = error;
        }
        refusal ??= _refusals[index];
        return false;
    }

    private bool TryNumber(int index, out CompactPrediction answer)
    {
        answer = default;
        if (_predictors[index] is not { } predictor || _refusals[index] is not null)
            return false;
        try
        {
            answer = predictor.PredictCompact();
            if (predictor.IsBeyondBindings && _plain[index] is { } plain)
            {
                predictor = plain;
                answer = plain.PredictCompact();
            }
            return !IsLeftOut(predictor);
        }
        catch (RowException)
        {
            return false;
        }
    }

    /// <summary>A component whose confidences the bindings fail to compute is left out of those; of probabilities none is.</summary>
    private bool IsLeftOut(FieldPredictor predictor) => _isOfConfidences && predictor.IsBeyondBindings;

    /// <summary>A component without such answers has no predictor for them.</summary>
    private static FieldPredictor? Create(BigMLModel model, PredictionOptions options)
    {
        try
        {
            return (FieldPredictor)model.CreatePredictor(options);
        }
        catch (OptionException) when (options.Form == AnswerForm.Confidences)
        {
            return null;
        }
    }

    private static double Finitely(double number)
        => Resources.Finite.Is(number) ? number : throw new RowException("Failed to predict: the components' numbers are too large to compute with.");

    private static RowException Refused(RowException? refusal)
        => new($"None of the fusion's components predicts for the row. {refusal?.Message}".TrimEnd(), refusal?.Field, refusal?.Value);
}
