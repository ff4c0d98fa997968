using System;
using BigMlFlow.Models;

namespace BigMlFlow.Tabular;

/// <summary>A table of rows that cannot be read, or a table of predictions that cannot be written.</summary>
public sealed class TableException : BigMLException
{
    /// <summary>Makes an error about a table.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="line">The line of the text, from 1; null where the table as a whole is meant.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public TableException(string message, long? line = null, Exception? innerException = null)
        : base(message, innerException)
        => Line = line;

    /// <summary>The line of the text, from 1; null where the table as a whole is meant.</summary>
    public long? Line { get; }
}
