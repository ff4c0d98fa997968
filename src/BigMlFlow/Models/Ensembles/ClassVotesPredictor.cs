using System;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Predicts rows with a classification ensemble by a method: votes by plurality, confidence, probability or threshold (bindings: multivote.py, combine_categorical).</summary>
internal sealed class ClassVotesPredictor : FieldPredictor
{
    private readonly Ensemble _model;
    private readonly PredictionOptions _options;
    private readonly CombinationMethod _method;
    private readonly int _thresholdClass = -1;
    private readonly ComponentRows _rows;
    private readonly VoteSheet _sheet;
    private readonly bool[] _isTaken;

    // By class: the votes, the first tree that voted for it, and the last vote's probability.
    private readonly double[] _votes;
    private readonly int[] _firstVoters;
    private readonly double[] _probabilities;

    internal ClassVotesPredictor(Ensemble model, PredictionOptions options)
        : base(model.Fields)
    {
        _model = model;
        _options = options;
        _method = options.Method!.Value;
        if (_method == CombinationMethod.Threshold)
            _thresholdClass = CheckThreshold();
        _rows = new ComponentRows(model, Row, isFilteredAgain: false);
        _sheet = new VoteSheet(model, _rows, options.MissingStrategy);
        _isTaken = new bool[model.Trees.Length];
        _votes = new double[model.VoteClasses.Length];
        _firstVoters = new int[_votes.Length];
        _probabilities = new double[_votes.Length];
    }

    public override Prediction Predict()
    {
        int winner = Combine(out double confidence, out double count);
        var answer = new Classification
        {
            Prediction = _model.VoteClasses[winner],
            Confidence = NumberTreePredictor.Present(confidence),
            Probability = _probabilities[winner],
            Count = count,
            Distribution = _method == CombinationMethod.Probability || !_options.Full ? null : _sheet.Sum(index => _isTaken[index]),
            UnusedFields = NameList.Empty,
            IsBare = !_options.Full,
        };
        return answer;
    }

    public override CompactPrediction PredictCompact()
    {
        int winner = Combine(out double confidence, out _);
        return new CompactPrediction(_model.VoteClasses[winner], double.NaN, _probabilities[winner], Finite.Is(confidence) ? confidence : double.NaN);
    }

    private int CheckThreshold()
    {
        if (_options.ThresholdVotes is not { } threshold || _options.ThresholdCategory is not { } category)
            throw new OptionException("No category and threshold information was found. The method 'threshold' needs ThresholdVotes and ThresholdCategory.");
        if (threshold > _model.Trees.Length)
            throw new OptionException($"You cannot set a threshold value larger than {_model.Trees.Length}. The ensemble has not enough models to use this threshold value.");
        if (threshold < 1)
            throw new OptionException("The threshold must be a positive value.");
        return Array.IndexOf(_model.VoteClasses, category);
    }

    private int Combine(out double confidence, out double count)
    {
        Row.Complete();
        _rows.Fill();
        _sheet.Collect();
        Array.Clear(_votes, 0, _votes.Length);
        _firstVoters.AsSpan().Fill(-1);
        if (_method == CombinationMethod.Probability)
            return CombineShares(out confidence, out count);
        Take();
        count = 0;
        for (int index = 0; index < _isTaken.Length; index++)
        {
            if (!_isTaken[index])
                continue;
            ref readonly Vote vote = ref _sheet.Votes[index];
            CastVote((int)vote.Output, index, Weight(vote), vote.Probability);
            count += vote.Count;
        }
        int winner = Winner();
        confidence = MeanConfidence(winner);
        return winner;
    }

    /// <summary>Chooses the votes that count: all, but for a threshold. Then the category's if they are enough, else the others'.</summary>
    private void Take()
    {
        if (_method != CombinationMethod.Threshold)
        {
            _isTaken.AsSpan().Fill(true);
            return;
        }
        int votes = 0;
        foreach (ref readonly Vote vote in _sheet.Votes.AsSpan())
            votes += (int)vote.Output == _thresholdClass ? 1 : 0;
        bool isReached = votes >= _options.ThresholdVotes;
        for (int index = 0; index < _isTaken.Length; index++)
            _isTaken[index] = ((int)_sheet.Votes[index].Output == _thresholdClass) == isReached;
    }

    /// <summary>Every entry of each tree's distribution is a vote, of the weight of its share.</summary>
    private int CombineShares(out double confidence, out double count)
    {
        count = 0;
        for (int index = 0; index < _sheet.Votes.Length; index++)
        {
            double total = _sheet.Votes[index].Count;
            if (!(total >= 1) || total != Math.Floor(total))
                throw new RowException($"Probability weighting is not available because distribution seems to have {NumberFormatter.PythonRepr(total)} as number of instances in a node");
            foreach (Bin bin in _sheet.Bins(index))
            {
                int @class = _model.Trees[index].ClassMap[(int)bin.Value];
                double share = PythonMath.Round(bin.Weight / total, TreeStatistics.Decimals);
                CastVote(@class, index, share, share);
                count += bin.Weight;
            }
        }
        int winner = Winner();
        double shares = 0;
        foreach (double votes in _votes)
            shares += votes;
        confidence = TreeStatistics.Wilson(_votes[winner], shares, count);
        return winner;
    }

    private void CastVote(int @class, int voter, double weight, double probability)
    {
        _votes[@class] += weight;
        _probabilities[@class] = probability;
        if (_firstVoters[@class] < 0)
            _firstVoters[@class] = voter;
    }

    private double Weight(in Vote vote)
        => _method != CombinationMethod.Confidence ? 1 : double.IsNaN(vote.Confidence) ? 0 : vote.Confidence;

    /// <summary>The class with the most votes; of several that whose first voter comes first, and among one voter's the last by name.</summary>
    private int Winner()
    {
        int best = -1;
        for (int index = 0; index < _votes.Length; index++)
        {
            if (_firstVoters[index] >= 0 && (best < 0 || IsBefore(index, best)))
                best = index;
        }
        return best >= 0 ? best : throw new RowException("Failed to predict: the trees' distributions are empty.");
    }

    private bool IsBefore(int a, int b)
    {
        if (_votes[a] != _votes[b])
            return _votes[a] > _votes[b];
        if (_firstVoters[a] != _firstVoters[b])
            return _firstVoters[a] < _firstVoters[b];
        return PythonText.CodePointOrder.Compare(_model.VoteClasses[a], _model.VoteClasses[b]) > 0;
    }

    /// <summary>The mean confidence of the votes for the winner, weighted as the votes are.</summary>
    private double MeanConfidence(int winner)
    {
        double sum = 0, total = 0;
        for (int index = 0; index < _isTaken.Length; index++)
        {
            ref readonly Vote vote = ref _sheet.Votes[index];
            if (!_isTaken[index] || (int)vote.Output != winner)
                continue;
            double weight = Weight(vote);
            sum += weight * vote.Confidence;
            total += weight;
        }
        return PythonMath.Round(sum / total, TreeStatistics.Decimals);
    }
}
