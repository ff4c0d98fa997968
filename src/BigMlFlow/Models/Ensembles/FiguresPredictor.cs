using System;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Predicts rows with a classification ensemble by the figures of its classes, which is how it predicts unless a method is given.</summary>
internal class FiguresPredictor : FieldPredictor
{
    private readonly Ensemble _model;
    private readonly PredictionOptions _options;
    private readonly ClassDecision _decision;
    private readonly OperatingKind _kind;
    private readonly FigureCombiner _combiner;
    private readonly double[] _figures;

    internal FiguresPredictor(Ensemble model, PredictionOptions options, ClassDecision decision)
        : base(RowFields(model, options))
    {
        _model = model;
        _options = options;
        _decision = decision;
        _kind = FigureCombiner.KindOf(options, decision);
        _figures = new double[model.Classes.Count];
        Rows = new ComponentRows(model, Row, isFilteredAgain: options.Form == AnswerForm.Prediction);
        _combiner = new FigureCombiner(model, _kind, Rows, options.MissingStrategy);
    }

    private protected ComponentRows Rows { get; }

    public override Prediction Predict()
    {
        Figures(_figures);
        if (_options.Form != AnswerForm.Prediction)
        {
            var figures = new ClassFigure[_figures.Length];
            for (int index = 0; index < figures.Length; index++)
                figures[index] = new ClassFigure(_model.Classes[index], _figures[index]);
            return new ClassFigures(_kind.ToString().ToLowerInvariant(), figures, _options.Compact);
        }
        int best = _decision.Choose(_figures);
        return new Classification
        {
            Prediction = _model.Classes[best],
            Probability = _kind == OperatingKind.Probability ? _figures[best] : null,
            Confidence = _kind == OperatingKind.Confidence ? _figures[best] : null,
            Votes = _kind == OperatingKind.Votes ? _figures[best] : null,
            // An operating kind, the default one included, always answers in full.
            IsBare = !_options.Full && _options.OperatingPoint is not null,
        };
    }

    internal override bool IsBeyondBindings => _combiner.IsBeyondBindings;

    public override CompactPrediction PredictCompact()
    {
        Figures(_figures);
        int best = _decision.Choose(_figures);
        return new CompactPrediction(
            _model.Classes[best],
            double.NaN,
            _kind == OperatingKind.Probability ? _figures[best] : double.NaN,
            _kind == OperatingKind.Confidence ? _figures[best] : double.NaN);
    }

    internal override void Figures(Span<double> figures)
    {
        FillRows();
        _combiner.Combine(figures);
    }

    /// <summary>Lets the trees see the row.</summary>
    private protected virtual void FillRows()
    {
        Row.Complete();
        Rows.Fill();
    }

    /// <summary>A list of figures is computed by the models from the row itself; a prediction from what the ensemble has filtered before.</summary>
    private static FieldSet RowFields(Ensemble model, PredictionOptions options)
        => options.Form != AnswerForm.Prediction && model.Groups.Length == 1 ? model.Groups[0].Fields : model.Fields;
}
