using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>Grows binary trees as CART does: the best split of all, again and again, until nothing is gained.</summary>
internal sealed class TreeGrower(IReadOnlyList<Field> inputs, Criterion criterion)
{
    private const double LeastGain = 1e-9;

    /// <summary>A leaf holds at least so many rows.</summary>
    public int MinimumLeaf { get; init; } = 1;

    /// <summary>A path holds at most so many conditions.</summary>
    public int MaximumDepth { get; init; } = int.MaxValue;

    /// <summary>Where there is one, each split considers only so many fields, drawn at random.</summary>
    public (int Count, SplitMix Random)? Candidates { get; init; }

    /// <summary>A tree on those rows of the training table.</summary>
    public Node Grow(int[] rows) => Grow(new Node(null, rows), 0);

    private Node Grow(Node node, int depth)
    {
        if (depth < MaximumDepth && BestSplit(node.Rows) is { } best)
        {
            node.Gain = best.Gain;
            foreach (var predicate in new[] { best.Split, Opposite(best.Split) })
                node.Children.Add(Grow(new Node(predicate, [.. node.Rows.Where(predicate.Holds)]), depth + 1));
        }
        return node;
    }

    private (Predicate Split, double Gain)? BestSplit(int[] rows)
    {
        double[] whole = new double[criterion.Width];
        foreach (int row in rows)
            criterion.Add(row, 1, whole);
        double before = criterion.Score(whole);
        (Predicate Split, double Gain)? best = null;
        IEnumerable<int> candidates = Candidates is var (count, random) ? random.Sample(inputs.Count, count) : Enumerable.Range(0, inputs.Count);
        foreach (int input in candidates)
        {
            foreach (var (split, score) in inputs[input].IsNumeric ? Thresholds(inputs[input], rows, whole) : Partitions(inputs[input], rows, whole))
            {
                double gain = score - before;
                if (gain > LeastGain + (best?.Gain ?? 0))
                    best = (split, gain);
            }
        }
        return best;
    }

    /// <summary>The splits half-way between neighbouring values, with the score of their parts.</summary>
    private IEnumerable<(Predicate Split, double Score)> Thresholds(Field field, int[] rows, double[] whole)
    {
        int[] sorted = [.. rows.OrderBy(row => field.Values[row])];
        double[] low = new double[whole.Length];
        double[] high = [.. whole];
        for (int i = 1; i < sorted.Length; i++)
        {
            criterion.Add(sorted[i - 1], 1, low);
            criterion.Add(sorted[i - 1], -1, high);
            double below = field.Values[sorted[i - 1]], above = field.Values[sorted[i]];
            if (below < above && i >= MinimumLeaf && sorted.Length - i >= MinimumLeaf)
                yield return (new Predicate(field, ">", Math.Round((below + above) / 2, 5)), criterion.Score(low) + criterion.Score(high));
        }
    }

    /// <summary>The splits of one category from all others, with the score of their parts.</summary>
    private IEnumerable<(Predicate Split, double Score)> Partitions(Field field, int[] rows, double[] whole)
    {
        for (int category = 0; category < field.Categories!.Length; category++)
        {
            double[] inside = new double[whole.Length];
            double[] outside = [.. whole];
            int count = 0;
            foreach (int row in rows.Where(row => (int)field.Values[row] == category))
            {
                criterion.Add(row, 1, inside);
                criterion.Add(row, -1, outside);
                count++;
            }
            if (count >= MinimumLeaf && rows.Length - count >= MinimumLeaf)
                yield return (new Predicate(field, "=", category), criterion.Score(inside) + criterion.Score(outside));
        }
    }

    private static Predicate Opposite(Predicate predicate) => predicate with { Operator = predicate.Operator == ">" ? "<=" : "!=" };
}
