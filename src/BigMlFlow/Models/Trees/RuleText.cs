using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>Spells predicates out as the bindings do (predicate_utils/utils.py, predicate_to_rule).</summary>
internal static class RuleText
{
    // By operator. Python's inverted table keeps the second of the two names for "not equal".
    private static readonly string[] Operators = ["<", "<=", "=", "/=", ">=", ">", "in"];

    /// <summary>The rules on the way from the root to a node.</summary>
    /// <param name="fields">The fields, for their names.</param>
    /// <param name="matchers">The tree's matchers, for their terms.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="node">The node.</param>
    /// <param name="isDistinct">Whether a repeated rule is listed once.</param>
    internal static IReadOnlyList<string> Path(FieldSet fields, IReadOnlyList<OccurrenceMatcher> matchers, Tree tree, int node, bool isDistinct)
    {
        var rules = new List<string>();
        HashSet<string>? seen = isDistinct ? new(StringComparer.Ordinal) : null;
        foreach (int step in tree.PathTo(node))
        {
            ref readonly Predicate predicate = ref tree.PredicateOf(step);
            string rule = Rule(fields.All[predicate.Slot], matchers, tree, predicate);
            if (seen is null || seen.Add(rule))
                rules.Add(rule);
        }
        return rules;
    }

    /// <summary>A number as Python shows it, as a float or as an integer.</summary>
    internal static string Number(double number, bool isInteger)
        => isInteger ? (number == 0 ? 0 : number).ToString("F0", CultureInfo.InvariantCulture) : NumberFormatter.PythonRepr(number);

    private static string Rule(Field field, IReadOnlyList<OccurrenceMatcher> matchers, Tree tree, in Predicate predicate)
    {
        string orMissing = predicate.SaysMissing ? " or missing" : string.Empty;
        if (predicate.Kind is PredicateKind.Occurrences or PredicateKind.AnyOccurrences)
            return TermRule(field, matchers[predicate.Index].Term, tree, predicate) + orMissing;
        if (predicate.ShownAs == ShownValue.Null)
            return $"{field.Name} {(predicate.Operator == PredicateOperator.Equal ? "is missing" : "is not missing")}";
        return $"{field.Name} {Operators[(int)predicate.Operator]} {Value(tree, predicate)}{orMissing}";
    }

    /// <summary>A rule about a term. A space stays behind the term even where nothing follows.</summary>
    private static string TermRule(Field field, string term, Tree tree, in Predicate predicate)
    {
        bool isFullTerm = IsFullTerm(field, term);
        var rule = new StringBuilder(field.Name).Append(' ');
        bool isAbsence = (predicate.Operator == PredicateOperator.Less && predicate.Number <= 1)
            || (predicate.Operator == PredicateOperator.LessOrEqual && predicate.Number == 0);
        rule.Append(isAbsence
            ? (isFullTerm ? "is not equal to" : "does not contain")
            : (isFullTerm ? "is equal to" : "contains"));
        rule.Append(' ').Append(term).Append(' ');
        if (!isAbsence && !isFullTerm && (predicate.Operator != PredicateOperator.Greater || predicate.Number != 0))
        {
            string times = Value(tree, predicate) + (predicate.Number == 1 ? " time" : " times");
            rule.Append(predicate.Operator switch
            {
                PredicateOperator.LessOrEqual => "no more than " + times,
                PredicateOperator.GreaterOrEqual => times + " at most", // the bindings' words, for all that they say the opposite
                PredicateOperator.Greater => "more than " + times,
                PredicateOperator.Less => "less than " + times,
                _ => Operators[(int)predicate.Operator] + " " + times, // the bindings have no words for these
            });
        }
        return rule.ToString();
    }

    private static string Value(Tree tree, in Predicate predicate) => predicate.ShownAs switch
    {
        ShownValue.Text => tree.Texts[predicate.Shown],
        ShownValue.Null => "None",
        _ => Number(predicate.Number, predicate.ShownAs == ShownValue.Integer),
    };

    /// <summary>Whether a term stands for the whole text: always in that token mode, and under "all" where a word boundary lies inside it.</summary>
    private static bool IsFullTerm(Field field, string term)
    {
        if (field.OpType != OpType.Text)
            return false;
        switch (field.TermOptions?.TokenMode)
        {
            case "full_terms_only":
                return true;
            case "all":
                // Python's ^.+\b.+$: no line break within, though one may end it.
                ReadOnlySpan<char> text = term.AsSpan();
                if (text.Length > 0 && text[^1] == '\n')
                    text = text.Slice(0, text.Length - 1);
                if (text.IndexOf('\n') >= 0)
                    return false;
                for (int place = 1; place < text.Length; place++)
                {
                    if (TermMatcher.IsBoundary(text, place))
                        return true;
                }
                return false;
            default:
                return false;
        }
    }
}
