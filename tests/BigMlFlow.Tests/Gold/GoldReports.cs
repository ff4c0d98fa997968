using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Parity;
using BigMlFlow.Tests.Examples;

namespace BigMlFlow.Tests.Gold;

/// <summary>The gold answers beside the checkout, and the verdicts on them: each model is run once, whichever test asks first.</summary>
internal static class GoldReports
{
    /// <summary>Why there is nothing to compare with; null if there is.</summary>
    internal static string? Absence { get; }

    private static readonly Dictionary<string, ReferenceModel> Models = [];
    private static readonly ConcurrentDictionary<string, Lazy<ModelReport>> Reports = new();

    static GoldReports()
    {
        string gold = Path.GetFullPath(Path.Combine(RepositoryFiles.Examples, "..", "..", "shared", "gold"));
        string[] folders = new[] { "real", "fuzz" }.Select(name => Path.Combine(gold, name)).Where(Directory.Exists).ToArray();
        foreach (ReferenceModel model in folders.SelectMany(ReferenceModel.Find))
            Models.Add(model.Name, model);
        Absence = Models.Count > 0 ? null : $"No gold answers in '{gold}'.";
    }

    internal static IReadOnlyCollection<string> Names => Models.Keys;

    internal static ReferenceModel Model(string name) => Models[name];

    internal static ModelReport Of(string name)
        => Reports.GetOrAdd(name, key => new Lazy<ModelReport>(() => ParityRun.Run(Models[key]))).Value;
}
