using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Flavor;
using BigMlFlow.Models;
using BigMlFlow.Tabular;

namespace BigMlFlow.Tool;

/// <summary>The command <c>predict</c>: a table of rows in, a table of predictions out.</summary>
internal static class PredictCommand
{
    /// <summary>The name that stands for standard input or output.</summary>
    private const string Standard = "-";

    private static readonly Option<string> ModelPath = new("--model", "-m") { Description = "The model: a resource as JSON, a folder with an ensemble's or a fusion's parts, or a saved MLflow model directory.", Required = true };
    private static readonly Option<string> Input = new("--input", "-i") { Description = "The rows, as .csv or .jsonl; standard input by default.", DefaultValueFactory = _ => Standard };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "Where the predictions go, as .csv or .jsonl; standard output by default. A file appears when it is complete.", DefaultValueFactory = _ => Standard };
    private static readonly Option<string?> Format = new("--format", "-f") { Description = "csv or jsonl: the form of an input or output whose name does not tell. By default csv in, and out what comes in." };
    private static readonly Option<string?> Delimiter = new("--delimiter", "-d") { Description = "What is between two fields of delimited text: a character, or tab. By default a comma, and a tab in .tsv files." };
    private static readonly Option<string?> Encoding = new("--encoding", "-e") { Description = "The encoding of delimited input without a byte order mark, such as windows-1252; utf8 by default." };
    private static readonly Option<string?> Options = new("--options") { Description = "How to predict, as the keyword arguments of BigML's Python bindings in JSON: '{\"missing_strategy\": 1}'." };
    private static readonly Option<bool> IncludeInput = new("--include-input") { Description = "Begin the rows of delimited output with the columns of the input." };
    private static readonly Option<string> Prefix = new("--prefix") { Description = "What the names of the prediction's columns begin with in delimited output.", DefaultValueFactory = _ => string.Empty };

    internal static Command Create()
    {
        var command = new Command("predict", "Scores a table of rows with a model: a prediction a row, in order.")
        {
            ModelPath, Input, Output, Format, Delimiter, Encoding, Options, IncludeInput, Prefix,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(Console.Error, isShown: !Console.IsErrorRedirected);
        try
        {
            ScoringProgress result = Score(parsed, progress, cancellation);
            return result.Refused == 0 ? ExitCode.Success : ExitCode.SomeRowsRefused;
        }
        catch (BigMLException error)
        {
            progress.Say("error: " + error.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static ScoringProgress Score(ParseResult parsed, ProgressLine progress, CancellationToken cancellation)
    {
        string input = parsed.GetRequiredValue(Input), output = parsed.GetRequiredValue(Output);
        TableFormat? named = parsed.GetValue(Format) is { } name ? TableFormats.FromName(name) : null;
        TableFormat from = FormatOf(input) ?? named ?? TableFormat.Csv;
        TableFormat to = FormatOf(output) ?? named ?? from;
        string? given = parsed.GetValue(Delimiter);

        string path = parsed.GetRequiredValue(ModelPath);
        BigMLModel model = ModelDirectory.Exists(path) ? ModelDirectory.Load(path, warning => progress.Say("warning: " + warning)) : BigMLModel.Load(path);
        PredictionOptions options = ReferenceOptions.Parse(parsed.GetValue(Options) ?? "{}", model.Type);
        var scorer = new RowScorer(model, options)
        {
            IncludeInput = parsed.GetValue(IncludeInput),
            Prefix = parsed.GetRequiredValue(Prefix),
            Delimiter = DelimiterOf(output, given),
            OnBadRow = row => progress.Say(row.ToString()),
            OnNoMatch = message => progress.Say("warning: " + message),
            OnProgress = progress.Show,
        };
        System.Text.Encoding? encoding = parsed.GetValue(Encoding) is { } encodingName ? TextEncodings.Find(encodingName) : null;
        using RowReader rows = input == Standard
            ? RowReader.Create(Console.OpenStandardInput(), "standard input", from, DelimiterOf(input, given), encoding)
            : RowReader.Open(input, from, DelimiterOf(input, given), encoding);
        if (output != Standard)
            return scorer.Score(rows, output, to, cancellation);
        using Stream stream = Console.OpenStandardOutput();
        return scorer.Score(rows, stream, to, cancellation);
    }

    /// <summary>The form that the name of a file tells.</summary>
    private static TableFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => TableFormat.JsonLines,
        ".csv" or ".tsv" => TableFormat.Csv,
        _ => null,
    };

    private static char DelimiterOf(string path, string? given)
        => given is not null ? TableFormats.Delimiter(given) : Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
}
