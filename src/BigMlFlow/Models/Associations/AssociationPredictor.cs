using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Associations;

/// <summary>
/// Finds what is likely to go with the items of a row: the right sides of the rules whose left sides it shares items with, scored
/// by how similar it is to these (bindings: association.py, association_set).
/// </summary>
internal sealed class AssociationPredictor : Predictor
{
    private const int DefaultMaxItems = 100;

    private readonly Association _model;
    private readonly int _maxItems;
    private readonly bool _full;
    private readonly double[] _measures;

    // The row as it came: values are not cast, and numbers not rounded.
    private readonly InputRow _row;
    private readonly bool[] _present;
    private readonly RowException?[] _failures;
    private readonly RowOccurrences _occurrences;

    private readonly bool[] _matched;
    private readonly double[] _scores;
    private readonly List<string>?[] _rules;
    private readonly List<int> _found = [];

    /// <param name="model">The model.</param>
    /// <param name="options">How many items at most, and how full an answer.</param>
    /// <param name="measures">The measure of each rule that scores it.</param>
    internal AssociationPredictor(Association model, PredictionOptions options, double[] measures)
        : base(model.Fields)
    {
        _model = model;
        _maxItems = options.MaxItems ?? DefaultMaxItems;
        _full = options.Full;
        _measures = measures;
        _row = new InputRow(model.Fields);
        _present = new bool[model.Fields.All.Count];
        _failures = new RowException?[_present.Length];
        _occurrences = new RowOccurrences(model.Matchers, _row);
        _matched = new bool[model.Items.Length];
        int groups = model.Groups.Length == 0 ? 0 : model.Groups.Max() + 1;
        _scores = new double[groups];
        _rules = new List<string>?[groups];
    }

    public override Prediction Predict()
    {
        if (Array.Find(_failures, failure => failure is not null) is { } failed)
            throw failed;
        ExpandDateTimes();
        FillDefaults();
        int matched = MatchItems();
        Score(matched);
        IEnumerable<AssociatedItem> items = _found
            .OrderByDescending(group => _scores[group])
            .Take(_maxItems)
            .Select(group => Answer(group));
        return new AssociationSet(items.ToList(), _full);
    }

    private protected override void ClearRow()
    {
        _row.Clear();
        Array.Clear(_present, 0, _present.Length);
        Array.Clear(_failures, 0, _failures.Length);
    }

    /// <summary>Takes a value as it is: only what a numeric or text field cannot make use of is read as a number or a text.</summary>
    private protected override void Assign(Field field, in Cell cell)
    {
        if (cell.Kind == CellKind.Missing || (cell.Kind == CellKind.Text && Fields.IsMissingToken((string)cell.Value!)))
            return;
        _present[field.Slot] = true;
        _failures[field.Slot] = null;
        if (field.OpType == OpType.Numeric)
            AssignNumber(field, cell);
        else if (field.OpType == OpType.Categorical)
            _row.Texts[field.Slot] = cell.Kind == CellKind.Text ? cell.ToString() : null; // a number is no category, whatever it reads as
        else
            _row.Texts[field.Slot] = cell.ToString();
    }

    private void AssignNumber(Field field, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Number or CellKind.Integer or CellKind.Boolean:
                _row.Numbers[field.Slot] = cell.NumberValue;
                break;
            case CellKind.Text when PythonFloat.TryParse(field.WithoutAffixes(((string)cell.Value!).AsSpan()), out double number):
                _row.Numbers[field.Slot] = number;
                _present[field.Slot] = !double.IsNaN(number);
                break;
            default:
                _failures[field.Slot] = new RowException($"Mismatch input data type in field \"{field.Name}\" for value {cell}.", field.Name, cell.ToString());
                break;
        }
    }

    private void ExpandDateTimes()
    {
        foreach (DateTimeExpansion expansion in Fields.Expansions)
        {
            if (_row.Texts[expansion.Parent.Slot] is not { } moment)
                continue;
            expansion.Fill(moment, _row.Numbers);
            foreach (Field child in expansion.Children)
                _present[child.Slot] = true;
        }
    }

    private void FillDefaults()
    {
        if (Fields.DefaultNumericValue is not { } name)
            return;
        foreach (Field field in Fields.All)
        {
            if (field.OpType != OpType.Numeric || _present[field.Slot] || !Fields.IsUsed(field))
                continue;
            _row.Numbers[field.Slot] = field.Statistics.TryGetValue(name, out double value) ? value : 0;
            _present[field.Slot] = true;
        }
    }

    private int MatchItems()
    {
        _occurrences.NextRow();
        int matched = 0;
        for (int item = 0; item < _matched.Length; item++)
        {
            AssociationItem candidate = _model.Items[item];
            _matched[item] = candidate.Matches(_present[candidate.Field.Slot], _row, _occurrences);
            if (_matched[item])
                matched++;
        }
        return matched;
    }

    /// <summary>Adds up, for each right side, the cosines between the row's items and the left sides, times the rules' measures.</summary>
    private void Score(int matched)
    {
        _found.Clear();
        Array.Clear(_rules, 0, _rules.Length);
        for (int index = 0; index < _measures.Length; index++)
        {
            AssociationRule rule = _model.Rules[index];
            if (IsKnown(rule.Right[0]))
                continue;
            int shared = 0;
            foreach (int item in rule.LeftItems)
            {
                if (_matched[item])
                    shared++;
            }
            if (shared == 0)
                continue;
            int group = _model.Groups[index];
            if (_rules[group] is null)
            {
                _rules[group] = [];
                _scores[group] = 0;
                _found.Add(group);
            }
            _scores[group] += shared / (Math.Sqrt(matched) * Math.Sqrt(rule.Left.Length)) * _measures[index];
            _rules[group]!.Add(rule.Id ?? string.Empty);
        }
    }

    /// <summary>Whether the row tells already: a number or category by any value of the field, a term or item by being there.</summary>
    private bool IsKnown(int item)
    {
        Field field = _model.Items[item].Field;
        return field.OpType is OpType.Numeric or OpType.Categorical ? _present[field.Slot] : _matched[item];
    }

    private AssociatedItem Answer(int group)
    {
        AssociationItem item = _model.Items[_model.Rules[Array.IndexOf(_model.Groups, group)].Right[0]];
        if (!Finite.Is(_scores[group]))
            throw new RowException($"The score of the item {item.Name} of the field {item.Field.Name} is no number: the rules' measures are too large.", item.Field.Name);
        return new AssociatedItem(item, _scores[group], new NameList(_rules[group]!));
    }
}
