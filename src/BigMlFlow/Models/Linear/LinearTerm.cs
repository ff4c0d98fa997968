using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Linear;

/// <summary>The columns that one input field takes in the expanded input of a linear regression.</summary>
internal sealed class LinearTerm(Field field)
{
    internal Field Field { get; } = field;

    internal int Slot { get; } = field.Slot;

    /// <summary>The first column.</summary>
    internal int Column { get; set; }

    /// <summary>How many columns numbers, categories, terms or items take, without one for missing values.</summary>
    internal int Count { get; set; } = 1;

    /// <summary>The column that flags a missing value; -1 where there is none.</summary>
    internal int MissingColumn { get; set; } = -1;

    /// <summary>Finds terms or items; null for numbers and categories.</summary>
    internal TermCounter? Counter { get; set; }

    /// <summary>The values of the columns for each category, and for a missing one at the end; null unless the field is coded by projections.</summary>
    internal double[][]? Codes { get; set; }
}
