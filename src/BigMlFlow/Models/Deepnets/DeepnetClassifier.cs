using System;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Deepnets;

/// <summary>Predicts classes with a deepnet.</summary>
internal sealed class DeepnetClassifier : DeepnetPredictor
{
    private readonly ClassAnswers _answers;
    private readonly double[] _probabilities;

    internal DeepnetClassifier(Deepnet model, PredictionOptions options)
        : base(model)
    {
        _answers = new ClassAnswers(Deepnet.ResourceType, model.Classes, model.Objective!, options, inClassOrder: true);
        _probabilities = new double[model.Classes.Count];
    }

    public override Prediction Predict()
    {
        int winner = Compute();
        return _answers.Full(_probabilities, UnusedFields(), winner);
    }

    public override CompactPrediction PredictCompact()
    {
        int winner = Compute();
        return _answers.Compact(_probabilities, winner);
    }

    internal override void Figures(Span<double> figures)
    {
        Compute();
        _probabilities.AsSpan().CopyTo(figures);
    }

    /// <summary>Computes the rounded probabilities.</summary>
    /// <returns>The class of the highest, the first of equal ones, before rounding.</returns>
    private int Compute()
    {
        Row.Complete();
        if (_answers.IsOperating)
            Row.Recast();
        FillInputs();
        Array.Clear(_probabilities, 0, _probabilities.Length);
        foreach (Network network in Networks)
        {
            network.Run(Workspace);
            ReadOnlySpan<double> output = network.Output.Of(Workspace);
            for (int index = 0; index < output.Length; index++)
                _probabilities[index] += output[index];
        }
        // The outputs of a search are brought to the sum of 1; those of a single network stay as they are.
        double total = IsSearch ? Total() : 1;
        int best = 0;
        for (int index = 0; index < _probabilities.Length; index++)
        {
            _probabilities[index] = Finitely(_probabilities[index] / total);
            if (_probabilities[index] > _probabilities[best])
                best = index;
        }
        for (int index = 0; index < _probabilities.Length; index++)
            _probabilities[index] = PythonMath.RoundNumPy(_probabilities[index], 5);
        return best;
    }

    private double Total()
    {
        double total = 0;
        foreach (double probability in _probabilities)
            total += probability;
        return total;
    }
}
