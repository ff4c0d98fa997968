using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BigMlFlow.Parity;

/// <summary>Says in words and tables what runs came to.</summary>
internal static class Report
{
    private const int Shown = 400;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes each difference of a model; with <paramref name="verbose"/> whole answers, ties and quirks too.</summary>
    internal static void WriteDifferences(TextWriter writer, ModelReport report, bool verbose)
    {
        string? loading = null;
        foreach (CaseResult result in report.Results)
        {
            bool shown = result.Verdict == Verdict.Differed || (verbose && (result.IsTied || result.Verdict == Verdict.Quirk));
            if (!shown)
                continue;
            if (result.Difference is { } reason && reason.StartsWith("the model", StringComparison.Ordinal))
            {
                if (loading is null)
                    writer.WriteLine($"{report.Model.Name}: {reason}");
                loading = reason;
                continue;
            }
            string what = result.Verdict == Verdict.Quirk ? "quirk, " : result.IsTied ? "tie, " : string.Empty;
            writer.WriteLine($"{report.Model.Name} row {result.Case.Row} {result.Case.Method} {result.Case.Options.GetRawText()}: {what}{Line(result.Difference, verbose)}");
            if (!verbose)
                continue;
            writer.WriteLine($"    expected {(result.Case.IsRefused ? $"{result.Case.ErrorType}: {result.Case.ErrorMessage}" : result.Case.Expected.GetRawText())}");
            writer.WriteLine($"    got      {(result.Answer.ValueKind == JsonValueKind.Undefined ? $"{result.ErrorType}: {result.ErrorMessage}" : result.Answer.GetRawText())}");
        }
    }

    /// <summary>Writes the table of verdicts by type and method, and the line that closes the output.</summary>
    internal static void WriteSummary(TextWriter writer, IReadOnlyCollection<ModelReport> reports)
    {
        writer.WriteLine($"{"type",-20}{"method",-20}{"agreed",8}{"exact",8}{"tied",6}{"differed",10}{"refused",9}{"quirk",7}{"unsupported",13}");
        var groups = reports
            .SelectMany(report => report.Results, (report, result) => (report.Type, result.Case.Method, Result: result))
            .GroupBy(each => (each.Type, each.Method))
            .OrderBy(group => group.Key.Type, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Method, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            CaseResult[] results = group.Select(each => each.Result).ToArray();
            writer.WriteLine($"{group.Key.Type,-20}{group.Key.Method,-20}{Count(results, Verdict.Agreed),8}{results.Count(each => each.IsExact),8}{results.Count(each => each.IsTied),6}"
                + $"{Count(results, Verdict.Differed),10}{Count(results, Verdict.Refused),9}{Count(results, Verdict.Quirk),7}{Count(results, Verdict.Unsupported),13}");
        }
        writer.WriteLine();
        writer.WriteLine(Totals(reports));
    }

    /// <summary>The closing line. What differs from an accident of the reference is in none of its figures.</summary>
    internal static string Totals(IReadOnlyCollection<ModelReport> reports)
    {
        int Sum(Verdict verdict) => reports.Sum(report => report.Count(verdict));
        return $"agreed {Sum(Verdict.Agreed)} differed {Sum(Verdict.Differed)} refused {Sum(Verdict.Refused)} unsupported {Sum(Verdict.Unsupported)}";
    }

    /// <summary>Writes what the program answered, in the form of the cases themselves.</summary>
    internal static void WriteAnswers(string folder, ModelReport report)
    {
        string directory = Directory.CreateDirectory(Path.Combine(folder, report.Model.Name)).FullName;
        using var stream = new FileStream(Path.Combine(directory, "cases.jsonl"), FileMode.Create);
        foreach (CaseResult result in report.Results)
        {
            using (var writer = new Utf8JsonWriter(stream, Readable))
                WriteAnswer(writer, result);
            stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteAnswer(Utf8JsonWriter writer, CaseResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("row", result.Case.Row);
        writer.WriteString("method", result.Case.Method);
        writer.WritePropertyName("options");
        result.Case.Options.WriteTo(writer);
        if (result.Answer.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteStartObject("error");
            writer.WriteString("type", result.ErrorType);
            writer.WriteString("message", result.ErrorMessage);
            writer.WriteEndObject();
        }
        else
        {
            writer.WritePropertyName("expected");
            writer.WriteRawValue(result.Answer.GetRawText()); // numbers digit for digit
        }
        if (result.Case.IsQuirk)
            writer.WriteBoolean("quirk", true);
        writer.WriteEndObject();
    }

    private static int Count(CaseResult[] results, Verdict verdict) => results.Count(each => each.Verdict == verdict);

    private static string Line(string? text, bool whole)
    {
        if (text is null)
            return "in another order";
        var line = new StringBuilder(whole || text.Length <= Shown ? text : text[..Shown] + "…");
        return line.Replace("\r", string.Empty).Replace("\n", " ").ToString();
    }
}
