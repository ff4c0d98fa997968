using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using BigMlFlow.Parity;

// Holds the program against a folder of reference answers: exit status 0 if all agree, 1 if anything differed, 2 if nothing could be compared.
var folder = new Argument<DirectoryInfo>("folder") { Description = "A folder in the form of gold/real or gold/fuzz: index.jsonl, or a folder a model with model.json, input.jsonl and cases.jsonl." };
var only = new Option<string?>("--only") { Description = "Only models whose name or resource type matches: iris-tree, ensemble, model-01*." };
var answers = new Option<DirectoryInfo?>("--answers") { Description = "Also write what the program answered, as <folder>/<name>/cases.jsonl." };
var verbose = new Option<bool>("--verbose") { Description = "Whole answers for each difference, and ties and quirks too." };
var command = new RootCommand("Compares predictions with those of BigML's Python bindings.") { folder, only, answers, verbose };
command.SetAction(Compare);
return command.Parse(args).Invoke();

int Compare(ParseResult parsed)
{
    string? pattern = parsed.GetValue(only);
    DirectoryInfo? target = parsed.GetValue(answers);
    bool whole = parsed.GetValue(verbose);
    Console.OutputEncoding = System.Text.Encoding.UTF8;
    var reports = new List<ModelReport>();
    try
    {
        foreach (ReferenceModel model in ReferenceModel.Find(parsed.GetRequiredValue(folder).FullName))
        {
            if (!Matches(model, pattern))
                continue;
            ModelReport report = ParityRun.Run(model);
            reports.Add(report);
            Report.WriteDifferences(Console.Out, report, whole);
            if (target is not null)
                Report.WriteAnswers(target.FullName, report);
        }
    }
    catch (IOException error)
    {
        Console.Error.WriteLine(error.Message);
        return 2;
    }
    if (reports.Count == 0)
    {
        Console.Error.WriteLine($"No model there matches '{pattern}'.");
        return 2;
    }
    Report.WriteSummary(Console.Out, reports);
    return reports.Any(report => report.Count(Verdict.Differed) > 0) ? 1 : 0;
}

static bool Matches(ReferenceModel model, string? pattern)
    => pattern is null
        || FileSystemName.MatchesSimpleExpression(pattern, model.Name)
        || model.Name.StartsWith(pattern + "-", StringComparison.Ordinal)
        || string.Equals(TypeOf(model), pattern, StringComparison.OrdinalIgnoreCase);

static string? TypeOf(ReferenceModel model)
{
    try
    {
        return BigMlFlow.Models.Resources.ResourceBundle.FromFile(model.ModelPath).Head.Type;
    }
    catch (BigMlFlow.Models.BigMLException)
    {
        return null;
    }
}
