using System;
using BigMlFlow.Models;

namespace BigMlFlow.Flavor;

/// <summary>What kind of thing is wrong with a model directory, or stands in the way of one.</summary>
public enum FlavorError
{
    /// <summary>Something is where the directory should be written, and may not be replaced.</summary>
    TargetExists,

    /// <summary>The directory cannot be written.</summary>
    TargetNotWritable,

    /// <summary>There is no model directory: nothing there, or no MLmodel file in it.</summary>
    NoModel,

    /// <summary>The model has other flavors, but not this one.</summary>
    NoFlavor,

    /// <summary>A file of the directory is missing, or is not what it should be.</summary>
    Malformed,

    /// <summary>A path in the directory leads out of it.</summary>
    OutsideDirectory,

    /// <summary>The directory is right, but in a form that is not read.</summary>
    Unsupported,

    /// <summary>An option of saving cannot be, or contradicts another.</summary>
    InvalidOption,
}

/// <summary>A model directory that cannot be read or written.</summary>
public sealed class FlavorException : BigMLException
{
    /// <summary>Makes an error about a model directory.</summary>
    /// <param name="error">What kind of error it is.</param>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public FlavorException(FlavorError error, string message, Exception? innerException = null)
        : base(message, innerException)
        => Error = error;

    /// <summary>What kind of error it is.</summary>
    public FlavorError Error { get; }
}
