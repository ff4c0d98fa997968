using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
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
    public static int RunFile(Runspace runspace, TextHost host, string path, IEnumerable<string> arguments)
    {
        var command = new Command(path);
        foreach (var argument in arguments)
            command.Parameters.Add(ToParameter(argument));
        return Run(runspace, command) ? host.ExitCode ?? 0 : 1;
    }

    /// <summary>Runs the text as <c>pwsh -Command</c> does.</summary>
    /// <returns>0; the code of the text's <c>exit</c>; 1 when its last command failed.</returns>
    public static int RunText(Runspace runspace, TextHost host, string text)
    {
        var ended = Run(runspace, new Command(text + "\nif (-not $?) { exit 1 }", isScript: true));
        return host.ExitCode ?? (ended ? 0 : 1);
    }

    private static bool Run(Runspace runspace, Command command)
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
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            ShowError(runspace, e.ErrorRecord);
            return false;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    private static void ShowError(Runspace runspace, ErrorRecord error)
    {
        var record = new PSObject(error);
        // The engine's own mark of what Out-Default shall show as an error.
        record.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        using var shell = Shell.Create(runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", record).Invoke();
    }

    /// <summary><c>-Name</c> names a parameter, whose value may follow; <c>-Name:value</c> has it; all else is a value.</summary>
    private static CommandParameter ToParameter(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] == '_'))
            return new CommandParameter(null, argument);
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return new CommandParameter(argument);
        object value = argument[(colon + 1)..] switch
        {
            "$true" => true,
            "$false" => false,
            var text => text,
        };
        return new CommandParameter(argument[1..colon], value);
    }
}
