using BigMlFlow.Models.Fields;

namespace BigMlFlow.Models.Deepnets;

/// <summary>Where a column of a deepnet's raw input comes from.</summary>
internal enum ColumnKind
{
    /// <summary>A number, NaN where missing.</summary>
    Number,

    /// <summary>A number, 0 where missing: a flag follows that says so.</summary>
    NumberOrZero,

    /// <summary>1 where the number is missing, 0 where not.</summary>
    MissingFlag,

    /// <summary>How often a term or item occurs.</summary>
    Count,

    /// <summary>A category.</summary>
    Category,

    /// <summary>Nothing that a value can come from.</summary>
    Nothing,
}

/// <summary>A column of the raw input.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Field">The field it comes from.</param>
/// <param name="Term">Which term or item is counted.</param>
internal readonly record struct Column(ColumnKind Kind, Field Field, int Term = 0);

/// <summary>A column of the raw input as the networks see it: a number standardized or made 0 or 1, or a number for each category.</summary>
/// <param name="Column">The column.</param>
/// <param name="Start">The first of the preprocessed inputs that it makes.</param>
internal sealed record Feature(Column Column, int Start)
{
    /// <summary>How many of the preprocessed inputs it makes.</summary>
    internal int Width { get; init; } = 1;

    /// <summary>Subtracted from a number.</summary>
    internal double Mean { get; init; }

    /// <summary>What a number is then divided by, if positive.</summary>
    internal double Deviation { get; init; }

    /// <summary>The number that becomes 1, while others become 0; null where numbers are standardized.</summary>
    internal double? One { get; init; }

    /// <summary>The places of categories among the preprocessed inputs of the feature.</summary>
    internal CategoryPlaces? Places { get; init; }
}
