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
    private readonly RawTree _raw;
    private readonly FieldSet _definitions;
    private readonly FieldSet _row;
    private readonly MatcherSet _matchers;
    private readonly List<ValueSet> _sets = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _textIndexes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (Field Definition, Field Row)> _fields = [];

    /// <param name="raw">The tree.</param>
    /// <param name="definitions">The fields as the tree's own model defines them.</param>
    /// <param name="row">The fields of the rows that the tree will see.</param>
    /// <param name="matchers">Where matchers are collected.</param>
    internal PredicateCompiler(RawTree raw, FieldSet definitions, FieldSet row, MatcherSet matchers)
    {
        _raw = raw;
        _definitions = definitions;
        _row = row;
        _matchers = matchers;
    }

    internal ValueSet[] Sets => [.. _sets];

    internal string[] Texts => [.. _texts];

    /// <summary>The fields that the predicates compiled so far ask for, as the tree's own model defines them.</summary>
    internal IEnumerable<Field> AskedFields => _fields.Values.Select(pair => pair.Definition);

    internal Predicate Compile(int node)
    {
        ref readonly RawNode raw = ref _raw.Nodes[node];
        if (!raw.HasPredicate)
            throw Error(node, "Expected a predicate: only the root has none.");
        (Field definition, Field field) = FieldOf(raw.Field, node);
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
        if (raw.Term >= 0)
            CompileTerm(ref predicate, node, definition, value);
        else if (raw.Operator == PredicateOperator.In)
            CompileList(ref predicate, node, field, value);
        else
            CompileValue(ref predicate, node, field, value);
        return predicate;
    }

    private void CompileTerm(ref Predicate predicate, int node, Field definition, RawValue value)
    {
        if (definition.OpType is not (OpType.Text or OpType.Items))
            throw Error(node, $"The field {definition.Id} has no terms: it is neither text nor items.");
        if (value.Kind == RawValueKind.Null && predicate.Operator is PredicateOperator.Equal or PredicateOperator.NotEqual)
        {
            predicate.Kind = predicate.Operator == PredicateOperator.NotEqual ? PredicateKind.AnyOccurrences : PredicateKind.Occurrences;
            predicate.Number = -1; // which no count equals
        }
        else if (value.Kind != RawValueKind.Number || predicate.Operator == PredicateOperator.In)
            throw Error(node, "Expected the number of times that the term occurs.");
        else
            predicate.Kind = PredicateKind.Occurrences;
        predicate.Index = _matchers.Add(definition, predicate.Slot, _raw.Texts[_raw.Nodes[node].Term]);
    }

    private void CompileValue(ref Predicate predicate, int node, Field field, RawValue value)
    {
        bool isOrdered = predicate.Operator is not (PredicateOperator.Equal or PredicateOperator.NotEqual);
        bool isComparable = value.Kind == (predicate.IsNumeric ? RawValueKind.Number : RawValueKind.Text);
        if (isOrdered && !isComparable)
            throw Error(node, $"The operator needs {(predicate.IsNumeric ? "a number" : "a text")} to compare the field {field.Id} with.");
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

    private void CompileList(ref Predicate predicate, int node, Field field, RawValue value)
    {
        if (value.Kind != RawValueKind.List)
            throw Error(node, "The operator 'in' needs a list of values.");
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

    private (Field Definition, Field Row) FieldOf(int id, int node)
    {
        if (_fields.TryGetValue(id, out (Field Definition, Field Row) fields))
            return fields;
        string text = _raw.Texts[id];
        Field definition = _definitions.ById(text)
            ?? throw Error(node, $"There is no field {text} among the model's fields: the export lacks fields. Export it with all of them.");
        fields = (definition, _row.ById(text) ?? throw Error(node, $"There is no field {text} among the ensemble's fields."));
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

    private ResourceException Error(int node, string message) => _raw.Error(node, "predicate", message);
}
