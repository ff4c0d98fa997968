using System;

namespace BigMlFlow.Models;

/// <summary>
/// The base of every error this library raises on purpose: its message says what is wrong, where, and what to do.
/// </summary>
public class BigMLException : Exception
{
    /// <summary>Makes an error with a message for the user.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public BigMLException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
