using System;
using System.Collections.Generic;

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

/// <summary>A resource that cannot be read: not JSON, not BigML's, not finished, not supported, or malformed.</summary>
public sealed class ResourceException : BigMLException
{
    /// <summary>Makes an error about a resource.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="jsonPath">Where in the resource, as a JSON path such as <c>$.object.model.root</c>; null where the file as a whole is meant.</param>
    /// <param name="innerException">The cause, if another exception was one.</param>
    public ResourceException(string message, string? jsonPath = null, Exception? innerException = null)
        : base(jsonPath is null ? message : $"{message} (at {jsonPath})", innerException)
        => JsonPath = jsonPath;

    private ResourceException(ResourceException error, string resource, string source)
        : base($"{error.Message} [{resource} in '{source}']", error.InnerException)
    {
        JsonPath = error.JsonPath;
        Resource = resource;
    }

    /// <summary>Where in the resource, as a JSON path; null where the file as a whole is meant.</summary>
    public string? JsonPath { get; }

    /// <summary>The id of the resource that is wrong, once it is known.</summary>
    public string? Resource { get; }

    /// <summary>The same error, which says in which resource of which file.</summary>
    internal ResourceException In(string resource, string source) => new(this, resource, source);
}

/// <summary>A row that a model refuses: a value of the wrong type, or a field that must be there and is not.</summary>
public sealed class RowException : BigMLException
{
    /// <summary>Makes an error about a row.</summary>
    /// <param name="message">What is wrong, in the words of BigML's bindings where they have some.</param>
    /// <param name="field">The name of the field, if one is to blame.</param>
    /// <param name="value">The value as it is shown, if one is to blame.</param>
    public RowException(string message, string? field = null, string? value = null)
        : base(message)
    {
        Field = field;
        Value = value;
    }

    /// <summary>The name of the field to blame, or null.</summary>
    public string? Field { get; }

    /// <summary>The value to blame as it is shown, or null.</summary>
    public string? Value { get; }
}

/// <summary>A prediction option that the type of model does not have, or a value that it cannot take.</summary>
public sealed class OptionException : BigMLException
{
    /// <summary>Makes an error about an option.</summary>
    /// <param name="message">Which option of which type of model, and what it may be instead.</param>
    public OptionException(string message)
        : base(message)
    {
    }

    internal OptionException(string kind, string option, IReadOnlyList<string> supported)
        : base($"{kind} has no option {option}. It takes {(supported.Count == 0 ? "no options" : string.Join(", ", supported))}.")
    {
        Kind = kind;
        Option = option;
        Supported = supported;
    }

    /// <summary>The type of model with its article, where it does not have the option: <c>A topic model</c>.</summary>
    public string? Kind { get; }

    /// <summary>The option that the type of model does not have, as <see cref="PredictionOptions"/> calls it; null where its value is to blame.</summary>
    public string? Option { get; }

    /// <summary>The options that the type of model has.</summary>
    public IReadOnlyList<string> Supported { get; } = [];
}
