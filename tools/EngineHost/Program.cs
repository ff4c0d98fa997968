using System;
using System.IO;
using System.Text;
using BigMlFlow.EngineHost;

const string Usage = """
    Runs a script in PowerShell's engine with the module out/BigMlFlow imported.

      dotnet run --project tools/EngineHost -- <script.ps1> [arguments]
      dotnet run --project tools/EngineHost -- -Command '<text>'

    Ends with 1 if the script failed, or with the code of its exit. The engine is that of PowerShell 7.6 with the
    commands of its core; those of the Utility, Management and Security modules (Import-Csv, Get-Content, ...) are
    part of the whole shell only.
    """;

if (args is [] or ["-h" or "--help" or "-?", ..])
{
    Console.Error.WriteLine(Usage);
    return args is [] ? 2 : 0;
}

var isText = args[0].Equals("-Command", StringComparison.OrdinalIgnoreCase);
if (isText && args.Length != 2)
{
    Console.Error.WriteLine("-Command takes one text: quote it. " + (args.Length == 1 ? "There is none." : $"There are {args.Length - 1}."));
    return 2;
}

if (!isText && !File.Exists(args[0]))
{
    Console.Error.WriteLine($"No script '{args[0]}' in '{Environment.CurrentDirectory}'.");
    return 2;
}

if (StagedModule.Find() is not { } module)
{
    Console.Error.WriteLine("There is no staged module, out/BigMlFlow: run 'dotnet build' at the top of the project.");
    return 2;
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// A Windows console understands escape sequences only when told to: plain text is right everywhere.
var terminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected && !OperatingSystem.IsWindows();
var host = new TextHost(Console.Out, Console.Error, terminal ? Math.Max(Console.WindowWidth, 40) : 120, terminal ? Console.Error : null);
using var runspace = ScriptRunner.Open(host);
var import = ScriptRunner.RunFile(runspace, host, "Import-Module", [module, "-ErrorAction", "Stop"]);
if (import != 0)
    return import;
return isText
    ? ScriptRunner.RunText(runspace, host, args[1])
    : ScriptRunner.RunFile(runspace, host, Path.GetFullPath(args[0]), args[1..]);
