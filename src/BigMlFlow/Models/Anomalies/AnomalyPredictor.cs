using System;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Anomalies;

/// <summary>Scores rows: near 1 where they are told apart at once, one half at the norm (bindings: anomaly.py, anomaly_score).</summary>
internal sealed class AnomalyPredictor : FieldPredictor
{
    private const int Decimals = 5;

    private readonly AnomalyDetector _model;
    private readonly bool _full;
    private readonly RowOccurrences _occurrences;

    internal AnomalyPredictor(AnomalyDetector model, bool full)
        : base(model.Fields)
    {
        _model = model;
        _full = full;
        _occurrences = new RowOccurrences(model.Matchers.Matchers, Row);
    }

    public override Prediction Predict() => new AnomalyScore(Score(), _full);

    public override CompactPrediction PredictCompact() => new(null, Score());

    private double Score()
    {
        if (double.IsNaN(_model.Norm))
            return 1; // whatever the row, which is not even read
        Row.Complete();
        _occurrences.NextRow();
        double score = PythonMath.Round(Math.Pow(2, -_model.Forest.MeanDepth(Row, _occurrences) / _model.Norm), Decimals);
        return Resources.Finite.Is(score) ? score : throw new RowException("The score is no number: the weights of the detector's nodes are out of range.");
    }
}
