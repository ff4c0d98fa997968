using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>Where things lie in the checkout that the tests were built in.</summary>
internal static class Project
{
    /// <summary>The top of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The staged module, as a user would install it.</summary>
    public static string Module { get; } = Path.Combine(Root, "out", "BigMlFlow");

    /// <summary>The example models and data.</summary>
    public static string Examples { get; } = Path.Combine(Root, "examples");

    /// <summary>A path that the build wrote into this assembly.</summary>
    public static string Metadata(string key) =>
        typeof(Project).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BigMlFlow.PowerShell.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No BigMlFlow.PowerShell.sln above {AppContext.BaseDirectory}.");
    }
}
