using System.Linq;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Predicts rows with a boosted regression: the trees' outputs by their weights, added to the initial offset.</summary>
internal sealed class BoostedNumberPredictor : FieldPredictor
{
    private readonly Ensemble _model;
    private readonly PredictionOptions _options;
    private readonly bool _isCastTwice;
    private readonly double[] _weights;
    private readonly ComponentRows _rows;
    private readonly EnsembleEvaluator _evaluator;

    internal BoostedNumberPredictor(Ensemble model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model;
        _options = options;
        _isCastTwice = options.Form == AnswerForm.Prediction && (options.Method is null || options.OperatingKind is not null);
        _weights = [.. model.Trees.Select(tree => tree.Boosting!.Weight)];
        _rows = new ComponentRows(model, Row, isFilteredAgain: false);
        _evaluator = new EnsembleEvaluator(model, _rows, options.MissingStrategy);
    }

    public override Prediction Predict()
    {
        double number = Compute();
        if (_options.Form != AnswerForm.Prediction && _options.Compact)
            return new Regression { Prediction = number, IsCompact = true };
        return _options.Full
            ? new Regression { Prediction = PythonMath.Round(number, TreeStatistics.Decimals), UnusedFields = NameList.Empty }
            : new Regression { Prediction = number, IsBare = true };
    }

    internal override bool IsBeyondBindings => _evaluator.Answer.IsBeyondBindings;

    public override CompactPrediction PredictCompact()
    {
        double number = Compute();
        bool isFull = _options.Form == AnswerForm.Prediction ? _options.Full : !_options.Compact;
        return new CompactPrediction(null, isFull ? PythonMath.Round(number, TreeStatistics.Decimals) : number);
    }

    private double Compute()
    {
        Row.Complete();
        if (_isCastTwice)
            Row.Recast();
        _rows.Fill();
        _evaluator.NextRow();
        double sum = 0;
        for (int index = 0; index < _weights.Length; index++)
            sum += _evaluator.Output(index) * _weights[index];
        sum += _model.InitialOffset;
        return Finite.Is(sum) ? sum : throw new RowException("Failed to predict: the numbers of the trees are too large to compute with.");
    }
}
