using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Tabular;

namespace BigMlFlow.PowerShell.Commands;

/// <summary>The rows of a CSV file that the cmdlet reads, and may write, by itself: several times faster than Import-Csv.</summary>
public sealed partial class InvokeBigMLPredictionCommand
{
    private const string FileSet = "Csv";

    /// <summary>How often progress is shown: more would cost more than the scoring.</summary>
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(250);

    private DateTime _nextProgress;

    /// <summary>The path of a CSV file, or of JSON lines (.jsonl), to read.</summary>
    [Parameter(ParameterSetName = FileSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string CsvPath { get; set; } = string.Empty;

    /// <summary>What separates the columns.</summary>
    [Parameter(ParameterSetName = FileSet)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The encoding of a file without a byte order mark, by its name, such as windows-1252.</summary>
    [Parameter(ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string Encoding { get; set; } = "utf-8";

    /// <summary>The path of a file to write in place of emitting objects: CSV, or JSON lines if it ends in .jsonl.</summary>
    [Parameter(ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Replaces the file of -OutputPath if it is there.</summary>
    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter Force { get; set; }

    private void PredictFile()
    {
        string input = TargetPath(CsvPath);
        if (!File.Exists(input))
        {
            WriteError(Errors.PathNotFound(CsvPath));
            return;
        }
        try
        {
            Encoding encoding = TextEncodings.Find(Encoding);
            using RowReader rows = RowReader.Open(input, delimiter: Delimiter, encoding: encoding);
            if (OutputPath is null)
                EmitRows(rows);
            else
                WriteRows(rows, TargetPath(OutputPath));
        }
        catch (TableException error)
        {
            throw Terminating(Errors.FileFailed(error, CsvPath));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Terminating(Errors.FileFailed(error, CsvPath));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (_nextProgress != default)
                WriteProgress(new ProgressRecord(0, "Predicting", input) { RecordType = ProgressRecordType.Completed });
        }
    }

    private void EmitRows(RowReader rows)
    {
        IReadOnlyList<string>? columns = null;
        while (rows.Read())
        {
            StopToken.ThrowIfCancellationRequested();
            if (!ReferenceEquals(columns, rows.Columns)) // JSON lines may change theirs
            {
                columns = rows.Columns;
                _predictor.Bind(columns, ignoreCase: true);
                WarnIfNothingMatches(columns);
            }
            try
            {
                _predictor.Clear();
                rows.Fill(_predictor);
                Prediction prediction = _predictor.Predict();
                WriteObject(_extender is null ? prediction : Extend(_extender, columns, Values(rows), prediction, rows.RowNumber));
            }
            catch (RowException error)
            {
                WriteError(Errors.FileRowRefused(new BadRow(rows.Source, rows.RowNumber, rows.LineNumber, error)));
            }
            ShowProgress(new ScoringProgress(rows.RowNumber, 0, rows.Progress));
        }
    }

    private void WriteRows(RowReader rows, string output)
    {
        if (!ShouldProcess(output, $"Write the predictions for '{rows.Source}'"))
            return;
        if (File.Exists(output) && !Force)
            throw Terminating(Errors.TargetExists(new IOException($"There is a file '{output}' already."), output));
        var scorer = new RowScorer(_model, Options())
        {
            IncludeInput = IncludeInput,
            Prefix = Prefix,
            Delimiter = Delimiter,
            IgnoreCase = true,
            OnBadRow = bad => WriteError(Errors.FileRowRefused(bad)),
            OnNoMatch = WriteWarning,
            OnProgress = ShowProgress,
        };
        ScoringProgress done = scorer.Score(rows, output, cancellation: StopToken);
        WriteVerbose(FormattableString.Invariant($"Wrote {done.Rows} predictions to '{output}'; {done.Refused} rows were refused."));
    }

    private void ShowProgress(ScoringProgress progress)
    {
        DateTime now = DateTime.UtcNow;
        if (_nextProgress == default)
            _nextProgress = now + ProgressPause;
        if (now < _nextProgress)
            return;
        _nextProgress = now + ProgressPause;
        WriteProgress(new ProgressRecord(0, "Predicting", FormattableString.Invariant($"{progress.Rows} rows"))
        {
            PercentComplete = progress.Fraction is { } fraction ? (int)(100 * fraction) : -1,
        });
    }

    private static object?[] Values(RowReader rows)
    {
        var values = new object?[rows.Columns.Count];
        for (int column = 0; column < values.Length; column++)
            values[column] = rows.Value(column);
        return values;
    }
}
