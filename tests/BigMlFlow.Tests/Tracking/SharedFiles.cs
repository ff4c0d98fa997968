using System.IO;
using BigMlFlow.Tests.Examples;

namespace BigMlFlow.Tests.Tracking;

/// <summary>The reference material, which lies beside the checkout where it is there at all.</summary>
internal static class SharedFiles
{
    /// <summary>The transcripts of Python's client with real servers; null where they are not there.</summary>
    public static string? Transcripts { get; } = Find("gold", "transcripts");

    /// <summary>Stores that Python's MLflow wrote, with what it reads from them; null where they are not there.</summary>
    public static string? Stores { get; } = Find("gold", "stores");

    /// <summary>The program that runs the Python peers; null where it is not there.</summary>
    public static string? Reference { get; } = Find("reference", "reference");

    private static string? Find(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(RepositoryFiles.Examples, "..", "..", "shared", folder, name));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }
}
