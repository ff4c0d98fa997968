using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// A model that Python's bigmlflow saved: a pickle of the bindings' SupervisedModel. It is read as data, and BigML's JSON is rebuilt
/// of its attributes.
/// </summary>
internal static class PickledModel
{
    private const int LongestPickle = 1 << 30;

    private static readonly Regex ApiKey = new("api_key=([^&;]+)", RegexOptions.CultureInvariant);

    /// <summary>Reads the pickle of a model directory.</summary>
    /// <param name="path">The path of the pickle.</param>
    /// <param name="source">The directory.</param>
    /// <param name="onWarning">Is told if the pickle holds credentials.</param>
    /// <returns>The rebuilt resources; an ensemble's trees as a list, with fields of their own.</returns>
    /// <exception cref="FlavorException">It is no such pickle.</exception>
    internal static ResourceBundle Read(string path, string source, Action<string>? onWarning)
    {
        if (new FileInfo(path).Length > LongestPickle)
            throw new FlavorException(FlavorError.Malformed, $"The pickle '{path}' has more than {LongestPickle >> 20} MiB, which is more than this module reads.");
        return Read(File.ReadAllBytes(path), path, source, onWarning);
    }

    /// <summary>The same for bytes in memory.</summary>
    internal static ResourceBundle Read(ReadOnlyMemory<byte> pickle, string path, string source, Action<string>? onWarning)
    {
        object? root = PickleReader.Read(pickle, path);
        PickledObject model = LocalModel(root) ?? throw Unsupported(path, root);
        if (!RebuiltResource.Types.TryGetValue(model.Class, out string? type))
            throw Unsupported(path, model);
        if (HoldsCredentials(root) || HoldsCredentials(model))
            onWarning?.Invoke($"The pickle '{path}' holds the BigML credentials of whoever saved it, and all who can read the directory can read them. They are not used or kept here. Have BigML make a new API key (bigml.com/account/apikey), and save the model anew.");

        var documents = new List<ResourceDocument>();
        Add(type, model);
        if (type == "ensemble")
        {
            foreach (object? tree in RebuiltResource.Trees(model.Attributes))
                Add("model", tree as PickledObject ?? throw Unsupported(path, tree));
        }
        return ResourceBundle.FromDocuments(documents, isList: type == "ensemble", source, isRebuilt: true);

        void Add(string resourceType, PickledObject part)
        {
            if (!RebuiltResource.Types.TryGetValue(part.Class, out string? its) || its != resourceType)
                throw Unsupported(path, part);
            using var json = new PickledJson(pickle.Length, path);
            documents.Add(RebuiltResource.Build(resourceType, part.Attributes, json));
        }
    }

    /// <summary>SupervisedModel holds the model of its kind; an object of that kind may also stand by itself.</summary>
    private static PickledObject? LocalModel(object? root)
        => root is PickledObject outer ? outer.Class == "bigml.supervised.SupervisedModel" ? outer.Attributes["local_model"] as PickledObject : outer : null;

    private static bool HoldsCredentials(object? owner)
    {
        PickledDictionary? connection = ((owner as PickledObject)?.Attributes["api"] as PickledObject)?.Attributes;
        return connection?["api_key"] is string { Length: > 0 }
            || (connection?["auth"] is string auth && ApiKey.Match(auth) is { Success: true } match && match.Groups[1].Value != "None");
    }

    private static FlavorException Unsupported(string path, object? value)
    {
        string what = value is PickledObject instance ? $"an object of the class {instance.Class}" : "no object of BigML's bindings";
        return new FlavorException(FlavorError.Unsupported, $"The pickle '{path}' holds {what}. Models that bigmlflow saved are read: {string.Join(", ", RebuiltResource.Types.Keys.Select(name => name.Substring(name.LastIndexOf('.') + 1)))}.");
    }
}
