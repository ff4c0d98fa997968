using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace BigMlFlow.Flavor.Environments;

/// <summary>What one pip requirement asks for.</summary>
internal static class Requirement
{
    private static readonly string[] MlflowPackages = ["mlflow", "mlflow-skinny", "mlflow-tracing"];

    /// <summary>A name, with extras and what follows of a version, a marker, an address or options (PEP 508).</summary>
    private static readonly Regex Name = new(@"^(?<name>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*($|[<>=!~;@(]|--|-\w\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex Separators = new("[-_.]+", RegexOptions.CultureInvariant);

    /// <summary>The name of the package, normalized (PEP 503).</summary>
    /// <returns>Null for options, paths and addresses.</returns>
    internal static string? NameOf(string requirement)
        => Name.Match(requirement) is { Success: true } match ? Separators.Replace(match.Groups["name"].Value, "-").ToLowerInvariant() : null;

    /// <summary>Whether it brings MLflow with it: by name, or from a repository of MLflow's.</summary>
    internal static bool IsMlflow(string requirement)
        => NameOf(requirement) is { } name
            ? MlflowPackages.Contains(name)
            : requirement.IndexOf("/mlflow", StringComparison.OrdinalIgnoreCase) >= 0;
}
