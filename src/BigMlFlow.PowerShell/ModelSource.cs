using System;
using System.IO;
using System.Management.Automation;
using BigMlFlow.Flavor;
using BigMlFlow.Models;

namespace BigMlFlow.PowerShell;

/// <summary>Where a model comes from: an object from the pipeline, or a path.</summary>
internal static class ModelSource
{
    /// <summary>Reads the model at a path of the file system: a saved model directory, a folder of resources, or a resource file.</summary>
    internal static BigMLModel Load(string path, Action<string> onWarning)
        => ModelDirectory.Exists(path) ? ModelDirectory.Load(path, onWarning) : BigMLModel.Load(path);

    /// <summary>The path that a -Model argument means; null where it is none.</summary>
    internal static string? PathOf(object value) => value switch
    {
        string path => path,
        FileSystemInfo info => info.FullName,
        ModelInfo saved => saved.Path,
        _ => null,
    };

    internal static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
