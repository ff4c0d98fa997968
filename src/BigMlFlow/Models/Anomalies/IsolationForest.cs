using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Anomalies;

/// <summary>A node of an isolation tree. Its predicates and its children lie side by side in the forest's arrays.</summary>
internal struct IsolationNode
{
    /// <summary>By how much the node deepens what enters it.</summary>
    internal double Weight;

    /// <summary>At a leaf, how much deeper its repeated instances would have been told apart.</summary>
    internal double RepeatDepth;

    internal int FirstPredicate;
    internal int PredicateCount;
    internal int FirstChild;
    internal int ChildCount;
}

/// <summary>Isolation trees in flat arrays: a row that is anomalous is told apart from others after few steps (bindings: anomaly.py).</summary>
internal sealed class IsolationForest
{
    private readonly int[] _roots;
    private readonly IsolationNode[] _nodes;
    private readonly Predicate[] _predicates;
    private readonly PredicateTests _tests;

    internal IsolationForest(int[] roots, IsolationNode[] nodes, Predicate[] predicates, PredicateTests tests)
    {
        _roots = roots;
        _nodes = nodes;
        _predicates = predicates;
        _tests = tests;
    }

    internal int TreeCount => _roots.Length;

    /// <summary>How deep a row comes in the trees, on average.</summary>
    internal double MeanDepth(InputRow row, RowOccurrences occurrences)
    {
        double sum = 0;
        foreach (int root in _roots)
            sum += Depth(root, row, occurrences);
        return sum / _roots.Length;
    }

    /// <summary>How deep a row comes in one tree: on from node to node, to the first child all of whose predicates hold.</summary>
    private double Depth(int root, InputRow row, RowOccurrences occurrences)
    {
        double depth = 0;
        int node = Holds(root, row, occurrences) ? root : -1;
        while (node >= 0)
        {
            ref readonly IsolationNode entered = ref _nodes[node];
            depth += entered.Weight;
            if (entered.ChildCount == 0)
                return depth + entered.RepeatDepth;
            node = EnteredChild(entered, row, occurrences);
        }
        return depth;
    }

    private int EnteredChild(in IsolationNode node, InputRow row, RowOccurrences occurrences)
    {
        for (int child = node.FirstChild, end = child + node.ChildCount; child < end; child++)
        {
            if (Holds(child, row, occurrences))
                return child;
        }
        return -1;
    }

    private bool Holds(int node, InputRow row, RowOccurrences occurrences)
    {
        ref readonly IsolationNode asked = ref _nodes[node];
        for (int place = asked.FirstPredicate, end = place + asked.PredicateCount; place < end; place++)
        {
            if (!_tests.Hold(_predicates[place], row, occurrences))
                return false;
        }
        return true;
    }
}
