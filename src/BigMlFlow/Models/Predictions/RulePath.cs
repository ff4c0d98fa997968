using System;
using System.Collections.Generic;

namespace BigMlFlow.Models.Predictions;

/// <summary>The rules that lead to a tree's answer, spelled out when they are first looked at.</summary>
public sealed class RulePath : PrintedList<string>
{
    private readonly Lazy<IReadOnlyList<string>> _rules;

    internal RulePath(Func<IReadOnlyList<string>> render) => _rules = new(render, isThreadSafe: false);

    private protected override IReadOnlyList<string> Items => _rules.Value;

    /// <summary>The rules on one line, joined with AND.</summary>
    public override string ToString() => string.Join(" AND ", _rules.Value);
}
