using System;
using System.Collections;
using System.Collections.Generic;

namespace BigMlFlow.Models.Predictions;

/// <summary>The rules that lead to a tree's answer, spelled out when they are first looked at.</summary>
public sealed class RulePath : IReadOnlyList<string>
{
    private readonly Lazy<IReadOnlyList<string>> _rules;

    internal RulePath(Func<IReadOnlyList<string>> render) => _rules = new(render, isThreadSafe: false);

    /// <summary>How many rules there are.</summary>
    public int Count => _rules.Value.Count;

    /// <summary>A rule, such as <c>petal length &gt; 2.45</c>.</summary>
    /// <param name="index">Its place, from the root down.</param>
    public string this[int index] => _rules.Value[index];

    /// <summary>The rules from the root down.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<string> GetEnumerator() => _rules.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The rules on one line, joined with AND.</summary>
    public override string ToString() => string.Join(" AND ", _rules.Value);
}
