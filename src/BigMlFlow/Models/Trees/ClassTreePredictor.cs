using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Trees;

/// <summary>Predicts rows with a classification tree.</summary>
internal sealed class ClassTreePredictor : FieldPredictor
{
    internal static readonly OperatingKind[] Kinds = [OperatingKind.Probability, OperatingKind.Confidence];

    private readonly DecisionTree _model;
    private readonly Tree _tree;
    private readonly PredictionOptions _options;
    private readonly bool _isProportional;
    private readonly ClassDecision _decision;
    private readonly TreeEvaluator _evaluator;
    private readonly RowOccurrences _occurrences;
    private readonly double[] _figures;

    internal ClassTreePredictor(DecisionTree model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model;
        _tree = model.Tree;
        _options = options;
        _isProportional = options.MissingStrategy == MissingStrategy.Proportional;
        _decision = new ClassDecision(model.Type, model.Classes, ClassDecision.RanksOf(model.Classes, model.Objective!), options, Kinds);
        _evaluator = new TreeEvaluator(options.MissingStrategy ?? MissingStrategy.Last);
        _occurrences = new RowOccurrences(model.Matchers.Matchers, Row);
        _figures = new double[model.Classes.Count];
    }

    public override Prediction Predict()
    {
        if (_options.Form != AnswerForm.Prediction)
        {
            Figures(_figures);
            var figures = new ClassFigure[_figures.Length];
            for (int index = 0; index < figures.Length; index++)
                figures[index] = new ClassFigure(_model.Classes[index], _figures[index]);
            return new ClassFigures(_options.Form == AnswerForm.Confidences ? "confidence" : "probability", figures, _options.Compact);
        }
        if (_decision.IsOperating)
        {
            int best = Decide();
            bool isProbability = _decision.Kind == OperatingKind.Probability;
            return new Classification
            {
                Prediction = _model.Classes[best],
                Probability = isProbability ? _figures[best] : null,
                Confidence = isProbability ? null : _figures[best],
                IsBare = !_options.Full,
            };
        }
        Evaluate();
        int node = _evaluator.Node;
        string? next = _model.Next(node);
        NameList unused = UnusedFields();
        return new Classification
        {
            Prediction = _model.Classes[(int)_evaluator.Output],
            Confidence = double.IsNaN(_evaluator.Confidence) ? null : _evaluator.Confidence,
            Probability = Probability(),
            Count = _evaluator.Count,
            Next = next,
            Path = new RulePath(() => RuleText.Path(_model.Fields, _model.Matchers.Matchers, _tree, node, _isProportional)),
            Distribution = Distribution(node),
            // Two arguments are swapped in the bindings.
            DistributionUnit = _isProportional && !_evaluator.IsOfNode ? "categorical" : "categories",
            MedianWord = _isProportional && !_evaluator.IsOfNode ? "categories" : null,
            UnusedFields = unused.Count == 0 ? null : unused,
            IsBare = !_options.Full,
        };
    }

    public override CompactPrediction PredictCompact()
    {
        if (_decision.IsOperating || _options.Form != AnswerForm.Prediction)
        {
            int best = Decide();
            bool isProbability = FigureKind == OperatingKind.Probability;
            return new CompactPrediction(_model.Classes[best], double.NaN, isProbability ? _figures[best] : double.NaN, isProbability ? double.NaN : _figures[best]);
        }
        Evaluate();
        return new CompactPrediction(_model.Classes[(int)_evaluator.Output], double.NaN, Probability(), _evaluator.Confidence);
    }

    internal override bool IsBeyondBindings => _evaluator.IsBeyondBindings;

    internal override void Figures(Span<double> figures)
    {
        Row.Complete();
        if (_decision.IsOperating)
            Row.Recast();
        _occurrences.NextRow();
        _evaluator.NextRow();
        _evaluator.Figures(_tree, Row, _occurrences, FigureKind, figures);
    }

    private OperatingKind FigureKind => _options.Form switch
    {
        AnswerForm.Prediction => _decision.Kind,
        AnswerForm.Confidences => OperatingKind.Confidence,
        _ => OperatingKind.Probability,
    };

    private int Decide()
    {
        Figures(_figures);
        return _decision.Choose(_figures);
    }

    private void Evaluate()
    {
        Row.Complete();
        _occurrences.NextRow();
        _evaluator.NextRow();
        _evaluator.Evaluate(_tree, Row, _occurrences);
    }

    private double Probability() => TreeFigures.Probability(_tree, _evaluator.Bins(_tree), (int)_evaluator.Output);

    private Distribution Distribution(int node)
    {
        if (_evaluator.IsOfNode)
            return new Distribution(() => Entries(_tree.Shown(node).ToArray()));
        Bin[] bins = _evaluator.Bins(_tree).ToArray();
        return new Distribution(() => Entries(bins));
    }

    private DistributionEntry[] Entries(IEnumerable<Bin> bins)
        => [.. bins.Select(bin => new DistributionEntry(_model.Classes[(int)bin.Value], bin.Weight))];
}
