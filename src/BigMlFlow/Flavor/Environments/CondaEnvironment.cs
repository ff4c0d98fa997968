using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Flavor.Yaml;

namespace BigMlFlow.Flavor.Environments;

/// <summary>A conda environment: what conda.yaml holds.</summary>
public sealed class CondaEnvironment
{
    private static readonly Regex Python = new(@"^python\s*(==|=|<=|>=)\s*(?<version>\d[\d.]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private readonly YamlMapping _yaml;
    private readonly string _directory;

    private CondaEnvironment(YamlMapping yaml, string directory)
    {
        _yaml = yaml;
        _directory = directory;
        if (yaml.Value("dependencies") is not (null or List<object?>))
            throw new FlavorException(FlavorError.InvalidOption, "The 'dependencies' of a conda environment are a list.");
    }

    /// <summary>The environment that models are saved with, unless another is asked for.</summary>
    /// <param name="pythonVersion">The version of Python; null for the one that this release was tested with.</param>
    /// <returns>The environment.</returns>
    public static CondaEnvironment Default(string? pythonVersion = null)
        => Of(pythonVersion ?? TestedVersions.Python, PythonEnvironment.WithMlflow(PipRequirements.Default.Requirements));

    /// <summary>Reads a conda.yaml file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="FlavorException">It cannot be read, or is no such file.</exception>
    public static CondaEnvironment FromFile(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FlavorException(FlavorError.InvalidOption, $"There is no conda environment file '{path}'.");
        var yaml = YamlReader.ReadFile(full) as YamlMapping
            ?? throw new FlavorException(FlavorError.InvalidOption, $"'{path}' is no conda environment: expected a mapping with a list of 'dependencies'.");
        return new CondaEnvironment(yaml, Path.GetDirectoryName(full)!);
    }

    /// <summary>Takes a dictionary for what conda.yaml shall hold.</summary>
    /// <param name="environment">The dictionary: <c>name</c>, <c>channels</c>, <c>dependencies</c> …</param>
    /// <param name="directory">The directory from which its pip requirements refer to files.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="FlavorException">It holds something that YAML has not.</exception>
    public static CondaEnvironment From(IDictionary environment, string directory)
        => new((YamlMapping)YamlValue.From(environment, "the conda environment")!, Path.GetFullPath(directory));

    /// <summary>The version of Python that the environment asks for; null where it asks for none.</summary>
    public string? PythonVersion => Dependencies.OfType<string>().Select(dependency => Python.Match(dependency.Trim())).FirstOrDefault(match => match.Success)?.Groups["version"].Value;

    /// <summary>The pip requirements in it, as they stand there.</summary>
    public IReadOnlyList<string> PipDependencies
        => [.. Dependencies.OfType<YamlMapping>().SelectMany(part => part.List("pip") ?? []).OfType<string>()];

    private List<object?> Dependencies => _yaml.List("dependencies") ?? [];

    /// <summary>The environment as nested dictionaries and lists.</summary>
    /// <returns>A copy.</returns>
    public IDictionary<string, object?> ToDictionary() => _yaml.ToDictionary();

    /// <summary>The text of conda.yaml.</summary>
    public override string ToString() => YamlWriter.Write(_yaml);

    internal static CondaEnvironment Of(string pythonVersion, IEnumerable<string> requirements) => new(
        new YamlMapping
        {
            ["name"] = "mlflow-env",
            ["channels"] = new List<object?> { "conda-forge" },
            ["dependencies"] = new List<object?> { $"python={pythonVersion}", "pip", new YamlMapping { ["pip"] = requirements.ToList<object?>() } },
        },
        string.Empty);

    /// <summary>The pip requirements, with the files that they refer to in their place.</summary>
    internal PipRequirements Requirements => PipRequirements.From(PipDependencies, _directory);

    /// <summary>The same environment with other pip requirements.</summary>
    internal CondaEnvironment With(IEnumerable<string> requirements)
    {
        var pip = new YamlMapping { ["pip"] = requirements.ToList<object?>() };
        var yaml = new YamlMapping();
        foreach (KeyValuePair<object, object?> entry in _yaml)
            yaml[entry.Key] = entry.Value;
        yaml["dependencies"] = new List<object?>([.. Dependencies.Where(part => part is not YamlMapping mapping || !mapping.ContainsKey("pip")), pip]);
        return new CondaEnvironment(yaml, _directory);
    }
}
