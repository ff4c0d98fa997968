using System.Collections.Generic;

namespace BigMlFlow.Models.Trees;

/// <summary>What a compiled predicate looks at.</summary>
internal enum PredicateKind : byte
{
    /// <summary>No value satisfies it.</summary>
    Never,

    /// <summary>Every value satisfies it.</summary>
    Always,

    /// <summary>A number against <see cref="Predicate.Number"/>.</summary>
    Number,

    /// <summary>A number against the set <see cref="Predicate.Index"/>.</summary>
    NumberIn,

    /// <summary>The category whose code is <see cref="Predicate.Index"/>, or any other.</summary>
    Category,

    /// <summary>A category against the set <see cref="Predicate.Index"/>.</summary>
    CategoryIn,

    /// <summary>A text against the text <see cref="Predicate.Index"/>, by code points.</summary>
    Text,

    /// <summary>The count of the matcher <see cref="Predicate.Index"/> against <see cref="Predicate.Number"/>; a missing text is an empty one.</summary>
    Occurrences,

    /// <summary>Whatever the count: a term compared with null.</summary>
    AnyOccurrences,
}

/// <summary>How a predicate's value is shown in a rule.</summary>
internal enum ShownValue : byte
{
    /// <summary>The number as Python shows a float.</summary>
    Float,

    /// <summary>The number as Python shows an integer.</summary>
    Integer,

    /// <summary>The text <see cref="Predicate.Shown"/>.</summary>
    Text,

    /// <summary>Null: the rule says whether the field is missing.</summary>
    Null,
}

/// <summary>A compiled predicate: the condition on which a node is entered from its parent.</summary>
internal struct Predicate
{
    internal double Number;

    /// <summary>Where the field lies in a row.</summary>
    internal int Slot;

    /// <summary>Which category, set, text or matcher; see <see cref="PredicateKind"/>.</summary>
    internal int Index;

    /// <summary>Which text shows the value, where the number does not.</summary>
    internal int Shown;

    internal PredicateKind Kind;

    internal PredicateOperator Operator;

    internal ShownValue ShownAs;

    /// <summary>Whether a missing value satisfies it.</summary>
    internal bool AcceptsMissing;

    /// <summary>Whether rules end in "or missing".</summary>
    internal bool SaysMissing;

    /// <summary>Whether the field holds terms or items, whose absence is an answer like any other.</summary>
    internal bool IsOfTerms;

    /// <summary>Whether the field holds numbers: a missing one is NaN, and of other fields the text is null.</summary>
    internal bool IsNumeric;
}

/// <summary>The categories or numbers of an <c>in</c> list.</summary>
internal sealed class ValueSet
{
    private readonly ulong[] _codes;
    private readonly HashSet<string>? _others;
    private readonly HashSet<double>? _numbers;

    /// <param name="codes">A bit for each category of the field's summary.</param>
    /// <param name="others">Categories that the summary does not have; null if there are none.</param>
    /// <param name="numbers">The numbers of a numeric field; null for other fields.</param>
    internal ValueSet(ulong[] codes, HashSet<string>? others, HashSet<double>? numbers)
    {
        _codes = codes;
        _others = others;
        _numbers = numbers;
    }

    /// <summary>Whether the set has a category that is present in a row.</summary>
    internal bool Has(int code, string text)
        => code < 0 ? _others is not null && _others.Contains(text) : (_codes[code >> 6] >> (code & 63) & 1) != 0;

    internal bool Has(double number) => _numbers is not null && _numbers.Contains(number);
}
