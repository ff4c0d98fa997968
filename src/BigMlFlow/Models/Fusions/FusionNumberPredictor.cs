using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Models.Fusions;

/// <summary>Predicts numbers with a fusion.</summary>
internal sealed class FusionNumberPredictor : FusionPredictor
{
    internal FusionNumberPredictor(Fusion model, PredictionOptions options)
        : base(model, options)
    {
    }

    public override Prediction Predict()
    {
        (double number, double? confidence) = Compute();
        if (Options.Form != AnswerForm.Prediction)
        {
            return new Regression
            {
                Prediction = number,
                Confidence = confidence,
                IsCompact = Options.Compact,
                IsConfidencePair = Options.Form == AnswerForm.Confidences,
            };
        }
        NameList unused = UnusedFields();
        return new Regression
        {
            Prediction = number,
            Confidence = confidence,
            UnusedFields = unused.Count == 0 ? null : unused,
            IsBare = !Options.Full,
        };
    }

    public override CompactPrediction PredictCompact()
    {
        (double number, double? confidence) = Compute();
        return new CompactPrediction(null, number, double.NaN, confidence ?? double.NaN);
    }

    private (double Number, double? Confidence) Compute()
    {
        Prepare();
        if (Probabilities is null)
            return Confidences!.NumberWithConfidence();
        return (Probabilities.Number(), Confidences?.NumberWithConfidence().Confidence);
    }
}
