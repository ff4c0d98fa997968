using System;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Models.Fusions;

/// <summary>Predicts classes with a fusion.</summary>
internal sealed class FusionClassPredictor : FusionPredictor
{
    private readonly Fusion _model;
    private readonly ClassDecision _decision;
    private readonly double[] _figures;
    private readonly double[] _confidences;

    internal FusionClassPredictor(Fusion model, PredictionOptions options)
        : base(model, options)
    {
        _model = model;
        // Whatever kind an operating point names, the probabilities of a fusion decide.
        PredictionOptions decided = options with { OperatingPoint = options.OperatingPoint is { } point ? point with { Kind = OperatingKind.Probability } : null };
        _decision = new ClassDecision(model.Type, model.Classes, ClassDecision.RanksOf(model.Classes, model.Objective!), decided);
        _figures = new double[model.Classes.Count];
        _confidences = new double[model.Classes.Count];
    }

    public override Prediction Predict()
    {
        if (Options.Form != AnswerForm.Prediction)
        {
            Figures(_figures);
            var figures = new ClassFigure[_figures.Length];
            for (int index = 0; index < figures.Length; index++)
                figures[index] = new ClassFigure(_model.Classes[index], _figures[index]);
            return new ClassFigures(Options.Form == AnswerForm.Confidences ? "confidence" : "probability", figures, Options.Compact);
        }
        (int best, double? confidence) = Decide();
        NameList unused = UnusedFields();
        return new Classification
        {
            Prediction = _model.Classes[best],
            Probability = _figures[best],
            Confidence = confidence,
            UnusedFields = _decision.IsOperating || unused.Count == 0 ? null : unused,
            IsBare = !Options.Full,
        };
    }

    public override CompactPrediction PredictCompact()
    {
        if (Options.Form == AnswerForm.Confidences)
        {
            Figures(_figures);
            int surest = Highest();
            return new CompactPrediction(_model.Classes[surest], double.NaN, double.NaN, _figures[surest]);
        }
        (int best, double? confidence) = Decide();
        return new CompactPrediction(_model.Classes[best], double.NaN, _figures[best], confidence ?? double.NaN);
    }

    internal override void Figures(Span<double> figures)
    {
        Prepare();
        if (Probabilities is not null)
            Probabilities.Probabilities(figures);
        else if (!Confidences!.TryConfidences(figures))
            throw new RowException("None of the fusion's components has confidences for the row.");
    }

    private (int Best, double? Confidence) Decide()
    {
        Figures(_figures);
        if (_decision.IsOperating)
            return (_decision.Choose(_figures), null);
        int best = Highest();
        return (best, Confidences is not null && Confidences.TryConfidences(_confidences) ? _confidences[best] : null);
    }

    /// <summary>The class of the highest figure, of equal ones the first by name.</summary>
    private int Highest()
    {
        int best = 0;
        for (int index = 1; index < _figures.Length; index++)
        {
            if (_figures[index] > _figures[best])
                best = index;
        }
        return best;
    }
}
