using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace BigMlFlow.Flavor;

/// <summary>
/// The Python module that some directories carry in <c>code/</c>. Python imports a module of a name once in a process, so the
/// name tells the content: two directories saved by different versions of this library live side by side.
/// </summary>
internal static class PythonShim
{
    /// <summary>The class of a fusion with its components.</summary>
    internal const string Fusion = "CompleteFusion";

    private static readonly Lazy<string> Source = new(Read);

    private static readonly Lazy<string> Name = new(() => "bigmlflow_directory_" + Digest(Source.Value));

    /// <summary>The name of the module.</summary>
    internal static string Module => Name.Value;

    /// <summary>The text of the module.</summary>
    internal static string Text => Source.Value;

    private static string Read()
    {
        using Stream stream = typeof(PythonShim).Assembly.GetManifestResourceStream("BigMlFlow.Flavor.Python.shim.py")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Digest(string text)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return BitConverter.ToString(hash, 0, 4).Replace("-", string.Empty).ToLowerInvariant();
    }
}
