using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// Predicts rows with a boosted classification: each class's trees are added up, and a softmax over the classes that have
/// trees makes probabilities of the sums (bindings: multivote.py, classification_boosting_combiner).
/// </summary>
internal sealed class BoostedClassPredictor : FieldPredictor
{
    private readonly Ensemble _model;
    private readonly PredictionOptions _options;
    private readonly ClassDecision _decision;
    private readonly bool _byMethod;
    private readonly bool _isCastTwice;
    private readonly ComponentRows _rows;
    private readonly EnsembleEvaluator _evaluator;

    /// <summary>By tree: the class that it adds to.</summary>
    private readonly int[] _treeClasses;

    /// <summary>By class: whether any tree adds to it.</summary>
    private readonly bool[] _hasTrees;

    /// <summary>The probabilities as they are, which decide under a method, and rounded, which decide otherwise.</summary>
    private readonly double[] _shares;

    private readonly double[] _figures;

    internal BoostedClassPredictor(Ensemble model, PredictionOptions options, ClassDecision decision)
        : base(model.Fields)
    {
        _model = model;
        _options = options;
        _decision = decision;
        _byMethod = options.Method is not null && !decision.IsOperating;
        _isCastTwice = options.Form == AnswerForm.Prediction && !_byMethod;
        _rows = new ComponentRows(model, Row, isFilteredAgain: false);
        _evaluator = new EnsembleEvaluator(model, _rows, options.MissingStrategy);
        string[] classes = [.. model.Classes];
        _treeClasses = [.. model.Trees.Select(tree => Array.IndexOf(classes, tree.Boosting!.ObjectiveClass))];
        _hasTrees = new bool[classes.Length];
        foreach (int index in _treeClasses)
            _hasTrees[index] = true;
        _shares = new double[classes.Length];
        _figures = new double[classes.Length];
    }

    public override Prediction Predict()
    {
        Compute();
        if (_options.Form != AnswerForm.Prediction)
            return new ClassFigures("probability", [.. Places().Select(index => new ClassFigure(_model.Classes[index], _figures[index]))], _options.Compact);
        int best = Best();
        if (!_byMethod)
        {
            return new Classification
            {
                Prediction = _model.Classes[best],
                Probability = _figures[best],
                IsBare = !_options.Full && _options.OperatingPoint is not null,
            };
        }
        DistributionEntry[] entries =
        [
            .. _decision.Order(_shares).Where(index => _hasTrees[index]).Select(index => new DistributionEntry(_model.Classes[index], _figures[index])),
        ];
        return new Classification
        {
            Prediction = _model.Classes[best],
            Probability = _figures[best],
            Confidence = _figures[best],
            Probabilities = new Distribution(() => entries, asProbabilities: true),
            UnusedFields = NameList.Empty,
            IsBare = !_options.Full,
        };
    }

    internal override bool IsBeyondBindings => _evaluator.Answer.IsBeyondBindings;

    public override CompactPrediction PredictCompact()
    {
        Compute();
        int best = Best();
        return new CompactPrediction(_model.Classes[best], double.NaN, _figures[best], _byMethod ? _figures[best] : double.NaN);
    }

    internal override void Figures(Span<double> figures)
    {
        Compute();
        _figures.AsSpan().CopyTo(figures);
    }

    private int Best() => _decision.Choose(_byMethod ? _shares : _figures);

    private IEnumerable<int> Places() => Enumerable.Range(0, _hasTrees.Length).Where(index => _hasTrees[index]);

    private void Compute()
    {
        Row.Complete();
        if (_isCastTwice)
            Row.Recast();
        _rows.Fill();
        Array.Clear(_shares, 0, _shares.Length);
        _evaluator.NextRow();
        for (int index = 0; index < _treeClasses.Length; index++)
            _shares[_treeClasses[index]] += _evaluator.Output(index) * _model.Trees[index].Boosting!.Weight;
        double highest = double.NegativeInfinity;
        for (int index = 0; index < _shares.Length; index++)
        {
            _shares[index] += _model.InitialOffsets[index];
            if (_hasTrees[index])
                highest = Math.Max(highest, _shares[index]);
        }
        ToProbabilities(highest);
    }

    private void ToProbabilities(double highest)
    {
        // Exponentials of sums beyond these would be infinite or all zero; shares do not change if the same is taken from all.
        double shift = Math.Abs(highest) > 500 ? highest : 0;
        double total = 0;
        for (int index = 0; index < _shares.Length; index++)
        {
            _shares[index] = _hasTrees[index] ? Math.Exp(_shares[index] - shift) : 0;
            total += _shares[index];
        }
        if (!(total > 0 && total <= double.MaxValue))
            throw new RowException("Failed to predict: the numbers of the trees are too large to compute with.");
        for (int index = 0; index < _shares.Length; index++)
        {
            _shares[index] /= total;
            _figures[index] = PythonMath.Round(_shares[index], TreeStatistics.Decimals);
        }
    }
}
