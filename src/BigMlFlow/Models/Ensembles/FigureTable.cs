using System;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// The rounded figures of the ensemble's classes in every node of its trees: what a row's answer adds up, without dividing and
/// rounding again for every row.
/// </summary>
internal sealed class FigureTable
{
    /// <summary>Larger tables, of 32 MiB, would not pay for the memory.</summary>
    private const long MostFigures = 1 << 22;

    private readonly double[][] _byTree;
    private readonly int _classes;

    private FigureTable(double[][] byTree, int classes)
    {
        _byTree = byTree;
        _classes = classes;
    }

    /// <summary>The table of an ensemble.</summary>
    /// <returns>Null where it would be too large.</returns>
    internal static FigureTable? Of(Ensemble ensemble, OperatingKind kind)
    {
        int classes = ensemble.Classes.Count;
        long nodes = 0;
        foreach (EnsembleTree tree in ensemble.Trees)
            nodes += tree.Tree.NodeCount;
        if (nodes * classes > MostFigures)
            return null;
        var byTree = new double[ensemble.Trees.Length][];
        for (int index = 0; index < byTree.Length; index++)
            byTree[index] = Figures(ensemble.Trees[index], kind, classes);
        return new FigureTable(byTree, classes);
    }

    /// <summary>The figures of a node. Where they cannot be computed the first is NaN.</summary>
    internal ReadOnlySpan<double> Of(int tree, int node) => _byTree[tree].AsSpan(node * _classes, _classes);

    private static double[] Figures(EnsembleTree tree, OperatingKind kind, int classes)
    {
        var figures = new double[tree.Tree.NodeCount * classes];
        var own = new double[tree.ClassMap.Length];
        for (int node = 0; node < tree.Tree.NodeCount; node++)
        {
            Span<double> target = figures.AsSpan(node * classes, classes);
            if (kind == OperatingKind.Confidence && tree.Tree.Answers[node].Count < 1 && tree.Tree.Merged(node).Length > 0)
            {
                target[0] = double.NaN;
                continue;
            }
            TreeEvaluator.FiguresOf(tree.Tree, node, kind, own);
            for (int index = 0; index < own.Length; index++)
            {
                if (tree.ClassMap[index] < classes)
                    target[tree.ClassMap[index]] += own[index];
            }
        }
        return figures;
    }
}
