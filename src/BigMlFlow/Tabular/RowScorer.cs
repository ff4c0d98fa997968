using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BigMlFlow.Models;

namespace BigMlFlow.Tabular;

/// <summary>A row that a model refused, or a line that is no row.</summary>
/// <param name="Source">The name of the text that it is from.</param>
/// <param name="RowNumber">Its place among the rows, from 1.</param>
/// <param name="LineNumber">The line on which it begins, from 1.</param>
/// <param name="Error">Why it was refused.</param>
public sealed record BadRow(string Source, long RowNumber, long LineNumber, RowException Error)
{
    /// <summary>Where, and why: <c>row 3 (line 4): …</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"row {RowNumber} (line {LineNumber}): {Error.Message}");
}

/// <summary>How far the scoring of a table has come, or what it came to.</summary>
/// <param name="Rows">The rows read so far.</param>
/// <param name="Refused">How many of them the model refused.</param>
/// <param name="Fraction">How much of the input has been read, 0 to 1; null where its length is unknown.</param>
public readonly record struct ScoringProgress(long Rows, long Refused, double? Fraction);

/// <summary>
/// Scores a table: a prediction for every row, in order. Rows that the model refuses are reported, keep their place in the
/// output, and do not stop the rest; a table that is malformed stops it.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">How to predict; null for a plain prediction.</param>
public sealed class RowScorer(BigMLModel model, PredictionOptions? options = null)
{
    private const int RowsPerReport = 1 << 12;

    private readonly PredictionOptions _options = options ?? PredictionOptions.Default;

    /// <summary>Whether delimited output begins with the columns of the input.</summary>
    public bool IncludeInput { get; init; }

    /// <summary>What the names of the prediction's columns begin with, in delimited output.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The delimiter of delimited output.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether a column may also be named for its field in another case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Told of each row that is refused.</summary>
    public Action<BadRow>? OnBadRow { get; init; }

    /// <summary>Told now and then how far it has come, and at the end.</summary>
    public Action<ScoringProgress>? OnProgress { get; init; }

    /// <summary>Told, once, if no column of the input is a field that the model uses.</summary>
    public Action<string>? OnNoMatch { get; init; }

    /// <summary>Scores a table into a file, which appears when it is complete or not at all.</summary>
    /// <param name="input">The rows; not disposed here.</param>
    /// <param name="path">The path of the file; an old one is replaced.</param>
    /// <param name="format">Its form; null to go by its name.</param>
    /// <param name="cancellation">Stops it between two rows.</param>
    /// <returns>How many rows there were, and how many were refused.</returns>
    /// <exception cref="TableException">The input is malformed, or the output cannot be written.</exception>
    /// <exception cref="OptionException">The model does not have an option.</exception>
    public ScoringProgress Score(RowReader input, string path, TableFormat? format = null, CancellationToken cancellation = default)
    {
        using var file = new AtomicFile(path);
        ScoringProgress result = Score(input, file.Stream, format ?? TableFormats.FromPath(path), cancellation);
        file.Commit();
        return result;
    }

    /// <summary>Scores a table into a stream.</summary>
    /// <param name="input">The rows; not disposed here.</param>
    /// <param name="output">Where to write, as UTF-8; not disposed here.</param>
    /// <param name="format">The form to write.</param>
    /// <param name="cancellation">Stops it between two rows.</param>
    /// <returns>How many rows there were, and how many were refused.</returns>
    /// <exception cref="TableException">The input is malformed.</exception>
    /// <exception cref="OptionException">The model does not have an option.</exception>
    public ScoringProgress Score(RowReader input, Stream output, TableFormat format, CancellationToken cancellation = default)
    {
        Predictor predictor = model.CreatePredictor(_options);
        if (format == TableFormat.Csv)
            return Score(input, predictor, new CsvPredictionWriter(output, PredictionColumns.For(model, _options), Delimiter, IncludeInput, Prefix), cancellation);
        if (IncludeInput)
            throw new TableException("JSON lines hold the predictions alone: leave the input's columns out, or write delimited text.");
        using var lines = new JsonLinesPredictionWriter(output);
        return Score(input, predictor, lines, cancellation);
    }

    /// <summary>Says that none of the columns is a field that the model uses, and which fields those are.</summary>
    /// <param name="model">The model.</param>
    /// <param name="columns">The columns that there are.</param>
    /// <returns>A message for the user.</returns>
    public static string DescribeNoMatch(BigMLModel model, IReadOnlyList<string> columns)
    {
        const int Shown = 10;
        string[] expected = model.Fields.Inputs.Where(model.Fields.IsUsed).Select(field => field.Name).ToArray();
        string delimiter = columns.Count == 1 && columns[0].FirstOrDefault(letter => letter is ',' or ';' or '\t' or '|') is var found and not '\0'
            ? $" The header has '{(found == '\t' ? "tab" : found.ToString())}' in it: is that the delimiter?"
            : string.Empty;
        return $"None of the columns ({List(columns)}) is a field of {model.Resource}, so every value is missing to it. It uses {List(expected)}.{delimiter}";

        static string List(IReadOnlyList<string> names)
            => string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : string.Empty);
    }

    private ScoringProgress Score(RowReader input, Predictor predictor, PredictionWriter writer, CancellationToken cancellation)
    {
        long refused = 0;
        int bound = -1;
        bool begun = false, matched = false;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    bool more = input.Read();
                    if (!begun)
                    {
                        begun = true;
                        writer.Begin(input);
                    }
                    if (!more)
                        break;
                    if (bound != input.Shape)
                    {
                        bound = input.Shape;
                        predictor.Bind(input.Columns, IgnoreCase);
                        matched |= predictor.MatchedColumns > 0;
                        if (!matched && input.RowNumber == 1 && model.Fields.Inputs.Count > 0)
                            OnNoMatch?.Invoke(DescribeNoMatch(model, input.Columns));
                    }
                    predictor.Clear();
                    input.Fill(predictor);
                    writer.Write(input, predictor);
                }
                catch (RowException error)
                {
                    refused++;
                    OnBadRow?.Invoke(new BadRow(input.Source, input.RowNumber, input.LineNumber, error));
                    writer.WriteRefused(input, error);
                }
                if (input.RowNumber % RowsPerReport == 0)
                    OnProgress?.Invoke(new ScoringProgress(input.RowNumber, refused, input.Progress));
            }
        }
        finally
        {
            // A stream gets what was answered so far even if the input turns out to be malformed; a file is then thrown away.
            writer.Flush();
        }
        var result = new ScoringProgress(input.RowNumber, refused, 1);
        OnProgress?.Invoke(result);
        return result;
    }
}
