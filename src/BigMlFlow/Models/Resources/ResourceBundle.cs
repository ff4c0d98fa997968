using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BigMlFlow.Models.Resources;

/// <summary>
/// A resource and the resources it is made of: an ensemble with its trees, a fusion with its components. They come as one
/// list, or as files side by side, each named <c>type_id</c> with or without <c>.json</c>, as BigML's exports name them.
/// </summary>
public sealed class ResourceBundle
{
    private readonly Dictionary<string, ResourceDocument> _documents = new(StringComparer.Ordinal);
    private readonly List<ResourceDocument> _order = [];
    private readonly string? _folder;

    private ResourceBundle(IReadOnlyList<ResourceDocument> documents, bool isList, string source, string? folder, bool isRebuilt = false)
    {
        IsRebuilt = isRebuilt;
        Head = documents[0];
        IsList = isList;
        Source = source;
        _folder = folder;
        foreach (ResourceDocument document in documents)
            Add(document);
    }

    /// <summary>The resource that the bundle is of.</summary>
    public ResourceDocument Head { get; }

    /// <summary>The head, then the components read so far, in the order in which they were given or asked for.</summary>
    public IReadOnlyList<ResourceDocument> Documents => _order;

    /// <summary>Where it was read from: a path, or a name that the caller gave to a stream.</summary>
    public string Source { get; }

    /// <summary>Whether it came as a JSON list. The bindings build the trees of a listed ensemble on their own fields.</summary>
    internal bool IsList { get; }

    /// <summary>Whether the resources are not BigML's own text, but were rebuilt of what another program kept of it.</summary>
    internal bool IsRebuilt { get; }

    /// <summary>The resources of which models are being built just now, one within the other: a fusion may not contain itself.</summary>
    internal HashSet<string> InProgress { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a resource file; components that its text does not hold are looked for beside it.</summary>
    /// <param name="path">The path of a JSON file.</param>
    /// <returns>The bundle; components beside it are read when they are asked for.</returns>
    /// <exception cref="ResourceException">The file is not there, not JSON, or no BigML resource.</exception>
    public static ResourceBundle FromFile(string path) => FromFile(path, path);

    /// <summary>The same with another name for the source: a file that is part of something is known by the whole's name.</summary>
    internal static ResourceBundle FromFile(string path, string source)
    {
        string full = Path.GetFullPath(path);
        try
        {
            using FileStream stream = new(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return FromStream(stream, source, Path.GetDirectoryName(full));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ResourceException($"There is no file '{path}'.", null, error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new ResourceException($"'{path}' cannot be read: {error.Message}", null, error);
        }
    }

    /// <summary>Reads a folder that holds one ensemble, fusion or other resource, with the components beside it.</summary>
    /// <param name="path">The path of the folder.</param>
    /// <returns>The bundle of the one resource that is no component of another.</returns>
    /// <exception cref="ResourceException">No such resource, or several that could be meant.</exception>
    public static ResourceBundle FromFolder(string path)
    {
        string[] files = Directory.GetFiles(path).OrderBy(file => file, StringComparer.Ordinal).ToArray();
        foreach (string type in (string[])["fusion", "ensemble"])
        {
            string[] heads = files.Where(file => IsNamedFor(file, type)).ToArray();
            if (heads.Length == 1)
                return FromFile(heads[0]);
            if (heads.Length > 1)
                throw Ambiguous(path, heads);
        }
        string[] others = files.Where(IsResourceName).ToArray();
        return others.Length switch
        {
            1 => FromFile(others[0]),
            0 => throw new ResourceException($"The folder '{path}' holds no BigML resource: expected 'ensemble.json' or 'fusion.json' with the components beside it, or one resource as JSON."),
            _ => throw Ambiguous(path, others),
        };
    }

    /// <summary>Reads a resource, or a list of an ensemble and its models, from a stream of UTF-8 JSON.</summary>
    /// <param name="stream">What to read; it is not closed.</param>
    /// <param name="source">The name of the source, for messages and for <see cref="Source"/>.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="ResourceException">Not JSON, or no BigML resource.</exception>
    public static ResourceBundle FromStream(Stream stream, string source) => FromStream(stream, source, null);

    /// <summary>A bundle of documents that are already in memory; the first is the head.</summary>
    internal static ResourceBundle FromDocuments(IReadOnlyList<ResourceDocument> documents, bool isList, string source, bool isRebuilt = false)
        => new(documents, isList, source, null, isRebuilt);

    /// <summary>The component of an id: from the list, or from its file beside the head's.</summary>
    /// <exception cref="ResourceException">It is not there; the message says where it was looked for.</exception>
    internal ResourceDocument Component(string id)
    {
        if (_documents.TryGetValue(id, out ResourceDocument? document))
            return document;
        if (!ResourceId.IsValid(id))
            throw new ResourceException($"'{id}' is no resource id, so this component of {Head.Id} cannot be found.");
        string name = ResourceId.FileName(id);
        if (_folder is not null)
        {
            foreach (string file in (string[])[Path.Combine(_folder, name), Path.Combine(_folder, name + ".json")])
            {
                if (!File.Exists(file))
                    continue;
                document = FromFile(file).Head;
                if (document.Id != id)
                    throw new ResourceException($"'{file}' should hold the component {id} of {Head.Id}, but holds {document.Id}.");
                Add(document);
                return document;
            }
        }
        throw new ResourceException(_folder is null
            ? $"The component {id} of {Head.Id} is missing: '{Source}' does not hold it. Give a list of the {Head.Type} and all its components, or a file with the components beside it."
            : $"The component {id} of {Head.Id} is missing: looked for '{name}' and '{name}.json' in '{_folder}'. Export it too, or give a list [{Head.Type}, component, …].");
    }

    private static ResourceBundle FromStream(Stream stream, string source, string? folder)
    {
        using var scanner = new ResourceScanner(stream, source);
        List<ResourceDocument> documents = [.. scanner.Read()];
        if (documents.Count == 0)
            throw new ResourceException($"'{source}' holds an empty list: expected [ensemble, model, …].");
        if (documents.Count > 1 && documents[0].Type is not ("ensemble" or "fusion"))
            throw new ResourceException($"'{source}' holds a list that begins with {documents[0].Id}: expected the ensemble (or fusion) first, then its models.");
        return new ResourceBundle(documents, scanner.IsList, source, folder);
    }

    private void Add(ResourceDocument document)
    {
        if (_documents.ContainsKey(document.Id))
            return;
        _documents.Add(document.Id, document);
        _order.Add(document);
    }

    private static bool IsNamedFor(string file, string type)
    {
        string name = Path.GetFileName(file);
        return IsResourceName(file)
            && (name == type || name == type + ".json" || name.StartsWith(type + "_", StringComparison.Ordinal));
    }

    /// <summary>A name that an exported resource may have: <c>*.json</c>, or <c>type_id</c> without an extension.</summary>
    private static bool IsResourceName(string file)
    {
        string name = Path.GetFileName(file);
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            || (Path.GetExtension(name).Length == 0 && ResourceId.ModelTypes.ContainsKey(name.Split('_')[0]));
    }

    private static ResourceException Ambiguous(string folder, string[] files)
        => new($"The folder '{folder}' holds several resources ({string.Join(", ", files.Take(5).Select(Path.GetFileName))}{(files.Length > 5 ? ", …" : string.Empty)}): name the one to import.");
}
