using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Models.Associations;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>An item that is likely to go with a row's items.</summary>
public sealed class AssociatedItem
{
    internal AssociatedItem(AssociationItem item, double score, NameList rules)
    {
        FieldId = item.Field.Id;
        Field = item.Field.Name;
        Name = item.Name;
        Complement = item.Complement;
        Count = item.Count;
        Description = item.Description;
        Score = score;
        Rules = rules;
    }

    /// <summary>The id of the item's field.</summary>
    public string FieldId { get; }

    /// <summary>The name of the item's field.</summary>
    public string Field { get; }

    /// <summary>The category, term or item, or the name of a range; null if that the value is missing.</summary>
    public string? Name { get; }

    /// <summary>Whether it is the opposite that is likely: that the value is another.</summary>
    public bool Complement { get; }

    /// <summary>How many training instances have the item; null where the model does not say.</summary>
    public double? Count { get; }

    /// <summary>The item in words; null where the model has none.</summary>
    public string? Description { get; }

    /// <summary>How strongly the rules point to it, in the unit of the measure that scores.</summary>
    public double Score { get; }

    /// <summary>The ids of the rules that point to it.</summary>
    public NameList Rules { get; }

    /// <summary>The field, the item and the score: <c>species = setosa (0.5)</c>.</summary>
    public override string ToString() => $"{Field} {(Complement ? "!=" : "=")} {Name ?? "missing"} ({NumberFormatter.Shortest(Score)})";

    internal void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumberText("score", Score);
        writer.WriteOptional("rules", Rules);
        writer.WriteStartObject("item");
        writer.WriteBoolean("complement", Complement);
        writer.WriteNumberText("count", Count ?? double.NaN);
        writer.WriteString("field_id", FieldId);
        writer.WriteString("name", Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

/// <summary>A list of items that prints as the items with their scores.</summary>
public sealed class AssociatedItemList : PrintedList<AssociatedItem>
{
    private readonly IReadOnlyList<AssociatedItem> _items;

    internal AssociatedItemList(IReadOnlyList<AssociatedItem> items) => _items = items;

    private protected override IReadOnlyList<AssociatedItem> Items => _items;
}

/// <summary>The answer of an association: the items that are likely to go with a row's, the most likely first.</summary>
public sealed class AssociationSet : Prediction
{
    private readonly bool _isFull;

    internal AssociationSet(IReadOnlyList<AssociatedItem> items, bool isFull)
    {
        _isFull = isFull;
        Items = new AssociatedItemList(items);
    }

    /// <summary>The name of the most likely item's field; null if no rule applies.</summary>
    public string? Field => First?.Field;

    /// <summary>The most likely item; null if no rule applies, or if that is that the value is missing.</summary>
    public string? Item => First?.Name;

    /// <summary>Its score; null if no rule applies.</summary>
    public double? Score => First?.Score;

    /// <summary>The items, by score.</summary>
    public AssociatedItemList Items { get; }

    private AssociatedItem? First => Items.Count > 0 ? Items[0] : null;

    /// <summary>The items with their scores.</summary>
    public override string ToString() => Items.ToString();

    internal override CompactPrediction ToCompact() => new(Item, Score ?? double.NaN);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (_isFull)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("rules");
        }
        writer.WriteStartArray();
        foreach (AssociatedItem item in Items)
            item.WriteJson(writer);
        writer.WriteEndArray();
        if (_isFull)
            writer.WriteEndObject();
    }
}
