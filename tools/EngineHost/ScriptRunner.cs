using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using Microsoft.PowerShell;
using Shell = System.Management.Automation.PowerShell;

namespace BigMlFlow.EngineHost;

/// <summary>Runs a script, or a command's text, in a runspace of its own and shows what comes out as a console does.</summary>
internal static class ScriptRunner
{
    /// <summary>Opens a runspace with the engine's own commands, in the process's current directory.</summary>
    public static Runspace Open(TextHost host)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }

    /// <summary>Runs the script file as <c>pwsh -File</c> does.</summary>
    /// <returns>0; the code of the script's <c>exit</c>; 1 when it was ended by an error.</returns>
    public static int RunFile(Runspace runspace, TextHost host, string path, IEnumerable<string> arguments) =>
        Run(runspace, host, $"& {string.Join(' ', arguments.Select(ToArgument).Prepend(Quote(path)))}\nif (-not $?) {{ exit $(if ($LASTEXITCODE) {{ $LASTEXITCODE }} else {{ 1 }}) }}");

    /// <summary>Runs the text as <c>pwsh -Command</c> does.</summary>
    /// <returns>0; the code of the text's <c>exit</c>; 1 when its last command failed.</returns>
    public static int RunText(Runspace runspace, TextHost host, string text) =>
        Run(runspace, host, text + "\nif (-not $?) { exit 1 }");

    private static int Run(Runspace runspace, TextHost host, string text)
    {
        try
        {
            Show(runspace, new Command(text, isScript: true));
            return host.ExitCode ?? 0;
        }
        catch (PipelineStoppedException)
        {
            return 1;
        }
        catch (RuntimeException e)
        {
            host.OutputIsError = true;
            using var shell = Shell.Create(runspace);
            shell.AddCommand("Out-Default").AddParameter("InputObject", e.ErrorRecord).Invoke();
            host.OutputIsError = false;
            return 1;
        }
    }

    private static void Show(Runspace runspace, Command command)
    {
        using var shell = Shell.Create(runspace);
        // Errors go with the output to Out-Default, so that they are shown in their place.
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        ConsoleCancelEventHandler stop = (_, e) =>
        {
            e.Cancel = true;
            shell.BeginStop(null, null);
        };
        Console.CancelKeyPress += stop;
        try
        {
            shell.Invoke();
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    /// <summary><c>-Name</c>, <c>-Name:$true</c> and <c>-Name:$false</c> name parameters; all else is a text.</summary>
    private static string ToArgument(string argument) =>
        Regex.IsMatch(argument, @"^-[\p{L}_][\p{L}\p{Nd}_]*(:\$(true|false))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant) ? argument : Quote(argument);

    private static string Quote(string text) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
