using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using BigMlFlow.Tests.Examples;

namespace BigMlFlow.Tests.Flavor;

/// <summary>A committed example model, with rows for it.</summary>
internal sealed record ExampleModel(string Name, string Path, string Type, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows)
{
    /// <summary>Whether a model can be built of it.</summary>
    internal bool IsSupported => ModelReader.SupportedTypes.Contains(Type);
}

/// <summary>The committed example models, and the rows of the committed tables.</summary>
internal static class ExampleModels
{
    internal static IReadOnlyList<ExampleModel> All { get; } = [.. Find()];

    internal static ExampleModel Named(string name) => All.Single(model => model.Name == name);

    internal static string PathOf(string name) => Named(name).Path;

    private static IEnumerable<ExampleModel> Find()
    {
        IReadOnlyDictionary<string, object?>[] rows = [.. Directory.GetFiles(Path.Combine(RepositoryFiles.Examples, "data"), "*.csv").Order(StringComparer.Ordinal).SelectMany(ReadRows)];
        string models = Path.Combine(RepositoryFiles.Examples, "models");
        IEnumerable<string> files = Directory.GetFiles(models, "*.json")
            .Concat(Directory.GetDirectories(models).SelectMany(folder => Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) is "ensemble.json" or "fusion.json")));
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(Path.GetDirectoryName(file)) == "models" ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(Path.GetDirectoryName(file))!;
            yield return new ExampleModel(name, file, ResourceBundle.FromFile(file).Head.Type, rows);
        }
    }

    private static IEnumerable<IReadOnlyDictionary<string, object?>> ReadRows(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(','))];
        return lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => (object?)pair.Second));
    }
}
