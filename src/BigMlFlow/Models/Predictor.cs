using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Models;

/// <summary>
/// Predicts row after row with one model and one set of options. It owns the buffers that this takes, so it serves one thread;
/// the model is shared by any number of predictors. Use: <see cref="Bind"/> once per shape of row, then for each row
/// <see cref="Clear"/>, <see cref="Set(int, in Cell)"/> for each column, <see cref="Predict()"/>.
/// </summary>
public abstract class Predictor
{
    private Field?[] _bound = [];
    private string[] _labels = [];
    private readonly List<int> _unused = [];

    private protected Predictor(FieldSet fields)
    {
        Fields = fields;
    }

    /// <summary>The fields of the model.</summary>
    public FieldSet Fields { get; }

    /// <summary>How many of the bound columns are fields that the model uses.</summary>
    public int MatchedColumns { get; private set; }

    /// <summary>Binds columns to fields: each key is an id, or else a unique name, in its exact case.</summary>
    /// <param name="columns">The keys of the columns, in the order in which values will be set.</param>
    /// <param name="ignoreCase">Whether a key that is neither may also be a name in another case, if just one field is meant and no other column has it.</param>
    public virtual void Bind(IReadOnlyList<string> columns, bool ignoreCase = false)
    {
        _bound = new Field?[columns.Count];
        _labels = new string[columns.Count];
        MatchedColumns = 0;
        HashSet<Field>? taken = ignoreCase ? [.. columns.Select(Fields.Find).OfType<Field>()] : null;
        for (int column = 0; column < columns.Count; column++)
        {
            Field? field = Fields.Find(columns[column]);
            if (field is null && taken is not null && Fields.FindInAnyCase(columns[column]) is { } other && taken.Add(other))
                field = other;
            // What a model does not use is listed by id where it is a field, and as it was given where it is none.
            _labels[column] = field?.Id ?? columns[column];
            if (field is null || !Fields.IsUsed(field))
                continue;
            _bound[column] = field;
            MatchedColumns++;
        }
        Clear();
    }

    /// <summary>Begins a row: every value is missing.</summary>
    public virtual void Clear()
    {
        _unused.Clear();
        ClearRow();
    }

    /// <summary>Sets the value of a column. Where two columns mean one field, the later value counts.</summary>
    /// <param name="column">The place of the column among those bound.</param>
    /// <param name="cell">The value.</param>
    public virtual void Set(int column, in Cell cell)
    {
        if (_bound[column] is { } field)
            Assign(field, cell);
        else if (cell.Kind != CellKind.Missing && !(cell.Kind == CellKind.Text && Fields.IsMissingToken((string)cell.Value!)))
        {
            _unused.Add(column);
            Ignore(_labels[column], cell);
        }
    }

    /// <summary>Sets the value of a column to a text, such as a field of a CSV file, without making a string of it where none is needed.</summary>
    /// <param name="column">The place of the column among those bound.</param>
    /// <param name="text">The text.</param>
    public virtual void Set(int column, ReadOnlySpan<char> text)
    {
        if (_bound[column] is { } field)
            AssignText(field, text);
        else if (!Fields.IsMissingToken(text))
            _unused.Add(column);
    }

    /// <summary>
    /// Whether a column holds numbers. An empty cell of a table is then a missing value, whatever the model's own missing tokens
    /// are: it cannot be anything else. The bindings, whose rows are objects, would refuse it.
    /// </summary>
    /// <param name="column">The place of the column among those bound.</param>
    /// <returns>True if it is bound to a numeric field.</returns>
    public bool IsNumeric(int column) => _bound[column]?.OpType == OpType.Numeric;

    /// <summary>Predicts for the row as it has been set.</summary>
    /// <returns>The answer, of the model's kind.</returns>
    /// <exception cref="RowException">The model refuses the row.</exception>
    public abstract Prediction Predict();

    /// <summary>Predicts for the row as it has been set, and gives the scalars alone: nothing is allocated for a supervised model.</summary>
    /// <returns>The scalars of the answer.</returns>
    /// <exception cref="RowException">The model refuses the row.</exception>
    public virtual CompactPrediction PredictCompact() => Predict().ToCompact();

    /// <summary>Binds and predicts a row of its own, for callers with a row here and there.</summary>
    /// <param name="row">Values by field name or id.</param>
    /// <returns>The answer, of the model's kind.</returns>
    /// <exception cref="RowException">The model refuses the row.</exception>
    public Prediction Predict(IEnumerable<KeyValuePair<string, object?>> row)
    {
        var columns = new List<string>();
        var values = new List<object?>();
        foreach (KeyValuePair<string, object?> pair in row)
        {
            columns.Add(pair.Key);
            values.Add(pair.Value);
        }
        Bind(columns);
        for (int column = 0; column < values.Count; column++)
            Set(column, Cell.From(values[column]));
        return Predict();
    }

    /// <summary>The columns of the row that had a value and that the model does not use: field ids, or keys that are no fields.</summary>
    private protected NameList UnusedFields()
    {
        if (_unused.Count == 0)
            return NameList.Empty;
        var names = new string[_unused.Count];
        for (int index = 0; index < names.Length; index++)
            names[index] = _labels[_unused[index]];
        return new NameList(names);
    }

    /// <summary>The bound columns: ids where they are fields, and else as they were given.</summary>
    private protected IReadOnlyList<string> Labels => _labels;

    private protected abstract void ClearRow();

    private protected abstract void Assign(Field field, in Cell cell);

    /// <summary>Told of a value that no field of the model takes.</summary>
    private protected virtual void Ignore(string column, in Cell cell)
    {
    }

    private protected virtual void AssignText(Field field, ReadOnlySpan<char> text) => Assign(field, Cell.Text(text.ToString()));
}

/// <summary>A predictor whose rows are cast to the model's fields: all types but topic models, associations and time series.</summary>
public abstract class FieldPredictor : Predictor
{
    private protected FieldPredictor(FieldSet fields)
        : base(fields)
    {
        Row = new InputRow(fields);
    }

    internal InputRow Row { get; }

    /// <summary>Takes the row over from another predictor, as an ensemble or a fusion hands it to its components.</summary>
    internal virtual void Take(InputRow row) => Row.Take(row);

    /// <summary>
    /// The figure that <see cref="PredictionOptions.Form"/> asks for, of each class in the order of the model's classes, rounded as
    /// the bindings round their compact lists: what an ensemble or a fusion takes from its components. Allocates nothing.
    /// </summary>
    /// <param name="figures">As long as the model's list of classes.</param>
    internal virtual void Figures(Span<double> figures) => throw new NotSupportedException();

    /// <summary>
    /// Whether the last answer is one that the bindings fail to give. In a fusion they ask such a component again without the
    /// missing strategy "proportional", if that was asked for (supervised.py), and leave it out of the confidences if it fails again.
    /// </summary>
    internal virtual bool IsBeyondBindings => false;

    private protected override void ClearRow() => Row.Clear();

    private protected override void Assign(Field field, in Cell cell) => Row.Assign(field, cell);

    private protected override void AssignText(Field field, ReadOnlySpan<char> text) => Row.AssignText(field, text);
}
