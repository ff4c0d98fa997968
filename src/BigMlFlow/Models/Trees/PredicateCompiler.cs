using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BigMlFlow.Models.Fields;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>Compiles predicates: field ids become slots, categories codes, lists bit sets, terms matchers.</summary>
internal sealed class PredicateCompiler
{
    private readonly FieldSet _definitions;
    private readonly FieldSet _row;
    private readonly MatcherSet _matchers;
    private readonly List<ValueSet> _sets = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _textIndexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Field Definition, Field Row)> _fields = new(StringComparer.Ordinal);

    /// <param name="definitions">The fields as the tree's own model defines them.</param>
    /// <param name="row">The fields of the rows that the tree will see.</param>
    /// <param name="matchers">Where matchers are collected.</param>
    internal PredicateCompiler(FieldSet definitions, FieldSet row, MatcherSet matchers)
    {
        _definitions = definitions;
        _row = row;
        _matchers = matchers;
    }

    /// <summary>What the predicates compiled so far are tested with.</summary>
    internal PredicateTests Tests => new([.. _sets], [.. _texts]);

    /// <summary>The fields that the predicates compiled so far ask for, as the tree's own model defines them.</summary>
    internal IEnumerable<Field> AskedFields => _fields.Values.Select(pair => pair.Definition);

    /// <exception cref="ResourceException">It makes no sense; the caller adds where it stands.</exception>
    internal Predicate Compile(in RawPredicate raw)
    {
        (Field definition, Field field) = FieldOf(raw.Field);
        RawValue value = raw.Value;
        var predicate = new Predicate
        {
            Slot = field.Slot,
            Operator = raw.Operator,
            IsNumeric = field.OpType == OpType.Numeric,
            IsOfTerms = definition.OpType is OpType.Text or OpType.Items,
            Number = value.Number,
            Shown = -1,
        };
        predicate.SaysMissing = raw.AcceptsMissing
            || (raw.Operator == PredicateOperator.In && value.Kind == RawValueKind.List && value.Items!.Any(item => item.Kind == RawValueKind.Null));
        predicate.AcceptsMissing = predicate.SaysMissing || (raw.Operator == PredicateOperator.Equal && value.Kind == RawValueKind.Null);
        Show(ref predicate, value);
        if (raw.Term is { } term)
            CompileTerm(ref predicate, definition, term, value);
        else if (raw.Operator == PredicateOperator.In)
            CompileList(ref predicate, field, value);
        else
            CompileValue(ref predicate, field, value);
        return predicate;
    }

    private void CompileTerm(ref Predicate predicate, Field definition, string term, RawValue value)
    {
        if (definition.OpType is not (OpType.Text or OpType.Items))
            throw new ResourceException($"The field {definition.Id} has no terms: it is neither text nor items.");
        if (value.Kind == RawValueKind.Null && predicate.Operator is PredicateOperator.Equal or PredicateOperator.NotEqual)
        {
            predicate.Kind = predicate.Operator == PredicateOperator.NotEqual ? PredicateKind.AnyOccurrences : PredicateKind.Occurrences;
            predicate.Number = -1; // which no count equals
        }
        else if (value.Kind != RawValueKind.Number || predicate.Operator == PredicateOperator.In)
            throw new ResourceException("Expected the number of times that the term occurs.");
        else
            predicate.Kind = PredicateKind.Occurrences;
        predicate.Index = _matchers.Add(definition, predicate.Slot, term);
    }

    private void CompileValue(ref Predicate predicate, Field field, RawValue value)
    {
        bool isOrdered = predicate.Operator is not (PredicateOperator.Equal or PredicateOperator.NotEqual);
        bool isComparable = value.Kind == (predicate.IsNumeric ? RawValueKind.Number : RawValueKind.Text);
        if (isOrdered && !isComparable)
            throw new ResourceException($"The operator needs {(predicate.IsNumeric ? "a number" : "a text")} to compare the field {field.Id} with.");
        if (!isComparable) // no value equals null, or what is of another type
            predicate.Kind = predicate.Operator == PredicateOperator.Equal ? PredicateKind.Never : PredicateKind.Always;
        else if (predicate.IsNumeric)
            predicate.Kind = PredicateKind.Number;
        else if (!isOrdered && field.CodeOf(value.Text!) is >= 0 and var code)
        {
            predicate.Kind = PredicateKind.Category;
            predicate.Index = code;
        }
        else
        {
            predicate.Kind = PredicateKind.Text;
            predicate.Index = TextIndex(value.Text!);
        }
    }

    private void CompileList(ref Predicate predicate, Field field, RawValue value)
    {
        if (value.Kind != RawValueKind.List)
            throw new ResourceException("The operator 'in' needs a list of values.");
        var codes = new ulong[(field.Categories.Count + 63) / 64];
        HashSet<string>? others = null;
        HashSet<double>? numbers = predicate.IsNumeric ? [] : null;
        foreach (RawValue item in value.Items!)
        {
            if (item.Kind == RawValueKind.Number)
                numbers?.Add(item.Number);
            else if (item.Kind == RawValueKind.Text && field.CodeOf(item.Text!) is >= 0 and var code)
                codes[code >> 6] |= 1UL << (code & 63);
            else if (item.Kind == RawValueKind.Text)
                (others ??= new(StringComparer.Ordinal)).Add(item.Text!);
        }
        predicate.Kind = predicate.IsNumeric ? PredicateKind.NumberIn : PredicateKind.CategoryIn;
        predicate.Index = _sets.Count;
        _sets.Add(new ValueSet(codes, others, numbers));
    }

    private void Show(ref Predicate predicate, RawValue value)
    {
        switch (value.Kind)
        {
            case RawValueKind.Null:
                predicate.ShownAs = ShownValue.Null;
                break;
            case RawValueKind.Number when value.Text is null:
                predicate.ShownAs = value.IsInteger ? ShownValue.Integer : ShownValue.Float;
                break;
            default:
                predicate.ShownAs = ShownValue.Text;
                predicate.Shown = TextIndex(value.Kind == RawValueKind.List ? Repr(value) : value.Text!);
                break;
        }
    }

    /// <summary>A list as Python shows it: <c>['a', "it's", None, 3.0]</c>.</summary>
    private static string Repr(RawValue list)
    {
        var text = new StringBuilder("[");
        foreach (RawValue item in list.Items!)
        {
            if (text.Length > 1)
                text.Append(", ");
            text.Append(item.Kind switch
            {
                RawValueKind.Text => PythonText.Repr(item.Text!),
                RawValueKind.Number => item.Text ?? RuleText.Number(item.Number, item.IsInteger),
                _ => "None",
            });
        }
        return text.Append(']').ToString();
    }

    private (Field Definition, Field Row) FieldOf(string id)
    {
        if (_fields.TryGetValue(id, out (Field Definition, Field Row) fields))
            return fields;
        Field definition = _definitions.ById(id)
            ?? throw new ResourceException($"There is no field {id} among the model's fields: the export lacks fields. Export it with all of them.");
        fields = (definition, _row.ById(id) ?? throw new ResourceException($"There is no field {id} among the ensemble's fields."));
        _fields.Add(id, fields);
        return fields;
    }

    private int TextIndex(string text)
    {
        if (!_textIndexes.TryGetValue(text, out int index))
        {
            index = _texts.Count;
            _texts.Add(text);
            _textIndexes.Add(text, index);
        }
        return index;
    }
}
