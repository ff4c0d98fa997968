using System;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Predicts rows with a regression ensemble: the trees' numbers averaged, or weighted by their errors (bindings: multivote.py, avg and error_weighted).</summary>
internal sealed class NumberVotesPredictor : FieldPredictor
{
    /// <summary>Errors are spread over a range from 0 to this, before weights are made of them.</summary>
    private const double ErrorRange = 10;

    private readonly PredictionOptions _options;
    private readonly bool _isWeighted;
    private readonly bool _byMedian;
    private readonly bool _isCastTwice;
    private readonly ComponentRows _rows;
    private readonly VoteSheet _sheet;
    private readonly double[] _weights;
    private readonly bool _looksAtMedians;
    private bool _lacksMedian;

    /// <summary>Whether the medians of the last row were voted on as classes are.</summary>
    private bool _isVotedOn;

    internal NumberVotesPredictor(Ensemble model, PredictionOptions options)
        : base(model.Fields)
    {
        _options = options;
        bool isForm = options.Form != AnswerForm.Prediction;
        // An operating kind stands for a method, and so does its absence where neither a method nor the median is given; the row then goes through twice.
        bool isKind = !isForm && (options.OperatingKind is not null || (options.Method is null && !options.Median));
        _isCastTwice = isKind;
        _isWeighted = isForm ? options.Form == AnswerForm.Confidences
            : isKind ? options.OperatingKind == OperatingKind.Confidence
            : options.Method == CombinationMethod.Confidence;
        _byMedian = options.Median && !isKind;
        _looksAtMedians = isForm ? !options.Compact : options.Full;
        _rows = new ComponentRows(model, Row, isFilteredAgain: false);
        _sheet = new VoteSheet(model, _rows, options.MissingStrategy);
        _weights = new double[model.Trees.Length];
    }

    public override Prediction Predict()
    {
        (double number, double confidence) = Combine();
        if (_options.Form != AnswerForm.Prediction && _options.Compact)
            return new Regression { Prediction = number, IsCompact = true };
        if (!_options.Full)
            return new Regression { Prediction = number, IsBare = true };
        double median = 0, count = 0, total = 0;
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        for (int index = 0; index < _weights.Length; index++)
        {
            ref readonly Vote vote = ref _sheet.Votes[index];
            if (!double.IsNaN(vote.Median))
                median += vote.Median * _weights[index];
            total += _weights[index];
            count += vote.Count;
            least = Math.Min(least, vote.Minimum);
            greatest = Math.Max(greatest, vote.Maximum);
        }
        return new Regression
        {
            Prediction = number,
            Confidence = NumberTreePredictor.Present(confidence),
            Median = median > 0 && !_isVotedOn ? NumberTreePredictor.Present(median / total) : null,
            Count = count,
            Min = _isVotedOn ? null : NumberTreePredictor.Present(least),
            Max = _isVotedOn ? null : NumberTreePredictor.Present(greatest),
            Distribution = _sheet.Sum(_ => true),
            UnusedFields = NameList.Empty,
        };
    }

    internal override bool IsBeyondBindings => _sheet.IsBeyondBindings || _lacksMedian;

    public override CompactPrediction PredictCompact()
    {
        (double number, double confidence) = Combine();
        return new CompactPrediction(null, number, double.NaN, Finite.Is(confidence) ? confidence : double.NaN);
    }

    private (double Number, double Confidence) Combine()
    {
        Row.Complete();
        if (_isCastTwice)
            Row.Recast();
        _rows.Fill();
        _sheet.Collect();
        bool lacksMedian = false;
        foreach (ref readonly Vote vote in _sheet.Votes.AsSpan())
            lacksMedian |= double.IsNaN(vote.Median);
        _lacksMedian = lacksMedian && _looksAtMedians;
        _isVotedOn = lacksMedian && _byMedian;
        if (_isVotedOn)
            return Elect();
        double total = Weigh();
        double number = 0, confidence = 0, confident = 0;
        for (int index = 0; index < _weights.Length; index++)
        {
            ref readonly Vote vote = ref _sheet.Votes[index];
            number += (_byMedian && !double.IsNaN(vote.Median) ? vote.Median : vote.Output) * _weights[index];
            double error = double.IsNaN(vote.Confidence) ? 0 : vote.Confidence;
            if (!_isWeighted && error <= 0)
                continue; // trees without an error do not count towards its average
            confidence += error * _weights[index];
            confident += _weights[index];
        }
        number /= total;
        if (!Finite.Is(number))
            throw new RowException("Failed to predict: the numbers of the trees are too large to compute with.");
        return (number, PythonMath.Round(confidence / (_isWeighted ? total : confident), TreeStatistics.Decimals));
    }

    /// <summary>
    /// Where a tree has no median the bindings no longer see numbers, and let the medians stand for election as they do with
    /// classes: the most frequent, or the most confident one, wins; of several the one that a tree named first.
    /// </summary>
    private (double Number, double Confidence) Elect()
    {
        Vote[] votes = _sheet.Votes;
        if (_options.Method is CombinationMethod.Probability or CombinationMethod.Threshold)
            throw new RowException("Failed to predict: some trees have no median, without which this method cannot combine them.");
        double best = double.NegativeInfinity, number = double.NaN, confidence = double.NaN;
        for (int first = 0; first < votes.Length; first++)
        {
            double sum = 0, weighted = 0, total = 0;
            for (int index = 0; index < votes.Length; index++)
            {
                if (!votes[index].Median.Equals(votes[first].Median))
                    continue;
                double weight = _isWeighted ? votes[index].Confidence : 1;
                sum += weight;
                weighted += weight * votes[index].Confidence;
                total += weight;
            }
            if (sum > best)
                (best, number, confidence) = (sum, votes[first].Median, weighted / total);
        }
        if (double.IsNaN(number))
            throw new RowException("Failed to predict: the trees have no medians.");
        return (number, PythonMath.Round(confidence, TreeStatistics.Decimals));
    }

    /// <summary>The weights of the votes: all 1, or by error, the smallest error weighing most.</summary>
    /// <returns>Their sum.</returns>
    private double Weigh()
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (ref readonly Vote vote in _sheet.Votes.AsSpan())
        {
            double error = double.IsNaN(vote.Confidence) ? 0 : vote.Confidence;
            least = Math.Min(least, error);
            greatest = Math.Max(greatest, error);
        }
        double range = greatest - least;
        if (!_isWeighted || !(range > 0))
        {
            _weights.AsSpan().Fill(1);
            return _weights.Length;
        }
        double total = 0;
        for (int index = 0; index < _weights.Length; index++)
        {
            double error = double.IsNaN(_sheet.Votes[index].Confidence) ? 0 : _sheet.Votes[index].Confidence;
            _weights[index] = Math.Exp((least - error) / range * ErrorRange);
            total += _weights[index];
        }
        return total;
    }
}
