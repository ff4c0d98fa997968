using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>The cmdlets of the staged module.</summary>
internal static class ModuleCommands
{
    /// <summary>Their names as the manifest has them, without importing the module.</summary>
    public static IReadOnlyList<string> Names { get; } = ReadNames();

    /// <summary>The cmdlets as the engine knows them.</summary>
    public static CmdletInfo[] All(ModuleHost host) =>
        [.. host.Run("Get-Command -Module BigMlFlow").Succeeded().Output.Select(command => (CmdletInfo)command.BaseObject)];

    private static string[] ReadNames()
    {
        using var host = new ModuleHost(null);
        return [.. host.Run("(Test-ModuleManifest $args[0]).ExportedCmdlets.Keys", Path.Combine(Project.Module, "BigMlFlow.psd1")).Succeeded().Output.Select(name => name.ToString()).Order()];
    }
}
