using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>Predicts rows with a regression tree, or with a step of a boosted ensemble.</summary>
internal sealed class NumberTreePredictor : FieldPredictor
{
    private readonly DecisionTree _model;
    private readonly Tree _tree;
    private readonly PredictionOptions _options;
    private readonly bool _isProportional;
    private readonly bool _isBoosted;
    private readonly TreeEvaluator _evaluator;
    private readonly RowOccurrences _occurrences;

    internal NumberTreePredictor(DecisionTree model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model;
        _tree = model.Tree;
        _options = options;
        _isProportional = options.MissingStrategy == MissingStrategy.Proportional;
        _isBoosted = model.Boosting is not null;
        _evaluator = new TreeEvaluator(options.MissingStrategy ?? MissingStrategy.Last);
        _occurrences = new RowOccurrences(model.Matchers.Matchers, Row);
    }

    public override Prediction Predict()
    {
        double number = Evaluate();
        double? confidence = Present(_evaluator.Confidence);
        if (_options.Form != AnswerForm.Prediction && _options.Compact)
            return new Regression { Prediction = number, Confidence = confidence, IsCompact = true };
        if (_options.Form == AnswerForm.Confidences)
            return new Regression { Prediction = number, Confidence = confidence, IsConfidencePair = true };
        int node = _evaluator.Node;
        NameList unused = UnusedFields();
        return new Regression
        {
            Prediction = number,
            Confidence = confidence,
            Min = _isBoosted ? null : Present(_evaluator.Minimum),
            Max = _isBoosted ? null : Present(_evaluator.Maximum),
            Median = Present(_evaluator.Median),
            Count = Present(_evaluator.Count) ?? (_isBoosted ? 0 : null),
            Next = _isBoosted && _isProportional ? null : _model.Next(node),
            Path = new RulePath(() => RuleText.Path(_model.Fields, _model.Matchers.Matchers, _tree, node, _isProportional)),
            Distribution = Distribution(node),
            DistributionUnit = UnitName(_isBoosted ? DistributionUnit.None : _evaluator.Unit),
            UnusedFields = unused.Count == 0 ? null : unused,
            IsBare = !_options.Full,
        };
    }

    public override CompactPrediction PredictCompact()
        => new(null, Evaluate(), double.NaN, Finite.Is(_evaluator.Confidence) ? _evaluator.Confidence : double.NaN);

    internal override bool IsBeyondBindings => _evaluator.IsBeyondBindings;

    /// <summary>What the bindings call the weights of a distribution.</summary>
    internal static string UnitName(DistributionUnit unit) => unit switch
    {
        DistributionUnit.Bins => "bins",
        DistributionUnit.Counts => "counts",
        DistributionUnit.Categories => "categories",
        _ => "categorical",
    };

    internal static double? Present(double number) => Finite.Is(number) ? number : null;

    private double Evaluate()
    {
        Row.Complete();
        _occurrences.NextRow();
        _evaluator.NextRow();
        _evaluator.Evaluate(_tree, Row, _occurrences, _model.Boosting?.Lambda ?? 1);
        double number = _evaluator.Output;
        if (!Finite.Is(number))
            throw new RowException("Failed to predict: the numbers of the tree are too large to compute with.");
        return _model.IsRegression ? PythonMath.Round(number, TreeStatistics.Decimals) : number;
    }

    private Distribution Distribution(int node)
    {
        if (_isBoosted)
            return new Distribution(() => []);
        if (_evaluator.IsOfNode)
            return new Distribution(() => Entries(_tree.Shown(node).ToArray()));
        Bin[] bins = _evaluator.Bins(_tree).ToArray();
        return new Distribution(() => Entries(bins));
    }

    private static DistributionEntry[] Entries(IEnumerable<Bin> bins)
        => [.. bins.Select(bin => new DistributionEntry(bin.Value, bin.Weight))];
}
