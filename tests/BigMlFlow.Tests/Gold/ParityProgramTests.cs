using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Parity;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Gold;

/// <summary>Folders of cases are judged, counted and answered as the gold's README says, with an index or without one.</summary>
public sealed class ParityProgramTests : IDisposable
{
    private const string Mismatch = "Mismatch input data type in field \\\"petal length\\\" for value x.";

    private static readonly string[] Cases =
    [
        """{"row":0,"method":"predict","options":{},"expected":"setosa"}""",
        """{"row":0,"method":"predict","options":{"full":true,"operating_kind":"probability"},"expected":{"probability":0.98693,"prediction":"setosa"}}""",
        """{"row":0,"method":"predict","options":{},"expected":"virginica"}""",
        """{"row":0,"method":"predict","options":{},"error":{"type":"ValueError","message":"No."}}""",
        """{"row":0,"method":"predict","options":{},"error":{"type":"KeyError","message":"No."},"quirk":true}""",
        """{"row":0,"method":"predict","options":{},"expected":"NaN","quirk":true}""",
        """{"row":1,"method":"predict","options":{},"error":{"type":"ValueError","message":"MISMATCH"}}""",
        """{"row":1,"method":"predict","options":{},"error":{"type":"ValueError","message":"Mismatch input data type in another field."}}""",
        """{"row":1,"method":"predict","options":{},"expected":"setosa"}""",
        """{"row":0,"method":"predict","options":{"operating_kind":"nonsense"},"error":{"type":"ValueError","message":"Anything."}}""",
        """{"row":0,"method":"divine","options":{},"error":{"type":"AttributeError","message":"No such method."}}""",
    ];

    private static readonly Verdict[] Verdicts =
    [
        Verdict.Agreed, Verdict.Agreed, Verdict.Differed, Verdict.Differed, Verdict.Quirk, Verdict.Quirk,
        Verdict.Refused, Verdict.Differed, Verdict.Differed, Verdict.Refused, Verdict.Differed,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("bigmlflow-tests-").FullName;

    public ParityProgramTests() => Write("tree", Cases);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EachCaseGetsItsVerdict()
    {
        ModelReport report = ParityRun.Run(Assert.Single(ReferenceModel.Find(_folder)));
        Assert.Equal(("tree", "model"), (report.Model.Name, report.Type));
        Assert.Equal(Verdicts, report.Results.Select(result => result.Verdict));
        Assert.Equal("agreed 2 differed 5 refused 2 unsupported 0", Report.Totals([report]));

        var differences = new StringWriter();
        Report.WriteDifferences(differences, report, verbose: false);
        string[] lines = differences.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("tree row 0 predict {}: $: expected \"virginica\", got \"setosa\"", lines[0]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void WhatWasAnsweredAgreesWithItself()
    {
        string answers = Path.Combine(_folder, "answers");
        ModelReport report = ParityRun.Run(ReferenceModel.Find(_folder)[0]);
        Report.WriteAnswers(answers, report);
        string[] answered = File.ReadAllLines(Path.Combine(answers, "tree", "cases.jsonl"));
        Assert.Equal(Cases.Length, answered.Length);
        Assert.Equal("setosa", JsonSerializer.Deserialize<JsonElement>(answered[2]).GetProperty("expected").GetString());
        Assert.True(JsonSerializer.Deserialize<JsonElement>(answered[4]).GetProperty("quirk").GetBoolean());
        Assert.Equal("x", JsonSerializer.Deserialize<JsonElement>(answered[6]).GetProperty("error").GetProperty("message").GetString()![^2..^1]);

        Write("again", [.. answered.Take(10)]);
        ModelReport again = ParityRun.Run(ReferenceModel.Find(_folder).Single(model => model.Name == "again"));
        Assert.Equal(0, again.Count(Verdict.Differed));
        Assert.Equal(0, again.Count(Verdict.Quirk));
    }

    [Fact]
    public void AnIndexSaysWhatThereIs()
    {
        Write("other", Cases);
        Assert.Equal(["other", "tree"], ReferenceModel.Find(_folder).Select(model => model.Name));
        File.WriteAllText(Path.Combine(_folder, "index.jsonl"), """{"name":"tree","type":"model","load":"model.json"}""" + "\n");
        Assert.Equal(["tree"], ReferenceModel.Find(_folder).Select(model => model.Name));
        Assert.Equal(["other"], ReferenceModel.Find(Path.Combine(_folder, "other")).Select(model => model.Name));
    }

    [Fact]
    public void AModelThatDoesNotLoadDiffersInEveryCase()
    {
        File.WriteAllText(Path.Combine(_folder, "tree", "model.json"), """{"resource":"model/000000000000000000000001"}""");
        ModelReport report = ParityRun.Run(ReferenceModel.Find(_folder)[0]);
        Assert.Equal(Cases.Length, report.Count(Verdict.Differed));
        File.WriteAllText(Path.Combine(_folder, "tree", "model.json"), """{"resource":"dataset/000000000000000000000001"}""");
        Assert.Equal(Cases.Length, ParityRun.Run(ReferenceModel.Find(_folder)[0]).Count(Verdict.Unsupported));
    }

    [Fact]
    public void AFolderWithoutCasesIsAnError()
    {
        Assert.Throws<DirectoryNotFoundException>(() => ReferenceModel.Find(Path.Combine(_folder, "nowhere")));
        Assert.Throws<DirectoryNotFoundException>(() => ReferenceModel.Find(Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName));
    }

    private void Write(string name, string[] cases)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.Copy(Path.Combine(RepositoryFiles.Examples, "models", "iris-tree.json"), Path.Combine(folder, "model.json"));
        File.WriteAllText(Path.Combine(folder, "input.jsonl"), "{\"petal length\": 1.4}\n{\"petal length\": \"x\"}\n");
        File.WriteAllLines(Path.Combine(folder, "cases.jsonl"), cases.Select(line => line.Replace("MISMATCH", Mismatch, StringComparison.Ordinal)));
    }
}
