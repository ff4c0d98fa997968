using System.IO;
using BigMlFlow.PowerShell.Tests.Hosting;

namespace BigMlFlow.PowerShell.Tests.Commands;

/// <summary>Where the example models lie.</summary>
internal static class ExampleModels
{
    public static string Tree { get; } = Of("iris-tree.json");

    public static string Ensemble { get; } = Of("iris-ensemble");

    public static string Boosted { get; } = Of("iris-boosted");

    public static string Logistic { get; } = Of("iris-logistic.json");

    /// <summary>A linear regression of the length of the petal; the species is one of its inputs.</summary>
    public static string Linear { get; } = Of("petal-linear.json");

    /// <summary>A tree of the length of the petal.</summary>
    public static string Regression { get; } = Of("petal-regression.json");

    private static string Of(string name) => Path.Combine(Project.Examples, "models", name);
}
