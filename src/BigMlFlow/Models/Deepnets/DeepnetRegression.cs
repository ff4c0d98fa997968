using BigMlFlow.Models.Predictions;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Deepnets;

/// <summary>Predicts numbers with a deepnet.</summary>
internal sealed class DeepnetRegression : DeepnetPredictor
{
    private readonly double _mean;
    private readonly double _deviation;
    private readonly bool _isFull;
    private readonly bool _isList;

    internal DeepnetRegression(Deepnet model, PredictionOptions options)
        : base(model)
    {
        _mean = model.OutputMean;
        _deviation = model.OutputDeviation;
        _isFull = options.Form == AnswerForm.Prediction ? options.Full : !options.Compact;
        _isList = options.Form != AnswerForm.Prediction && options.Compact;
    }

    public override Prediction Predict() => new Regression
    {
        Prediction = Compute(),
        UnusedFields = UnusedFields(),
        IsBare = !_isFull,
        IsCompact = _isList,
    };

    public override CompactPrediction PredictCompact() => new(null, Compute());

    private double Compute()
    {
        Row.Complete();
        FillInputs();
        double sum = 0;
        foreach (Network network in Networks)
        {
            network.Run(Workspace);
            sum += (Workspace[network.Output.Start] * _deviation) + _mean;
        }
        // Only full answers are rounded.
        double number = Finitely(sum / Networks.Length);
        return _isFull ? PythonMath.Round(number, 5) : number;
    }
}
