namespace BigMlFlow.Models.Fields;

/// <summary>How BigML treats a field: its <c>optype</c>.</summary>
public enum OpType
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>One of a set of categories.</summary>
    Categorical,

    /// <summary>Free text, of which terms are counted.</summary>
    Text,

    /// <summary>A list of items in one value, with a separator.</summary>
    Items,

    /// <summary>A date and time, from which numeric fields are generated.</summary>
    DateTime,

    /// <summary>Any other: images, regions and what may come. Such fields are carried along, and never used.</summary>
    Other,
}
