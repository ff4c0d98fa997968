using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Rows;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Robustness;

/// <summary>
/// A resource that is spoiled anyhow either predicts or is refused with this library's own exception, which names the place:
/// nothing crashes, hangs, overflows or eats the memory. The number of mutants is that of BIGMLFLOW_MUTANTS, a short run
/// without: <c>BIGMLFLOW_MUTANTS=100000 dotnet test tests/BigMlFlow.Tests --filter MalformedResources</c>.
/// </summary>
public sealed class MalformedResourcesAreRefused(ITestOutputHelper output)
{
    private const int ShortRun = 2_000;

    /// <summary>A larger model has more of the same: it would take the time of a hundred mutants of others.</summary>
    private const int LongestOriginal = 200_000;

    /// <summary>What one mutant may take: far more than any needs, and far less than forever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly PredictionOptions[] Options =
    [
        PredictionOptions.Default,
        new() { MissingStrategy = MissingStrategy.Proportional },
        new() { Form = AnswerForm.Probabilities },
        new() { OperatingKind = OperatingKind.Confidence },
    ];

    [Fact]
    public void EveryMutantPredictsOrIsRefusedWithThePlace()
    {
        int mutants = int.TryParse(Environment.GetEnvironmentVariable("BIGMLFLOW_MUTANTS"), CultureInfo.InvariantCulture, out int wanted) ? wanted : ShortRun;
        Original[] originals = [.. Originals()];
        Assert.NotEmpty(originals);
        int predicted = 0, refused = 0;
        var failures = new List<string>();
        var gate = new Lock();
        Parallel.For(0, mutants, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            Original original = originals[seed % originals.Length];
            var mutator = new JsonMutator(seed);
            byte[] json = mutator.Mutate(original.Json);
            Task<string?> trial = Task.Run(() => Try(json, original.Rows));
            string? failure = trial.Wait(Patience) ? trial.Result : "hangs";
            lock (gate)
            {
                if (failure is null)
                    predicted++;
                else if (failure.Length == 0)
                    refused++;
                else
                    failures.Add($"{original.Name}, seed {seed} ({string.Join("; ", mutator.Done)}): {failure}");
            }
        });
        output.WriteLine($"{mutants} mutants of {originals.Length} models: {predicted} predicted, {refused} refused, {failures.Count} failed");
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures.Take(20)));
        Assert.True(predicted > 0 && refused > 0, "The mutants are of one kind only: the mutator has lost its bite.");
    }

    /// <summary>Null where the mutant predicts, empty where it is refused as it should be, or what is wrong.</summary>
    private static string? Try(byte[] json, IReadOnlyList<KeyValuePair<string, Cell>[]> rows)
    {
        try
        {
            BigMLModel model = BigMLModel.Load(ResourceBundle.FromStream(new MemoryStream(json), "mutant.json"));
            string? complaint = null;
            foreach (PredictionOptions options in Options)
                complaint ??= Predict(model, options, rows);
            return complaint;
        }
        catch (ResourceException error)
        {
            return error.JsonPath is not null || error.Message.Contains("mutant.json") || error.Message.Contains(" component ") ? string.Empty : "names no place: " + error.Message;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    private static string? Predict(BigMLModel model, PredictionOptions options, IReadOnlyList<KeyValuePair<string, Cell>[]> rows)
    {
        Predictor predictor;
        try
        {
            predictor = model.CreatePredictor(options);
        }
        catch (OptionException)
        {
            return null;
        }
        foreach (KeyValuePair<string, Cell>[] row in rows)
        {
            predictor.Bind([.. row.Select(cell => cell.Key)]);
            for (int column = 0; column < row.Length; column++)
                predictor.Set(column, row[column].Value);
            try
            {
                Prediction answer = predictor.Predict();
                using JsonDocument shown = JsonDocument.Parse(answer.ToJson(), new JsonDocumentOptions { MaxDepth = 1000 });
                if (NotFinite(answer) is { } property)
                    return $"{property} is not finite";
            }
            catch (RowException)
            {
                // a row that this mutant cannot take
            }
        }
        return null;
    }

    private static string? NotFinite(Prediction answer)
        => answer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .FirstOrDefault(property => property.GetValue(answer) is double number && !double.IsFinite(number))?.Name;

    private sealed record Original(string Name, JsonNode Json, IReadOnlyList<KeyValuePair<string, Cell>[]> Rows);

    /// <summary>The examples, and the real models where ../shared has them, each as one document: those of several files as a list.</summary>
    private static IEnumerable<Original> Originals()
    {
        string root = Path.Combine(RepositoryFiles.Examples, "..");
        string[] rows = File.ReadAllLines(Path.Combine(root, "examples", "data", "iris.csv"));
        string[] columns = rows[0].Split(',');
        IReadOnlyList<KeyValuePair<string, Cell>[]> irises =
        [
            .. new[] { rows[1], rows[75], rows[140] }.Select(row => row.Split(',').Select((cell, column) => new KeyValuePair<string, Cell>(columns[column], Cell.Text(cell))).ToArray()),
            [new("petal width", Cell.Number(1.1))],
        ];
        foreach (string path in Directory.GetFileSystemEntries(Path.Combine(root, "examples", "models")))
            yield return new Original(Path.GetFileName(path), Document(path), irises);
        string gold = Path.Combine(root, "..", "shared", "gold", "real");
        if (!Directory.Exists(gold))
            yield break;
        foreach (string folder in Directory.GetDirectories(gold))
        {
            string path = Path.Combine(folder, "model.json");
            if (File.Exists(path) && new FileInfo(path).Length > LongestOriginal)
                continue;
            yield return new Original(Path.GetFileName(folder), Document(File.Exists(path) ? path : Path.Combine(folder, "model")), GoldRows(folder));
        }
    }

    private static IReadOnlyList<KeyValuePair<string, Cell>[]> GoldRows(string folder)
        => [.. File.ReadLines(Path.Combine(folder, "input.jsonl")).Take(4).Select(line => JsonSerializer.Deserialize<JsonElement>(line).EnumerateObject()
            .Select(member => new KeyValuePair<string, Cell>(member.Name, Cell.From(member.Value))).ToArray())];

    private static JsonNode Document(string path)
    {
        BigMLModel model = BigMLModel.Load(path);
        JsonNode[] documents = [.. model.Documents.Select(document => JsonNode.Parse(document.ToArray(), documentOptions: new JsonDocumentOptions { MaxDepth = 500 })!)];
        return documents.Length == 1 ? documents[0] : new JsonArray(documents);
    }
}
