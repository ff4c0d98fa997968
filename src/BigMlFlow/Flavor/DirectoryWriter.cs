using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using BigMlFlow.Flavor.Environments;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>Writes the files of a model directory, MLmodel last.</summary>
internal sealed class DirectoryWriter
{
    private readonly ResourceBundle _bundle;
    private readonly SaveOptions _options;
    private readonly string _directory;

    private DirectoryWriter(ResourceBundle bundle, string directory, SaveOptions options)
    {
        _bundle = bundle;
        _directory = directory;
        _options = options;
    }

    /// <summary>Writes the files into an empty directory.</summary>
    /// <returns>What MLmodel holds.</returns>
    internal static YamlMapping Write(ResourceBundle bundle, string directory, SaveOptions options)
        => new DirectoryWriter(bundle, directory, options).Write();

    private YamlMapping Write()
    {
        bool isPython = _options.PythonFunction != PythonFunction.None;
        if (!isPython && (_options.CodePaths.Count > 0 || _options.PythonVersion is not null || _options.CondaEnvironment is not null || _options.PipRequirements is not null || _options.ExtraPipRequirements is not null))
            throw new FlavorException(FlavorError.InvalidOption, "A model that does not answer in Python has neither code nor a Python environment: leave these options out, or let it answer.");
        YamlMapping model = Base();
        YamlMapping flavors = model.Mapping("flavors")!;

        CodeFiles.Copy(_options.CodePaths, _directory);
        YamlMapping flavor = BigMLFlavor.Write(_bundle, _directory, _options.PythonFunction);
        flavors[BigMLFlavor.Name] = flavor;
        if (_options.InputExample is { } example)
            model["saved_input_example_info"] = example.Write(_directory);
        model["model_size_bytes"] = new DirectoryInfo(_directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        if (isPython)
        {
            var environment = PythonEnvironment.For(_bundle, _options);
            environment.Write(_directory);
            flavors["python_function"] = DescribeFunction(flavor, environment);
        }
        if (_options.Signature is { } signature)
        {
            model["signature"] = signature.ToYaml();
            model["is_signature_from_type_hint"] = false;
            model["type_hint_from_example"] = false;
        }
        if (Metadata(model.Mapping("metadata")) is { Count: > 0 } metadata)
            model["metadata"] = metadata;
        File.WriteAllText(Path.Combine(_directory, ModelDirectory.FileName), YamlWriter.Write(model));
        return model;
    }

    /// <summary>The MLmodel that the flavor is added to: a new one, or a copy of the one that was given.</summary>
    private YamlMapping Base()
    {
        var model = new YamlMapping
        {
            ["model_id"] = null,
            ["model_uuid"] = Guid.NewGuid().ToString("N"),
            ["prompts"] = null,
            ["utc_time_created"] = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        };
        foreach (KeyValuePair<object, object?> entry in _options.MLmodel?.Document ?? [])
            model[entry.Key] = entry.Value;
        model["mlflow_version"] = TestedVersions.Mlflow;
        var flavors = new YamlMapping();
        foreach (KeyValuePair<object, object?> entry in model.Mapping("flavors") ?? [])
            flavors[entry.Key] = entry.Value;
        model["flavors"] = flavors;
        return model;
    }

    /// <summary>The configuration of MLflow's python_function flavor.</summary>
    private YamlMapping DescribeFunction(YamlMapping flavor, PythonEnvironment environment)
    {
        bool isFrame = _options.PythonFunction == PythonFunction.DataFrame;
        var configuration = new YamlMapping
        {
            ["env"] = new YamlMapping { ["conda"] = PythonEnvironment.CondaFile, ["virtualenv"] = PythonEnvironment.VirtualenvFile },
            ["loader_module"] = isFrame ? PythonShim.Module : "bigmlflow.bigml",
            ["model_path"] = flavor["model_path"],
            ["python_version"] = environment.PythonVersion,
        };
        if (flavor["code"] is { } code)
            configuration["code"] = code;
        if (isFrame)
            configuration["config"] = new YamlMapping { ["output"] = string.Empty }; // only keys that are listed can be given on loading
        return configuration;
    }

    private YamlMapping Metadata(YamlMapping? earlier)
    {
        var metadata = new YamlMapping();
        var given = YamlValue.From(_options.Metadata, "the metadata") as YamlMapping;
        foreach (KeyValuePair<object, object?> entry in (earlier ?? []).Concat(given ?? []))
            metadata[entry.Key] = entry.Value;
        if (_bundle.IsRebuilt)
            metadata["bigml_resource"] = "rebuilt";
        return metadata;
    }
}
