using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Parity;

/// <summary>One model with rows and the reference's answers to them: a folder below <c>gold/real</c> or <c>gold/fuzz</c>.</summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="Folder">Its path.</param>
/// <param name="ModelPath">The file to load.</param>
internal sealed record ReferenceModel(string Name, string Folder, string ModelPath)
{
    private static readonly string[] ModelFiles = ["model.json", "model/ensemble.json", "model/fusion.json"];

    /// <summary>The models in a folder: those its <c>index.jsonl</c> lists, or every subfolder that has cases, or the folder itself.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or it holds no cases.</exception>
    internal static IReadOnlyList<ReferenceModel> Find(string folder)
    {
        string index = Path.Combine(folder, "index.jsonl");
        ReferenceModel[] models;
        if (File.Exists(index))
            models = ReadLines(index).Select(line => At(Path.Combine(folder, line.GetProperty("name").GetString()!), line.GetProperty("load").GetString())).OfType<ReferenceModel>().ToArray();
        else if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        else if (File.Exists(Path.Combine(folder, "cases.jsonl")))
            models = [At(folder, null)!];
        else
            models = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(each => At(each, null)).OfType<ReferenceModel>().ToArray();
        return models.Length > 0
            ? models
            : throw new DirectoryNotFoundException($"'{folder}' holds no cases: expected index.jsonl, or folders with model.json, input.jsonl and cases.jsonl.");
    }

    /// <summary>The rows: a JSON object each.</summary>
    internal IReadOnlyList<JsonElement> ReadRows() => ReadLines(Path.Combine(Folder, "input.jsonl")).ToArray();

    /// <summary>The cases in their order.</summary>
    internal IEnumerable<ReferenceCase> ReadCases() => ReadLines(Path.Combine(Folder, "cases.jsonl")).Select(line => new ReferenceCase(line));

    private static ReferenceModel? At(string folder, string? load)
    {
        folder = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(folder, "cases.jsonl")))
            return null;
        load ??= ModelFiles.FirstOrDefault(file => File.Exists(Path.Combine(folder, file)))
            ?? throw new FileNotFoundException($"'{folder}' holds cases but no model: expected {string.Join(", ", ModelFiles)}.");
        return new ReferenceModel(Path.GetFileName(folder), folder, Path.Combine(folder, load));
    }

    private static IEnumerable<JsonElement> ReadLines(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return JsonSerializer.Deserialize<JsonElement>(line);
        }
    }
}
