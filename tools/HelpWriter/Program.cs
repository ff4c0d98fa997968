using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BigMlFlow.HelpWriter;
using Shell = System.Management.Automation.PowerShell;

// Takes no arguments: the pages, the staged module and the help file have their places in the project.
if (FindRoot() is not { } root)
{
    Console.Error.WriteLine("There is no BigMlFlow.PowerShell.sln above this program.");
    return 2;
}

string text = HelpFile.Make(root, Cmdlets(Path.Combine(root, "out", "BigMlFlow")), out List<string> complaints);
if (complaints.Count > 0)
{
    foreach (string complaint in complaints)
        Console.Error.WriteLine(complaint);
    return 1;
}

string target = Path.Combine(root, HelpFile.Target);
Directory.CreateDirectory(Path.GetDirectoryName(target)!);
File.WriteAllText(target, text);
Console.WriteLine(target);
return 0;

static CmdletInfo[] Cmdlets(string module)
{
    using Shell shell = Shell.Create(InitialSessionState.CreateDefault2());
    shell.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("ErrorAction", "Stop").Invoke();
    shell.Commands.Clear();
    return [.. shell.AddCommand("Get-Command").AddParameter("Module", "BigMlFlow").AddParameter("CommandType", CommandTypes.Cmdlet).Invoke<CmdletInfo>()];
}

static string? FindRoot()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BigMlFlow.PowerShell.sln")))
        folder = folder.Parent;
    return folder?.FullName;
}
