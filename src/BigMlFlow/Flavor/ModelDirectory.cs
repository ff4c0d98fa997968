using System;
using System.IO;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>
/// MLflow model directories with a BigML model. What is written here, bigmlflow and MLflow open as their own; nothing in a
/// directory that is read here is executed.
/// </summary>
public static class ModelDirectory
{
    /// <summary>The file that makes a directory a model directory.</summary>
    public const string FileName = "MLmodel";

    /// <summary>Whether a path is that of a directory with an MLmodel file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True if it is; what the file says has not been looked at.</returns>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, FileName));

    /// <summary>Saves a model. The directory appears whole, or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where the directory shall be; one that is there already has to be empty, unless it may be replaced.</param>
    /// <param name="options">How to save; null for the defaults.</param>
    /// <param name="onWarning">Is told of what is not as it was in BigML.</param>
    /// <returns>What its MLmodel file says.</returns>
    /// <exception cref="FlavorException">The directory exists, or cannot be written.</exception>
    public static ModelInfo Save(BigMLModel model, string path, SaveOptions? options = null, Action<string>? onWarning = null)
        => Save(model.Bundle, path, options ?? new SaveOptions(), onWarning);

    /// <summary>Loads a model that was saved.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="onWarning">Is told of what looks doubtful but stands in nobody's way.</param>
    /// <returns>The model; its <see cref="BigMLModel.Source"/> is the directory.</returns>
    /// <exception cref="FlavorException">It is no model directory, or one without this flavor, or something in it is wrong.</exception>
    /// <exception cref="ResourceException">The resource in it is none of which a model can be built.</exception>
    public static BigMLModel Load(string path, Action<string>? onWarning = null)
    {
        string directory = Path.GetFullPath(path);
        YamlMapping model = ReadFile(directory);
        if (IsNewer(model.Text("mlflow_version"), TestedVersions.Mlflow))
            onWarning?.Invoke($"The model in '{directory}' was saved for MLflow {model.Text("mlflow_version")}. This module was tested with versions up to {TestedVersions.Mlflow}.");
        return BigMLModel.Load(ReadBundle(model, directory, onWarning));
    }

    /// <summary>Reads what the MLmodel file of a directory says, whatever its flavors.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>The metadata.</returns>
    /// <exception cref="FlavorException">It is no model directory, or its MLmodel file cannot be understood.</exception>
    public static ModelInfo Read(string path)
    {
        string directory = Path.GetFullPath(path);
        return ModelInfo.From(ReadFile(directory), directory);
    }

    internal static ModelInfo Save(ResourceBundle bundle, string path, SaveOptions options, Action<string>? onWarning = null)
    {
        using var staged = new StagedDirectory(path, options.Force);
        YamlMapping model;
        try
        {
            model = DirectoryWriter.Write(bundle, staged.Path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FlavorException(FlavorError.TargetNotWritable, $"The model cannot be saved in '{staged.Target}': {error.Message}", error);
        }
        staged.Commit();
        if (bundle.IsRebuilt)
            onWarning?.Invoke($"The resource {bundle.Head.Id} in '{staged.Target}' is not the one that BigML made: it was rebuilt of the pickle in '{bundle.Source}'. It predicts the same, but has nothing else of the original.");
        return ModelInfo.From(model, staged.Target);
    }

    internal static ResourceBundle ReadBundle(string path, Action<string>? onWarning = null)
    {
        string directory = Path.GetFullPath(path);
        return ReadBundle(ReadFile(directory), directory, onWarning);
    }

    private static ResourceBundle ReadBundle(YamlMapping model, string directory, Action<string>? onWarning)
    {
        YamlMapping flavors = model.Mapping("flavors") ?? [];
        if (flavors.Value(BigMLFlavor.Name) is null)
        {
            string others = flavors.Count == 0 ? "none" : string.Join(", ", flavors.Keys);
            throw new FlavorException(FlavorError.NoFlavor, $"The model in '{directory}' does not have the \"bigml\" flavor. Its flavors: {others}.");
        }
        return BigMLFlavor.Read(flavors.Mapping(BigMLFlavor.Name) ?? throw Malformed(directory, "has no mapping as flavors.bigml"), directory, onWarning);
    }

    private static YamlMapping ReadFile(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            throw new FlavorException(FlavorError.NoModel, Absent(directory));
        ContainedPath.CheckLink(directory, path, "the MLmodel file");
        return YamlReader.ReadFile(path) as YamlMapping ?? throw Malformed(directory, "is no YAML mapping");
    }

    private static string Absent(string directory)
    {
        if (StagedDirectory.Interrupted(directory) is { } aside)
            return $"There is no '{directory}': it was being replaced when the program was stopped. What it was lies in '{aside}': move it back, or save again.";
        return Directory.Exists(directory)
            ? $"'{directory}' is no model directory: it has no MLmodel file."
            : $"There is no directory '{directory}'.";
    }

    private static bool IsNewer(string? version, string known)
        => MajorMinor(version) is { } its && MajorMinor(known) is { } ours && its > ours;

    private static Version? MajorMinor(string? version)
    {
        string[] parts = version?.Split('.') ?? [];
        return parts.Length > 1 && int.TryParse(parts[0], out int major) && int.TryParse(parts[1], out int minor) ? new Version(major, minor) : null;
    }

    private static FlavorException Malformed(string directory, string what)
        => new(FlavorError.Malformed, $"The MLmodel file of '{directory}' {what}.");
}
