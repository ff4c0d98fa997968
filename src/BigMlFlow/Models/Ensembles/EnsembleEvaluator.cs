using System;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Ensembles;

/// <summary>Evaluates the trees of an ensemble for one row after the other: all at once where that can be, else one by one.</summary>
internal sealed class EnsembleEvaluator
{
    private readonly Ensemble _ensemble;
    private readonly ComponentRows _rows;
    private readonly Forest? _forest;
    private readonly ForestRow? _forestRow;
    private readonly int[] _reached;
    private readonly double[] _treeFigures;
    private bool _isReached;

    internal EnsembleEvaluator(Ensemble ensemble, ComponentRows rows, MissingStrategy? strategy)
    {
        _ensemble = ensemble;
        _rows = rows;
        Answer = new TreeEvaluator(strategy ?? MissingStrategy.Last);
        _reached = new int[ensemble.Trees.Length];
        _treeFigures = new double[ensemble.VoteClasses.Length];
        if (strategy == MissingStrategy.Proportional || ensemble.Forest is not { } forest)
            return;
        _forest = forest;
        _forestRow = new ForestRow(forest.Columns);
    }

    /// <summary>The answer of the tree evaluated last.</summary>
    internal TreeEvaluator Answer { get; }

    /// <summary>Takes the rows on, once they are filled.</summary>
    internal void NextRow()
    {
        Answer.NextRow();
        if (_forest is null)
            return;
        _forestRow!.Fill(_rows.Row(0));
        _isReached = _forest.TryDescend(_forestRow, _reached);
    }

    /// <summary>Evaluates a tree.</summary>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void Evaluate(int index)
    {
        EnsembleTree tree = _ensemble.Trees[index];
        if (_isReached)
            Answer.TakeNode(tree.Tree, _reached[index]);
        else
            Answer.Evaluate(tree.Tree, _rows.Row(tree.Group), _rows.Occurrences(tree.Group), tree.Boosting?.Lambda ?? 1);
    }

    /// <summary>The output of a tree alone.</summary>
    /// <exception cref="RowException">It cannot be computed.</exception>
    internal double Output(int index)
    {
        if (_isReached)
            return _ensemble.Trees[index].Tree.Outputs[_reached[index]];
        Evaluate(index);
        return Answer.Output;
    }

    /// <summary>Adds a tree's figures to those of the ensemble's classes.</summary>
    /// <param name="index">The tree.</param>
    /// <param name="kind">Probabilities or confidences.</param>
    /// <param name="table">The figures of all nodes, if there is such a table.</param>
    /// <param name="figures">As long as the ensemble's list of classes.</param>
    /// <exception cref="RowException">A figure cannot be computed.</exception>
    internal void AddFigures(int index, OperatingKind kind, FigureTable? table, Span<double> figures)
    {
        EnsembleTree tree = _ensemble.Trees[index];
        if (_isReached && table is not null)
        {
            ReadOnlySpan<double> known = table.Of(index, _reached[index]);
            if (!double.IsNaN(known[0]))
            {
                for (int @class = 0; @class < known.Length; @class++)
                    figures[@class] += known[@class];
                return;
            }
        }
        Span<double> own = _treeFigures.AsSpan(0, tree.ClassMap.Length);
        if (_isReached)
            TreeEvaluator.FiguresOf(tree.Tree, _reached[index], kind, own);
        else
            Answer.Figures(tree.Tree, _rows.Row(tree.Group), _rows.Occurrences(tree.Group), kind, own);
        for (int @class = 0; @class < own.Length; @class++)
        {
            if (tree.ClassMap[@class] < figures.Length)
                figures[tree.ClassMap[@class]] += own[@class];
        }
    }
}
