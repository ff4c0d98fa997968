using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// Trees whose nodes all split in two by a number or a category, laid out in one array and descended eight at a time: a
/// descent waits for memory at every level, and eight that do not depend on each other wait together. There are no jumps to
/// predict but the one that ends the descent.
/// </summary>
internal sealed class Forest
{
    private const int Width = 8;

    private readonly SplitNode[] _nodes;
    private readonly int[] _roots;
    private readonly bool _placesMissing;

    private Forest(SplitNode[] nodes, int[] roots, ForestColumns columns, bool placesMissing)
    {
        _nodes = nodes;
        _roots = roots;
        _placesMissing = placesMissing;
        Columns = columns;
    }

    /// <summary>What the nodes ask of a row.</summary>
    internal ForestColumns Columns { get; }

    /// <summary>The forest of some trees.</summary>
    /// <returns>Null where a tree has nodes of other kinds.</returns>
    internal static Forest? Of(IReadOnlyCollection<Tree> trees)
    {
        if (!trees.All(tree => tree.IsBinary))
            return null;
        var columns = new ForestColumns();
        var nodes = new SplitNode[trees.Sum(tree => tree.NodeCount)];
        var roots = new List<int>();
        bool placesMissing = false;
        int root = 0;
        foreach (Tree tree in trees)
        {
            roots.Add(root);
            for (int node = 0; node < tree.NodeCount; node++)
            {
                SplitNode split = tree.Splits[node];
                placesMissing |= split.Meta >> SplitNode.MissingShift != 0;
                nodes[root + node] = columns.Translate(split, root);
            }
            root += tree.NodeCount;
        }
        return new Forest(nodes, [.. roots], columns, placesMissing);
    }

    /// <summary>Finds the last node that the row reaches in each tree, with the missing strategy "last prediction".</summary>
    /// <param name="row">The row's columns.</param>
    /// <param name="reached">As many as there are trees.</param>
    /// <returns>False, and nothing is found, where the row misses something and nodes lead missing values on.</returns>
    internal bool TryDescend(ForestRow row, int[] reached)
    {
        if (!row.HasMissing)
            DescendAll(default(AnyNumber), row.Columns, reached);
        else if (!_placesMissing)
            DescendAll(default(NumberOrMissing), row.Columns, reached);
        else
            return false;
        return true;
    }

    private void DescendAll<TStep>(TStep step, double[] columns, int[] reached)
        where TStep : struct, IStep
    {
        ref double first = ref MemoryMarshal.GetReference(columns.AsSpan());
        int tree = 0;
        for (; tree + Width <= _roots.Length; tree += Width)
            DescendEight(step, ref first, _roots.AsSpan(tree, Width), reached.AsSpan(tree, Width));
        ref SplitNode nodes = ref MemoryMarshal.GetReference(_nodes.AsSpan());
        for (; tree < _roots.Length; tree++)
        {
            int node = _roots[tree];
            for (int next; (next = step.Next(ref nodes, node, ref first)) != node;)
                node = next;
            reached[tree] = node - _roots[tree];
        }
    }

    /// <summary>
    /// All indexes are our own, from the compiler on: columns lie within the row, children within the nodes. So no bounds are
    /// checked. A last node leads to itself; the descent ends when all eight stay where they are.
    /// </summary>
    private void DescendEight<TStep>(TStep step, ref double columns, ReadOnlySpan<int> roots, Span<int> reached)
        where TStep : struct, IStep
    {
        ref SplitNode nodes = ref MemoryMarshal.GetReference(_nodes.AsSpan());
        int a = roots[0], b = roots[1], c = roots[2], d = roots[3], e = roots[4], f = roots[5], g = roots[6], h = roots[7];
        int moved;
        do
        {
            int next = step.Next(ref nodes, a, ref columns);
            moved = next ^ a;
            a = next;
            next = step.Next(ref nodes, b, ref columns);
            moved |= next ^ b;
            b = next;
            next = step.Next(ref nodes, c, ref columns);
            moved |= next ^ c;
            c = next;
            next = step.Next(ref nodes, d, ref columns);
            moved |= next ^ d;
            d = next;
            next = step.Next(ref nodes, e, ref columns);
            moved |= next ^ e;
            e = next;
            next = step.Next(ref nodes, f, ref columns);
            moved |= next ^ f;
            f = next;
            next = step.Next(ref nodes, g, ref columns);
            moved |= next ^ g;
            g = next;
            next = step.Next(ref nodes, h, ref columns);
            moved |= next ^ h;
            h = next;
        }
        while (moved != 0);
        reached[0] = a - roots[0];
        reached[1] = b - roots[1];
        reached[2] = c - roots[2];
        reached[3] = d - roots[3];
        reached[4] = e - roots[4];
        reached[5] = f - roots[5];
        reached[6] = g - roots[6];
        reached[7] = h - roots[7];
    }

    /// <summary>One level down. A structure, so that the compiler of each is made for it alone.</summary>
    private interface IStep
    {
        int Next(ref SplitNode nodes, int node, ref double columns);
    }

    /// <summary>For rows that miss nothing.</summary>
    private readonly struct AnyNumber : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ref SplitNode nodes, int node, ref double columns)
        {
            ref SplitNode split = ref Unsafe.Add(ref nodes, node);
            return split.FirstChild + (Unsafe.Add(ref columns, split.Meta) > split.Threshold ? 1 : 0);
        }
    }

    /// <summary>For rows that miss something: a node that asks for it is the last one.</summary>
    private readonly struct NumberOrMissing : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ref SplitNode nodes, int node, ref double columns)
        {
            ref SplitNode split = ref Unsafe.Add(ref nodes, node);
            double number = Unsafe.Add(ref columns, split.Meta);
            int above = number > split.Threshold ? 1 : 0;
            int moves = above | (number <= split.Threshold ? 1 : 0);
            return node + (split.FirstChild + above - node) * moves;
        }
    }
}
