using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Projections;

/// <summary>The columns that one input field takes in the expanded input of a PCA.</summary>
internal sealed class PcaTerm(Field field)
{
    internal Field Field { get; } = field;

    internal int Slot { get; } = field.Slot;

    /// <summary>The first column.</summary>
    internal int Column { get; set; }

    /// <summary>How many columns there are, that of a missing category included.</summary>
    internal int Width { get; set; } = 1;

    /// <summary>The column that flags a missing category; -1 where there is none.</summary>
    internal int MissingColumn { get; set; } = -1;

    /// <summary>Finds terms or items; null for numbers and categories.</summary>
    internal TermCounter? Counter { get; set; }

    /// <summary>Whether a missing value leaves columns out of the projection: all but categories.</summary>
    internal bool LeavesOut => Field.OpType != OpType.Categorical;
}
