using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Rows;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Fields;

/// <summary>
/// The fields of a model as the bindings look at them (modelfields.py): by id, by unique name, which of them are inputs,
/// and which texts stand for a missing value.
/// </summary>
public sealed class FieldSet
{
    /// <summary>The texts that mean a missing value where a model has no list of its own (bindings: constants.py).</summary>
    internal static readonly IReadOnlyList<string> DefaultMissingTokens =
    [
        "", "N/A", "n/a", "NULL", "null", "-", "#DIV/0", "#REF!", "#NAME?", "NIL", "nil", "NA", "na",
        "#VALUE!", "#NULL!", "NaN", "#N/A", "#NUM!", "?",
    ];

    private readonly Dictionary<string, Field> _byId;
    private readonly Dictionary<string, Field> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string[]> _missingTokens;
    private readonly bool[] _isInput;
    private readonly Func<Field, double>? _defaultFor;

    /// <param name="all">All fields, each at its slot.</param>
    /// <param name="objective">The objective field; null where the model has none.</param>
    /// <param name="inputs">The inputs in the resource's order, its <c>input_fields</c>.</param>
    /// <param name="modelFields">The inputs that the model really takes; null for those inputs that are preferred.</param>
    /// <param name="missingTokens">The model's own missing tokens; null for the default ones.</param>
    /// <param name="defaultNumericValue">The summary entry that stands in for missing numbers; null if nothing does.</param>
    /// <param name="takesObjective">Whether rows speak of the objective too: those of time series do.</param>
    /// <param name="defaultFor">What stands in for a missing number of a field, NaN for nothing; null for the entry that <paramref name="defaultNumericValue"/> names.</param>
    internal FieldSet(
        IReadOnlyList<Field> all,
        Field? objective,
        IReadOnlyList<Field> inputs,
        IReadOnlyCollection<Field>? modelFields = null,
        IReadOnlyList<string>? missingTokens = null,
        string? defaultNumericValue = null,
        bool takesObjective = false,
        Func<Field, double>? defaultFor = null)
    {
        All = all;
        Objective = objective;
        Inputs = inputs;
        MissingTokens = missingTokens ?? DefaultMissingTokens;
        DefaultNumericValue = defaultNumericValue;
        _defaultFor = defaultFor;
        // By length: few are compared with a text, and no string is made of a span.
        _missingTokens = MissingTokens.Distinct(StringComparer.Ordinal).GroupBy(token => token.Length).ToDictionary(group => group.Key, group => group.ToArray());
        _byId = all.ToDictionary(field => field.Id, StringComparer.Ordinal);
        MakeNamesUnique();
        foreach (Field field in all)
            _byName[field.Name] = field;
        _isInput = new bool[all.Count];
        foreach (Field field in modelFields ?? (IEnumerable<Field>)inputs.Where(field => field.Preferred))
            _isInput[field.Slot] = takesObjective || field != objective;
        Expansions = DateTimeExpansion.Of(all, IsUsed);
        foreach (DateTimeExpansion expansion in Expansions)
            _isInput[expansion.Parent.Slot] = true;
    }

    /// <summary>All fields, in the order of the resource.</summary>
    public IReadOnlyList<Field> All { get; }

    /// <summary>The field that is predicted; null where the model predicts none.</summary>
    public Field? Objective { get; }

    /// <summary>The inputs, in the order of the resource's <c>input_fields</c>.</summary>
    public IReadOnlyList<Field> Inputs { get; }

    /// <summary>The texts that mean a missing value: exactly these, neither trimmed nor in another case.</summary>
    public IReadOnlyList<string> MissingTokens { get; }

    /// <summary>What stands in for a missing number: <c>mean</c>, <c>median</c>, <c>minimum</c>, <c>maximum</c> or <c>zero</c>; null if nothing does.</summary>
    public string? DefaultNumericValue { get; }

    /// <summary>The date-times that rows may have in place of the fields generated from them.</summary>
    internal IReadOnlyList<DateTimeExpansion> Expansions { get; }

    /// <summary>The field of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The field; null if the model has none of that id.</returns>
    public Field? ById(string id) => _byId.TryGetValue(id, out Field? field) ? field : null;

    /// <summary>The field that a key of a row means: an id first, and a unique name only if it is no id.</summary>
    /// <param name="key">An id or a name, in its exact case.</param>
    /// <returns>The field; null if the model has none of that id or name.</returns>
    public Field? Find(string key)
        => _byId.TryGetValue(key, out Field? field) || _byName.TryGetValue(key, out field) ? field : null;

    /// <summary>The one field whose name is the key but for case; null if there is none, or more than one.</summary>
    internal Field? FindInAnyCase(string key)
    {
        Field? found = null;
        foreach (Field field in All)
        {
            if (!string.Equals(field.Name, key, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                return null;
            found = field;
        }
        return found;
    }

    /// <summary>Whether the model uses what a row gives for the field: the objective, say, it does not; a date-time it uses for the fields generated from it.</summary>
    /// <param name="field">A field of this set.</param>
    /// <returns>True if values of the field reach the model.</returns>
    public bool IsUsed(Field field) => _isInput[field.Slot];

    internal bool IsMissingToken(string text) => IsMissingToken(text.AsSpan());

    internal bool IsMissingToken(ReadOnlySpan<char> text)
    {
        if (!_missingTokens.TryGetValue(text.Length, out string[]? tokens))
            return false;
        foreach (string token in tokens)
        {
            if (text.SequenceEqual(token.AsSpan()))
                return true;
        }
        return false;
    }

    /// <summary>What stands in for a missing number of the field; NaN if nothing does. Rounded as any input is.</summary>
    internal double DefaultFor(Field field)
    {
        if (DefaultNumericValue is null || field.OpType != OpType.Numeric)
            return double.NaN;
        if (_defaultFor is not null)
            return _defaultFor(field);
        return field.Statistics.TryGetValue(DefaultNumericValue, out double value) ? PythonMath.Round(value, 5) : 0;
    }

    /// <summary>
    /// The bindings' renaming of repeated names: ids in code-point order, the objective first; a repeated name gets its
    /// column number, and if that is taken too, an underscore and its id (modelfields.py, transform_repeated_names).
    /// </summary>
    private void MakeNamesUnique()
    {
        if (All.Select(field => field.OriginalName).Distinct(StringComparer.Ordinal).Count() == All.Count)
            return;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (Objective is not null)
            taken.Add(Objective.OriginalName);
        foreach (Field field in All.Where(field => field != Objective).OrderBy(field => field.Id, StringComparer.Ordinal))
        {
            string name = field.OriginalName;
            if (taken.Contains(name))
            {
                name += field.ColumnNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (taken.Contains(name))
                    name += "_" + field.Id;
                field.Name = name;
            }
            taken.Add(name);
        }
    }
}
