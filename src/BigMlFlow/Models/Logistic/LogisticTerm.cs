using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Logistic;

/// <summary>What one input field adds to the logits: its rows in the table of coefficients, a row having a column for each class.</summary>
internal sealed class LogisticTerm(Field field)
{
    internal Field Field { get; } = field;

    internal int Slot { get; } = field.Slot;

    /// <summary>The first row: that of the number, or of the first category, term or item.</summary>
    internal int Row { get; set; }

    /// <summary>How many categories, terms or items have a row.</summary>
    internal int Count { get; set; }

    /// <summary>The row of a missing value; -1 where a missing value adds nothing.</summary>
    internal int MissingRow { get; set; } = -1;

    /// <summary>Finds terms or items; null for numbers and categories.</summary>
    internal TermCounter? Counter { get; set; }

    /// <summary>Subtracted from a number of a balanced model.</summary>
    internal double Mean { get; set; }

    /// <summary>What a number of a balanced model is divided by; 0 where it is not divided.</summary>
    internal double Deviation { get; set; }
}
