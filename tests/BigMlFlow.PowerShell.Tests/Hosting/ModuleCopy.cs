using System;
using System.IO;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>
/// A copy of the staged module in a temporary folder: the engine loads its assemblies anew, so a test can see a first
/// import in a process that has already imported the module.
/// </summary>
internal sealed class ModuleCopy : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("BigMlFlow");

    public ModuleCopy()
    {
        foreach (var source in Directory.EnumerateFiles(Project.Module, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Project.Module, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    /// <summary>The folder to import.</summary>
    public string Folder => Path.Combine(_parent.FullName, "BigMlFlow");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _parent.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps loaded assemblies until the process ends.
        }
    }
}
