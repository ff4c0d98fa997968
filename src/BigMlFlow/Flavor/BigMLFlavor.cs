using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Flavor.Pickle;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>
/// The <c>bigml</c> flavor of a model directory: its configuration in MLmodel, and the files that it names.
/// <code>
/// bigml:
///   bigml_version: 9.8.3                  the bindings that the pickle was tested with
///   code: null                            `code` if the pickle needs the module there
///   components: files                     of an ensemble or fusion: `list` if it came as one JSON list, whose trees have fields of their own
///   component_order: [model/…, …]         of a list whose order is not that of the ensemble's `models`
///   model_path: ensemble_62605abc0c11…    the pickle, for Python
///   rebuilt: true                         if the resource is not BigML's own text, but rebuilt of a pickle that Python wrote
///   resource: bigml/ensemble_62605….json  the resource as BigML wrote it, for this library; its components lie beside it
/// </code>
/// </summary>
internal static class BigMLFlavor
{
    internal const string Name = "bigml";
    private const string Folder = "bigml";

    /// <summary>Writes the files of the flavor.</summary>
    /// <returns>Its configuration.</returns>
    internal static YamlMapping Write(ResourceBundle bundle, string directory, PythonFunction function)
    {
        ResourceDocument head = bundle.Head;
        IReadOnlyList<ResourceDocument> documents = ModelComponents.Of(bundle);
        Directory.CreateDirectory(Path.Combine(directory, Folder));
        foreach (ResourceDocument document in documents)
        {
            using FileStream file = File.Create(Path.Combine(directory, Folder, FileName(document)));
            using Stream json = document.OpenRead();
            json.CopyTo(file);
        }
        var flavor = new YamlMapping { ["resource"] = $"{Folder}/{FileName(head)}" };
        if (function != PythonFunction.None)
        {
            string pickle = ResourceId.FileName(head.Id);
            using (FileStream file = File.Create(Path.Combine(directory, pickle)))
                ModelPickle.Write(bundle, file);
            flavor["bigml_version"] = TestedVersions.Bigml;
            flavor["code"] = WriteCode(directory, head.Type == "fusion" || function == PythonFunction.DataFrame);
            flavor["model_path"] = pickle;
        }
        if (bundle.IsRebuilt)
            flavor["rebuilt"] = true;
        if (documents.Count > 1)
            flavor["components"] = bundle.IsList ? "list" : "files";
        if (bundle.IsList && documents.Count > 1)
        {
            IEnumerable<string> order = documents.Skip(1).Select(document => document.Id);
            if (!order.SequenceEqual(new ResourceText(head).Ids("models")))
                flavor["component_order"] = order.ToList<object?>();
        }
        return flavor;
    }

    /// <summary>Adds the module to the code of the user, if there is any.</summary>
    /// <returns>The folder of code; null where there is none.</returns>
    private static string? WriteCode(string directory, bool needsModule)
    {
        string folder = Path.Combine(directory, CodeFiles.Folder);
        if (needsModule)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, PythonShim.Module + ".py"), PythonShim.Text);
        }
        return Directory.Exists(folder) ? CodeFiles.Folder : null;
    }

    /// <summary>Reads the resources of the flavor.</summary>
    /// <param name="flavor">Its configuration.</param>
    /// <param name="directory">The full path of the model directory.</param>
    /// <returns>The bundle that was saved.</returns>
    /// <param name="onWarning">Is told of what looks doubtful.</param>
    internal static ResourceBundle Read(YamlMapping flavor, string directory, Action<string>? onWarning)
    {
        if (flavor.Text("resource") is not { } resource)
            return PickledModel.Read(PathOf("model_path", flavor.Text("model_path") ?? throw Malformed(directory, "names no file in flavors.bigml"), directory), directory, onWarning);
        string path = PathOf("resource", resource, directory);
        foreach (string sibling in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!))
            ContainedPath.CheckLink(directory, sibling, "a file beside flavors.bigml.resource");
        ResourceBundle bundle = ResourceBundle.FromFile(path, directory);
        bool isRebuilt = flavor.Value("rebuilt") is true;
        switch (flavor.Text("components") ?? "files")
        {
            case "files":
                return isRebuilt ? ResourceBundle.FromDocuments(bundle.Documents, isList: false, directory, isRebuilt) : bundle;
            case "list":
                IEnumerable<string> order = flavor.List("component_order")?.Select(id => id as string ?? string.Empty)
                    ?? new ResourceText(bundle.Head).Ids("models");
                return ResourceBundle.FromDocuments([bundle.Head, .. order.Select(bundle.Component)], isList: true, directory, isRebuilt);
            default:
                throw Malformed(directory, "has a flavors.bigml.components other than 'files' and 'list': it was written by a newer version of this module");
        }
    }

    private static string PathOf(string key, string relative, string directory)
    {
        string path = ContainedPath.Resolve(directory, relative, "flavors.bigml." + key);
        return File.Exists(path) ? path : throw Malformed(directory, $"names '{relative}' as flavors.bigml.{key}, but there is no such file");
    }

    private static string FileName(ResourceDocument document) => ResourceId.FileName(document.Id) + ".json";

    private static FlavorException Malformed(string directory, string what)
        => new(FlavorError.Malformed, $"The MLmodel file of '{directory}' {what}.");
}
