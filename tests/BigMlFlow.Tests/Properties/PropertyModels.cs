using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using BigMlFlow.Tests.Examples;
using BigMlFlow.Tests.Gold;
using Xunit;

namespace BigMlFlow.Tests.Properties;

/// <summary>The models that the properties are tested on: the examples, and the gold models where they are.</summary>
internal static class PropertyModels
{
    private static readonly string Examples = Path.Combine(RepositoryFiles.Examples, "models");

    internal static IEnumerable<string> Names => Directory.GetFileSystemEntries(Examples).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Concat(GoldReports.Names);

    internal static BigMLModel Load(string name)
    {
        string example = Path.Combine(Examples, name);
        string path = Path.Exists(example) ? example : GoldReports.Model(name).ModelPath;
        ResourceBundle bundle = Directory.Exists(path) ? ResourceBundle.FromFolder(path) : ResourceBundle.FromFile(path);
        Assert.SkipUnless(ModelReader.SupportedTypes.Contains(bundle.Head.Type), $"Models of type '{bundle.Head.Type}' cannot be read yet.");
        return BigMLModel.Load(bundle);
    }
}
