using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.Models;
using BigMlFlow.Tabular;

namespace BigMlFlow.PowerShell;

/// <summary>
/// Every error record of this module. The ids are stable: scripts may test for them (they are the first part of
/// FullyQualifiedErrorId). Each says what is wrong, where, and what to do about it.
/// </summary>
internal static class Errors
{
    internal static ErrorRecord PathNotFound(string path)
        => Make(
            "BigMLPathNotFound",
            new ItemNotFoundException($"There is no file or folder '{path}'."),
            ErrorCategory.ObjectNotFound,
            path,
            "Check the path. Relative ones begin at PowerShell's location; use -LiteralPath for names with brackets.");

    internal static ErrorRecord NotFileSystem(string path, string provider)
        => Make(
            "BigMLPathNotFileSystem",
            new PSArgumentException($"'{path}' is a path of the provider {provider}: only the file system is supported."),
            ErrorCategory.InvalidArgument,
            path,
            "Give a path of the file system.");

    internal static ErrorRecord ModelUnreadable(Exception error, object target)
        => Make(
            "BigMLModelUnreadable",
            error,
            ErrorCategory.InvalidData,
            target,
            "Give a resource that BigML has finished, as its API or an export writes it, a folder with an ensemble's parts, or a saved MLflow model directory.");

    internal static ErrorRecord NotAModel(object? value)
        => Make(
            "BigMLNotAModel",
            new PSArgumentException($"-Model was given {Describe(value)}, which is neither a model nor a path to one."),
            ErrorCategory.InvalidArgument,
            value,
            "Give the output of Import-BigMLModel or Save-BigMLModel, or the path of a model.");

    /// <param name="error">What the model says.</param>
    /// <param name="target">The model.</param>
    /// <param name="parameters">The cmdlet's parameters: an option that has none is not recommended.</param>
    internal static ErrorRecord OptionInvalid(OptionException error, object target, ICollection<string> parameters)
    {
        string[] others = [.. error.Supported.Where(parameters.Contains).Select(option => "-" + option)];
        return Make(
            "BigMLOptionInvalid",
            error,
            ErrorCategory.InvalidArgument,
            target,
            "Leave the option out, or give it a value that this type of model has: see Get-Help Invoke-BigMLPrediction.",
            error.Option is null ? null : $"{error.Kind} has no -{error.Option}. It takes {(others.Length == 0 ? "no options" : string.Join(", ", others))}.");
    }

    internal static ErrorRecord RowRefused(long row, BigMLException error, object target)
        => Make(
            "BigMLRowRefused",
            error,
            ErrorCategory.InvalidData,
            target,
            "Correct the value, or leave the cell empty if it is missing. The other rows are predicted all the same.",
            $"Row {row}: {error.Message}");

    internal static ErrorRecord FileRowRefused(BadRow row)
        => Make(
            "BigMLRowRefused",
            row.Error,
            ErrorCategory.InvalidData,
            row,
            "Correct the value in the file, or leave the cell empty if it is missing. The other rows are predicted all the same.",
            FormattableString.Invariant($"Row {row.RowNumber} (line {row.LineNumber} of '{row.Source}'): {row.Error.Message}"));

    internal static ErrorRecord RowUnreadable(long row, Exception error, object target)
        => Make(
            "BigMLRowUnreadable",
            error,
            ErrorCategory.InvalidData,
            target,
            "Give rows whose values are plain numbers and texts.",
            $"Row {row}: a value could not be read. {error.Message}");

    internal static ErrorRecord NotARow(long row, object? value)
        => Make(
            "BigMLNotARow",
            new PSArgumentException($"Row {row} is {Describe(value)}, which has no columns."),
            ErrorCategory.InvalidType,
            value,
            "Pipe in objects with a property per field (from Import-Csv, say), hashtables or data rows.");

    internal static ErrorRecord ColumnTaken(string column, object target)
        => Make(
            "BigMLColumnTaken",
            new PSArgumentException($"The row would have two columns '{column}': names that differ only in case are one name, and the prediction adds columns too."),
            ErrorCategory.ResourceExists,
            target,
            "Give -Prefix a text to put before the names of the columns that are added, or rename a column of the rows.");

    internal static ErrorRecord FileFailed(Exception error, string path)
        => Make(
            "BigMLFileFailed",
            error,
            ErrorCategory.ReadError,
            path,
            "Check that the file is what the message expects, that it is not in use, and that you may read it and write the output.");

    internal static ErrorRecord TargetExists(Exception error, string path)
        => Make(
            "BigMLTargetExists",
            error,
            ErrorCategory.ResourceExists,
            path,
            "Give another path, or -Force to replace what is there.");

    internal static ErrorRecord SaveFailed(Exception error, string path)
        => Make(
            "BigMLSaveFailed",
            error,
            ErrorCategory.WriteError,
            path,
            "Check that the folder can be written to and has room. Nothing was left half-written.");

    private static ErrorRecord Make(string id, Exception error, ErrorCategory category, object? target, string action, string? message = null)
        => new(error, id, category, target)
        {
            ErrorDetails = new ErrorDetails(message ?? error.Message) { RecommendedAction = action },
        };

    private static string Describe(object? value) => value is null ? "nothing" : $"a value of type {value.GetType().Name}";
}
