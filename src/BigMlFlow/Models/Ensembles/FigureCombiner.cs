using System;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// Adds up what the trees of an ensemble say of its classes, each tree's figures rounded, and divides by the number of trees
/// (bindings: multivotelist.py, combine_to_distribution without normalizing).
/// </summary>
internal sealed class FigureCombiner
{
    private readonly Ensemble _ensemble;
    private readonly OperatingKind _kind;
    private readonly EnsembleEvaluator _evaluator;
    private readonly FigureTable? _table;

    internal FigureCombiner(Ensemble ensemble, OperatingKind kind, ComponentRows rows, MissingStrategy? strategy)
    {
        _ensemble = ensemble;
        _kind = kind;
        _evaluator = new EnsembleEvaluator(ensemble, rows, strategy);
        _table = strategy == MissingStrategy.Proportional || ensemble.Forest is null ? null : ensemble.Figures(kind);
    }

    /// <summary>The figure that a form of answer asks for, or that decides.</summary>
    internal static OperatingKind KindOf(PredictionOptions options, ClassDecision decision) => options.Form switch
    {
        AnswerForm.Probabilities => OperatingKind.Probability,
        AnswerForm.Confidences => OperatingKind.Confidence,
        AnswerForm.Votes => OperatingKind.Votes,
        _ => decision.Kind,
    };

    internal bool IsBeyondBindings => _evaluator.Answer.IsBeyondBindings;

    /// <summary>Combines, once the rows are filled.</summary>
    /// <param name="figures">As long as the ensemble's list of classes.</param>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void Combine(Span<double> figures)
    {
        _evaluator.NextRow();
        figures.Clear();
        for (int index = 0; index < _ensemble.Trees.Length; index++)
        {
            if (_kind == OperatingKind.Votes)
                AddVote(index, figures);
            else
                _evaluator.AddFigures(index, _kind, _table, figures);
        }
        for (int index = 0; index < figures.Length; index++)
            figures[index] = PythonMath.Round(figures[index] / _ensemble.Trees.Length, TreeStatistics.Decimals);
    }

    private void AddVote(int index, Span<double> figures)
    {
        EnsembleTree tree = _ensemble.Trees[index];
        int vote = tree.ClassMap[(int)_evaluator.Output(index)];
        if (vote >= figures.Length)
            throw new RowException($"The model {tree.Id} votes for '{_ensemble.VoteClasses[vote]}', which is none of the ensemble's classes.");
        figures[vote]++;
    }
}
