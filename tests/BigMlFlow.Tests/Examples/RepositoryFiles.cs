using System;
using System.IO;

namespace BigMlFlow.Tests.Examples;

/// <summary>Where the committed examples are.</summary>
internal static class RepositoryFiles
{
    /// <summary>The examples folder of the checkout that holds the tests.</summary>
    public static string Examples { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "BigMlFlow.PowerShell.sln")))
                return Path.Combine(directory.FullName, "examples");
        }
        throw new DirectoryNotFoundException("The tests run outside the checkout.");
    }
}
