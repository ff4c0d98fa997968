using System;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Trees;

/// <summary>
/// Where a row ends in a tree. With the missing strategy "last prediction" that is a node; with "proportional" it may be
/// several leaves, whose distributions are added up (bindings: predict_utils/common.py, proportional_predict). Nothing here
/// recurses, and buffers are used again.
/// </summary>
internal sealed class TreeWalker
{
    private Frame[] _frames = new Frame[16];
    private int _depth;
    private Bin[] _bins = new Bin[64];
    private Bin[] _scratch = new Bin[64];
    private int _used;

    /// <summary>The last node on the single way down from the root.</summary>
    internal int Node { get; private set; }

    /// <summary>Whether a missing value made the way part below <see cref="Node"/>.</summary>
    internal bool IsParted { get; private set; }

    /// <summary>Whether the way, or one of its branches, ended above the leaves because no child fits: there the bindings fail.</summary>
    internal bool IsCutOff { get; private set; }

    /// <summary>The distributions of the leaves reached, added up, by value.</summary>
    internal ReadOnlySpan<Bin> Merged => _bins.AsSpan(0, _used);

    /// <summary>The counts of the leaves reached, without weights.</summary>
    internal double Population { get; private set; }

    internal double Minimum { get; private set; }

    internal double Maximum { get; private set; }

    /// <summary>The sum of the gradients of the leaves reached, in boosted trees.</summary>
    internal double GradientSum { get; private set; }

    /// <summary>The sum of the hessians of the leaves reached, in boosted trees.</summary>
    internal double HessianSum { get; private set; }

    /// <summary>Goes down with the missing strategy "proportional".</summary>
    internal void Walk(Tree tree, InputRow row, RowOccurrences occurrences)
    {
        _used = 0;
        _depth = 0;
        IsCutOff = false;
        Node = Descend(tree, 0, row, occurrences, out bool isParted);
        IsParted = isParted;
        if (isParted)
            Merge(tree, row, occurrences);
        else
            Finish(Reach(tree, Node));
    }

    /// <summary>Follows single branches from a node on.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="node">Where to begin.</param>
    /// <param name="row">The row.</param>
    /// <param name="occurrences">The row's counts of terms.</param>
    /// <param name="isParted">Whether all branches below the last node are to be followed.</param>
    /// <returns>The last node: a leaf, one whose children none fits, or one below which the way parts.</returns>
    private int Descend(Tree tree, int node, InputRow row, RowOccurrences occurrences, out bool isParted)
    {
        isParted = false;
        while (!tree.IsLeaf(node))
        {
            if (!tree.LinksOf(node).IsOneBranch && tree.MissesSplitField(node, row))
            {
                isParted = true;
                return node;
            }
            int child = tree.EnteredChild(node, row, occurrences);
            if (child < 0)
            {
                IsCutOff = true;
                return node;
            }
            node = child;
        }
        return node;
    }

    private void Merge(Tree tree, InputRow row, RowOccurrences occurrences)
    {
        Push(tree, Node);
        while (true)
        {
            ref Frame frame = ref _frames[_depth - 1];
            if (frame.NextChild < frame.EndChild)
            {
                int node = Descend(tree, frame.NextChild++, row, occurrences, out bool isParted);
                if (isParted)
                    Push(tree, node);
                else
                    Add(Reach(tree, node));
            }
            else if (--_depth > 0)
                Add(frame);
            else
            {
                Finish(frame);
                return;
            }
        }
    }

    private void Push(Tree tree, int node)
    {
        if (_depth == _frames.Length)
            Array.Resize(ref _frames, _depth * 2);
        ref readonly NodeLinks links = ref tree.LinksOf(node);
        _frames[_depth++] = new Frame
        {
            NextChild = links.FirstChild,
            EndChild = links.FirstChild + links.ChildCount,
            Start = _used,
            Minimum = double.PositiveInfinity,
            Maximum = double.NegativeInfinity,
        };
    }

    /// <summary>A single node as if it were a merged one; its bins are put on top.</summary>
    private Frame Reach(Tree tree, int node)
    {
        ref readonly NodeAnswer answer = ref tree.Answers[node];
        var frame = new Frame { Start = _used, Population = answer.Count, Minimum = answer.Minimum, Maximum = answer.Maximum };
        if (tree.Kind == TreeKind.Boosted)
        {
            frame.Gradient = answer.Confidence;
            frame.Hessian = answer.Minimum;
            return frame;
        }
        ReadOnlySpan<Bin> bins = tree.Merged(node);
        Reserve(ref _bins, _used + bins.Length);
        bins.CopyTo(_bins.AsSpan(_used));
        _used += bins.Length;
        return frame;
    }

    /// <summary>Adds what lies on top to the frame below it, value by value.</summary>
    private void Add(Frame part)
    {
        ref Frame whole = ref _frames[_depth - 1];
        whole.Population += part.Population;
        whole.Gradient += part.Gradient;
        whole.Hessian += part.Hessian;
        whole.Minimum = Math.Min(whole.Minimum, part.Minimum);
        whole.Maximum = Math.Max(whole.Maximum, part.Maximum);
        if (part.Start == whole.Start)
            return;
        Reserve(ref _scratch, _used - whole.Start);
        ReadOnlySpan<Bin> first = _bins.AsSpan(whole.Start, part.Start - whole.Start), second = _bins.AsSpan(part.Start, _used - part.Start);
        int count = 0, i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            double left = first[i].Value, right = second[j].Value;
            if (left < right)
                _scratch[count++] = first[i++];
            else if (right < left)
                _scratch[count++] = second[j++];
            else
                _scratch[count++] = new Bin(left, first[i++].Weight + second[j++].Weight);
        }
        first.Slice(i).CopyTo(_scratch.AsSpan(count));
        count += first.Length - i;
        second.Slice(j).CopyTo(_scratch.AsSpan(count));
        count += second.Length - j;
        _scratch.AsSpan(0, count).CopyTo(_bins.AsSpan(whole.Start));
        _used = whole.Start + count;
    }

    private void Finish(Frame frame)
    {
        Population = frame.Population;
        GradientSum = frame.Gradient;
        HessianSum = frame.Hessian;
        Minimum = frame.Minimum;
        Maximum = frame.Maximum;
    }

    private static void Reserve(ref Bin[] bins, int count)
    {
        if (bins.Length < count)
            Array.Resize(ref bins, Math.Max(count, bins.Length * 2));
    }

    /// <summary>A node below which the way parts, while its children are followed one after the other.</summary>
    private struct Frame
    {
        internal int NextChild;
        internal int EndChild;

        /// <summary>Where its bins begin; they end where those of the next frame begin.</summary>
        internal int Start;

        internal double Population;
        internal double Gradient;
        internal double Hessian;
        internal double Minimum;
        internal double Maximum;
    }
}
