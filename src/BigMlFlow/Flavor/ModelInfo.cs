using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BigMlFlow.Flavor.Signatures;
using BigMlFlow.Flavor.Yaml;

namespace BigMlFlow.Flavor;

/// <summary>What the MLmodel file of a model directory says: MLflow's model metadata.</summary>
public sealed record ModelInfo
{
    /// <summary>The full path of the directory.</summary>
    public required string Path { get; init; }

    /// <summary>The BigML resource id of the model, such as <c>ensemble/62605abc0c11da5783002915</c>; null where the directory does not tell.</summary>
    public string? Resource { get; init; }

    /// <summary>The flavors by name, each with its configuration.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>> Flavors { get; init; }

    /// <summary>The identity of the saved model: 32 hexadecimal digits, or a logged model's id.</summary>
    public string? ModelUuid { get; init; }

    /// <summary>The id of the logged model, in MLflow 3; null for a model that was only saved.</summary>
    public string? ModelId { get; init; }

    /// <summary>The run that logged the model; null for a model that was only saved.</summary>
    public string? RunId { get; init; }

    /// <summary>Where the model lies among a run's artifacts; null for a model that was only saved.</summary>
    public string? ArtifactPath { get; init; }

    /// <summary>When the model was saved, in UTC.</summary>
    public DateTime? UtcTimeCreated { get; init; }

    /// <summary>The version of MLflow whose format the directory has.</summary>
    public string? MlflowVersion { get; init; }

    /// <summary>The size of the model without its environment files, in bytes.</summary>
    public long? ModelSizeBytes { get; init; }

    /// <summary>What the user noted about the model; empty where nothing.</summary>
    public required IReadOnlyDictionary<string, object?> Metadata { get; init; }

    /// <summary>The signature; null where the model has none.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>Which files hold the input example, and how; null where there is none.</summary>
    public IReadOnlyDictionary<string, object?>? SavedInputExampleInfo { get; init; }

    /// <summary>Whatever the file holds.</summary>
    internal YamlMapping? Document { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    internal static ModelInfo From(YamlMapping model, string path)
    {
        YamlMapping flavors = model.Mapping("flavors") ?? [];
        return new ModelInfo
        {
            Path = path,
            Resource = flavors.Mapping(BigMLFlavor.Name) is { } flavor ? ResourceOf(flavor) : null,
            Flavors = flavors.ToDictionary().ToDictionary(
                entry => entry.Key,
                entry => (IReadOnlyDictionary<string, object?>)(entry.Value as Dictionary<string, object?> ?? [])),
            ModelUuid = model.Text("model_uuid"),
            ModelId = model.Text("model_id"),
            RunId = model.Text("run_id"),
            ArtifactPath = model.Text("artifact_path"),
            UtcTimeCreated = ReadTime(model.Value("utc_time_created")),
            MlflowVersion = model.Text("mlflow_version"),
            ModelSizeBytes = model.Value("model_size_bytes") as long?,
            Signature = ModelSignature.FromYaml(model.Mapping("signature")),
            SavedInputExampleInfo = model.Mapping("saved_input_example_info")?.ToDictionary(),
            Document = model,
            Metadata = (model.Mapping("metadata") ?? []).ToDictionary(),
        };
    }

    private static DateTime? ReadTime(object? value)
        => (value as string ?? (value as YamlLiteral)?.Text) is { } text
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : null;

    /// <summary>The model's files are named for the resource, with an underscore for the slash, by this library and by bigmlflow.</summary>
    private static string? ResourceOf(YamlMapping flavor)
        => System.IO.Path.GetFileNameWithoutExtension(flavor.Text("model_path") ?? flavor.Text("resource")) is { } file && file.IndexOf('_') is > 0 and int place
            ? file.Substring(0, place) + "/" + file.Substring(place + 1)
            : null;
}
