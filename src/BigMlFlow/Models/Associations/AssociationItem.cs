using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Associations;

/// <summary>
/// An item that rules speak of: a category, a range of numbers, a term or an item of a list, or that the value is missing; or
/// the opposite, its complement (bindings: item.py).
/// </summary>
internal sealed class AssociationItem
{
    private readonly double _binStart;
    private readonly double _binEnd;

    /// <exception cref="ResourceException">Its field is not there, or a member is of the wrong type.</exception>
    internal AssociationItem(JsonView json, FieldSet fields)
    {
        string fieldId = json.String("field_id");
        Field = fields.ById(fieldId) ?? throw json.Error("field_id", $"There is no field {fieldId} among the model's fields: the export lacks fields. Export it with all of them.");
        Name = json.OptionalString("name");
        Complement = json.Flag("complement");
        Count = json.OptionalNumber("count");
        Description = json.OptionalString("description");
        _binStart = json.OptionalNumber("bin_start") ?? double.NaN;
        _binEnd = json.OptionalNumber("bin_end") ?? double.NaN;
        IsMatched = Name is not null && Field.OpType is OpType.Text or OpType.Items;
    }

    /// <summary>The field whose values it is about.</summary>
    internal Field Field { get; }

    /// <summary>The category, term or item, or the name of the range; null if a missing value is meant.</summary>
    internal string? Name { get; }

    /// <summary>Whether values are meant that the item does not describe.</summary>
    internal bool Complement { get; }

    /// <summary>How many training instances have it; null where the resource does not say.</summary>
    internal double? Count { get; }

    /// <summary>The item in words; null where the resource has none.</summary>
    internal string? Description { get; }

    /// <summary>Whether it is a term or an item that a matcher finds in a text.</summary>
    internal bool IsMatched { get; }

    /// <summary>The number of its matcher, where it has one.</summary>
    internal int Matcher { get; set; }

    /// <summary>Whether a row's value is one that the item stands for.</summary>
    /// <param name="isPresent">Whether the row has a value of the field at all.</param>
    /// <param name="row">The values: numbers and texts as they are.</param>
    /// <param name="occurrences">What matchers count in the row.</param>
    internal bool Matches(bool isPresent, InputRow row, RowOccurrences occurrences)
    {
        if (!isPresent)
            return Name is null; // whether or not it is a complement
        bool matches = Field.OpType switch
        {
            OpType.Numeric => IsInBin(row.Numbers[Field.Slot]),
            OpType.Categorical => Name is not null && row.Texts[Field.Slot] == Name,
            _ => IsMatched && occurrences.Count(Matcher) > 0,
        };
        return matches != Complement;
    }

    /// <summary>Bins are closed at both ends, or open to one side. A range without ends holds nothing: it stands for missing values.</summary>
    private bool IsInBin(double number)
        => !(double.IsNaN(_binStart) && double.IsNaN(_binEnd)) && !(number < _binStart) && !(number > _binEnd);
}
