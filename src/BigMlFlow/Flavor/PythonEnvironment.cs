using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>
/// The Python environment that a model directory asks for: conda.yaml, python_env.yaml and requirements.txt. Ranges where they
/// will do: an exact pin that is not met is a warning at every load.
/// </summary>
internal sealed class PythonEnvironment
{
    internal const string CondaFile = "conda.yaml";
    internal const string VirtualenvFile = "python_env.yaml";
    private const string RequirementsFile = "requirements.txt";

    private PythonEnvironment(string pythonVersion, IReadOnlyList<string> requirements)
    {
        PythonVersion = pythonVersion;
        Requirements = requirements;
    }

    /// <summary>The version of Python, such as <c>3.11.7</c>.</summary>
    internal string PythonVersion { get; }

    /// <summary>The pip requirements, MLflow's first.</summary>
    internal IReadOnlyList<string> Requirements { get; }

    /// <summary>What opening a model in Python needs: the flavor, and bindings that predict with every type of model.</summary>
    internal static PythonEnvironment For(ResourceBundle bundle)
    {
        var requirements = new List<string> { "mlflow>=2.0.1", $"bigmlflow=={TestedVersions.Bigmlflow}", "bigml>=9.5" };
        if (bundle.Head.Type == "topicmodel")
            requirements.Add("PyStemmer");
        return new PythonEnvironment(TestedVersions.Python, requirements);
    }

    /// <summary>Writes the files.</summary>
    internal void Write(string directory)
    {
        var conda = new YamlMapping
        {
            ["name"] = "mlflow-env",
            ["channels"] = new List<object?> { "conda-forge" },
            ["dependencies"] = new List<object?> { $"python={PythonVersion}", "pip", new YamlMapping { ["pip"] = Requirements.ToList<object?>() } },
        };
        File.WriteAllText(Path.Combine(directory, CondaFile), YamlWriter.Write(conda));
        var virtualenv = new YamlMapping
        {
            ["python"] = PythonVersion,
            ["build_dependencies"] = new List<object?> { "pip", "setuptools", "wheel" },
            ["dependencies"] = new List<object?> { "-r " + RequirementsFile },
        };
        File.WriteAllText(Path.Combine(directory, VirtualenvFile), YamlWriter.Write(virtualenv, sortKeys: false));
        File.WriteAllText(Path.Combine(directory, RequirementsFile), string.Join("\n", Requirements));
    }
}
