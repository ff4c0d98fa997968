using System;
using System.IO;

namespace BigMlFlow.EngineHost;

/// <summary>Where the build stages the module.</summary>
internal static class StagedModule
{
    /// <summary>The folder out/BigMlFlow of the project that this program was built in; null if nothing is staged.</summary>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var module = Path.Combine(folder.FullName, "out", "BigMlFlow");
            if (File.Exists(Path.Combine(module, "BigMlFlow.psd1")))
                return module;
        }

        return null;
    }
}
