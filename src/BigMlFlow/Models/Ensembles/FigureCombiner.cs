using System;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
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
    private readonly TreeEvaluator _evaluator;
    private readonly double[] _treeFigures;

    internal FigureCombiner(Ensemble ensemble, OperatingKind kind, MissingStrategy strategy)
    {
        _ensemble = ensemble;
        _kind = kind;
        _evaluator = new TreeEvaluator(strategy);
        _treeFigures = new double[ensemble.VoteClasses.Length];
    }

    /// <summary>The figure that a form of answer asks for, or that decides.</summary>
    internal static OperatingKind KindOf(PredictionOptions options, ClassDecision decision) => options.Form switch
    {
        AnswerForm.Probabilities => OperatingKind.Probability,
        AnswerForm.Confidences => OperatingKind.Confidence,
        AnswerForm.Votes => OperatingKind.Votes,
        _ => decision.Kind,
    };

    /// <summary>Combines, once the rows are filled.</summary>
    /// <param name="rows">What the trees see.</param>
    /// <param name="figures">As long as the ensemble's list of classes.</param>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void Combine(ComponentRows rows, Span<double> figures)
    {
        figures.Clear();
        foreach (EnsembleTree tree in _ensemble.Trees)
            Add(tree, rows.Row(tree.Group), rows.Occurrences(tree.Group), figures);
        for (int index = 0; index < figures.Length; index++)
            figures[index] = PythonMath.Round(figures[index] / _ensemble.Trees.Length, TreeStatistics.Decimals);
    }

    private void Add(EnsembleTree tree, InputRow row, RowOccurrences occurrences, Span<double> figures)
    {
        if (_kind == OperatingKind.Votes)
        {
            _evaluator.Evaluate(tree.Tree, row, occurrences);
            int vote = tree.ClassMap[(int)_evaluator.Output];
            if (vote >= figures.Length)
                throw new RowException($"The model {tree.Id} votes for '{_ensemble.VoteClasses[vote]}', which is none of the ensemble's classes.");
            figures[vote]++;
            return;
        }
        Span<double> treeFigures = _treeFigures.AsSpan(0, tree.ClassMap.Length);
        _evaluator.Figures(tree.Tree, row, occurrences, _kind, treeFigures);
        for (int index = 0; index < treeFigures.Length; index++)
        {
            if (tree.ClassMap[index] < figures.Length)
                figures[tree.ClassMap[index]] += treeFigures[index];
        }
    }
}
