using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>Tests compiled predicates on rows (bindings: predicate_utils/utils.py, apply_predicate).</summary>
/// <param name="sets">The sets of <c>in</c> predicates.</param>
/// <param name="texts">The texts that predicates compare with or show.</param>
internal sealed class PredicateTests(ValueSet[] sets, string[] texts)
{
    private readonly ValueSet[] _sets = sets;

    internal string[] Texts { get; } = texts;

    /// <summary>Whether a predicate holds for a row.</summary>
    internal bool Hold(in Predicate predicate, InputRow row, RowOccurrences occurrences)
    {
        switch (predicate.Kind)
        {
            case PredicateKind.Number: // by far the most
                double number = row.Numbers[predicate.Slot];
                return double.IsNaN(number) ? predicate.AcceptsMissing : Compare(predicate.Operator, number, predicate.Number);
            case PredicateKind.Occurrences:
                return Compare(predicate.Operator, occurrences.Count(predicate.Index), predicate.Number);
            case PredicateKind.AnyOccurrences:
                return true;
        }
        if (IsMissing(predicate, row))
            return predicate.AcceptsMissing;
        return predicate.Kind switch
        {
            PredicateKind.NumberIn => _sets[predicate.Index].Has(row.Numbers[predicate.Slot]),
            PredicateKind.Category => (row.Codes[predicate.Slot] == predicate.Index) == (predicate.Operator == PredicateOperator.Equal),
            PredicateKind.CategoryIn => _sets[predicate.Index].Has(row.Codes[predicate.Slot], row.Texts[predicate.Slot]!),
            PredicateKind.Text => Compare(predicate.Operator, PythonText.CodePointOrder.Compare(row.Texts[predicate.Slot]!, Texts[predicate.Index]), 0),
            PredicateKind.Always => true,
            _ => false,
        };
    }

    internal static bool IsMissing(in Predicate predicate, InputRow row)
        => predicate.IsNumeric ? double.IsNaN(row.Numbers[predicate.Slot]) : row.Texts[predicate.Slot] is null;

    private static bool Compare(PredicateOperator @operator, double left, double right) => @operator switch
    {
        PredicateOperator.Less => left < right,
        PredicateOperator.LessOrEqual => left <= right,
        PredicateOperator.Equal => left == right,
        PredicateOperator.NotEqual => left != right,
        PredicateOperator.GreaterOrEqual => left >= right,
        _ => left > right,
    };
}
