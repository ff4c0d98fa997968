using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor.Environments;

/// <summary>
/// The Python environment that a model directory asks for: conda.yaml, python_env.yaml, requirements.txt and, where there are
/// constraints, constraints.txt. Ranges where they will do: an exact pin that is not met is a warning at every load.
/// </summary>
internal sealed class PythonEnvironment
{
    internal const string CondaFile = "conda.yaml";
    internal const string VirtualenvFile = "python_env.yaml";
    private const string RequirementsFile = "requirements.txt";
    private const string ConstraintsFile = "constraints.txt";

    private static readonly Regex VersionForm = new(@"^\d+\.\d+(\.\d+)?\z", RegexOptions.CultureInvariant);

    private readonly CondaEnvironment _conda;
    private readonly IReadOnlyList<string> _requirements;
    private readonly IReadOnlyList<string> _constraints;

    private PythonEnvironment(string pythonVersion, CondaEnvironment conda, IReadOnlyList<string> requirements, IReadOnlyList<string> constraints)
    {
        PythonVersion = pythonVersion;
        _conda = conda;
        _requirements = requirements;
        _constraints = constraints;
    }

    /// <summary>The version of Python, such as <c>3.11.7</c>.</summary>
    internal string PythonVersion { get; }

    /// <summary>The environment that the options ask for, or else what opening the model in Python needs.</summary>
    /// <exception cref="FlavorException">The options contradict each other.</exception>
    internal static PythonEnvironment For(ResourceBundle bundle, SaveOptions options)
    {
        if (new object?[] { options.CondaEnvironment, options.PipRequirements, options.ExtraPipRequirements }.Count(option => option is not null) > 1)
            throw new FlavorException(FlavorError.InvalidOption, "Only one of a conda environment, pip requirements and extra pip requirements can be given.");
        if (options.PythonVersion is { } given && !VersionForm.IsMatch(given))
            throw new FlavorException(FlavorError.InvalidOption, $"'{given}' is no version of Python: expected one such as {TestedVersions.Python}.");
        if (options.CondaEnvironment is { PythonVersion: { } named } && options.PythonVersion is not null && named != options.PythonVersion)
            throw new FlavorException(FlavorError.InvalidOption, $"The conda environment asks for Python {named}, and PythonVersion for {options.PythonVersion}: give one of the two.");

        string version = options.PythonVersion ?? options.CondaEnvironment?.PythonVersion ?? TestedVersions.Python;
        PipRequirements pip = options.CondaEnvironment?.Requirements ?? options.PipRequirements ?? DefaultFor(bundle);
        if (options.ExtraPipRequirements is { } extra)
            pip = pip.Add(extra);
        List<string> requirements = WithMlflow(pip.Requirements);
        if (pip.Constraints.Count > 0)
            requirements.Add("-c " + ConstraintsFile);
        CondaEnvironment conda = options.CondaEnvironment?.With(requirements) ?? CondaEnvironment.Of(version, requirements);
        return new PythonEnvironment(version, conda, requirements, pip.Constraints);
    }

    /// <summary>Puts a requirement of MLflow first, unless there is one.</summary>
    internal static List<string> WithMlflow(IReadOnlyList<string> requirements)
        => requirements.Any(Requirement.IsMlflow) ? [.. requirements] : ["mlflow>=2.0.1", .. requirements];

    /// <summary>Writes the files.</summary>
    internal void Write(string directory)
    {
        File.WriteAllText(Path.Combine(directory, CondaFile), _conda.ToString());
        var virtualenv = new YamlMapping
        {
            ["python"] = PythonVersion,
            ["build_dependencies"] = new List<object?> { "pip", "setuptools", "wheel" },
            ["dependencies"] = new List<object?> { "-r " + RequirementsFile },
        };
        File.WriteAllText(Path.Combine(directory, VirtualenvFile), YamlWriter.Write(virtualenv, sortKeys: false));
        File.WriteAllText(Path.Combine(directory, RequirementsFile), string.Join("\n", _requirements));
        if (_constraints.Count > 0)
            File.WriteAllText(Path.Combine(directory, ConstraintsFile), string.Join("\n", _constraints));
    }

    private static PipRequirements DefaultFor(ResourceBundle bundle)
        => bundle.Head.Type == "topicmodel" ? PipRequirements.Default.Add(PipRequirements.Of(["PyStemmer"], [])) : PipRequirements.Default;
}
