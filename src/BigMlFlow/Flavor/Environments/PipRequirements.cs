using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BigMlFlow.Flavor.Environments;

/// <summary>Pip requirements and constraints, read as MLflow reads them: comments out, continued lines joined, files that are referred to put in their place.</summary>
public sealed class PipRequirements
{
    private PipRequirements(IReadOnlyList<string> requirements, IReadOnlyList<string> constraints)
    {
        Requirements = requirements;
        Constraints = constraints;
    }

    /// <summary>What bigmlflow's loader and every type of model need, MLflow itself aside, which is put before them on saving.</summary>
    public static PipRequirements Default { get; } = new([$"bigmlflow=={TestedVersions.Bigmlflow}", "bigml>=9.5"], []);

    /// <summary>The requirements, each as pip takes it.</summary>
    public IReadOnlyList<string> Requirements { get; }

    /// <summary>The constraints: versions of packages that are not themselves asked for.</summary>
    public IReadOnlyList<string> Constraints { get; }

    /// <summary>Reads a requirements file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The requirements.</returns>
    /// <exception cref="FlavorException">It, or a file that it refers to, cannot be read.</exception>
    public static PipRequirements FromFile(string path)
    {
        var reader = new RequirementsReader();
        reader.ReadFile(Path.GetFullPath(path), isConstraints: false);
        return reader.ToRequirements();
    }

    /// <summary>Reads lines of requirements.</summary>
    /// <param name="lines">The lines, as in a requirements file.</param>
    /// <param name="directory">The directory from which files are referred to.</param>
    /// <returns>The requirements.</returns>
    /// <exception cref="FlavorException">A file that they refer to cannot be read.</exception>
    public static PipRequirements From(IEnumerable<string> lines, string directory)
    {
        var reader = new RequirementsReader();
        reader.Read(lines, Path.GetFullPath(directory), isConstraints: false);
        return reader.ToRequirements();
    }

    /// <summary>These requirements, and more. Where both name a package, the one that is added counts.</summary>
    internal PipRequirements Add(PipRequirements more)
    {
        HashSet<string> named = [.. more.Requirements.Select(Requirement.NameOf).OfType<string>()];
        return new PipRequirements(
            [.. Requirements.Where(requirement => Requirement.NameOf(requirement) is not { } name || !named.Contains(name)), .. more.Requirements],
            [.. Constraints.Union(more.Constraints, StringComparer.Ordinal)]);
    }

    internal static PipRequirements Of(IEnumerable<string> requirements, IEnumerable<string> constraints)
        => new([.. requirements.Distinct(StringComparer.Ordinal)], [.. constraints.Distinct(StringComparer.Ordinal)]);
}
