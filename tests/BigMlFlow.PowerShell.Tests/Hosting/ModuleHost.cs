using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using BigMlFlow.EngineHost;
using Shell = System.Management.Automation.PowerShell;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>
/// A runspace of the real engine with the staged module imported, as a class fixture or for one test: runs scripts and
/// gives back their objects, errors and messages, and what a user would have seen of them.
/// </summary>
public sealed class ModuleHost : IDisposable
{
    private const int Width = 120;

    private readonly StringWriter _shown = new(CultureInfo.InvariantCulture);
    private readonly Runspace _runspace;

    /// <summary>Opens a runspace and imports the staged module.</summary>
    public ModuleHost()
        : this(Project.Module)
    {
    }

    /// <summary>Opens a runspace and imports the module from a folder; from none when it is null.</summary>
    internal ModuleHost(string? module)
    {
        _runspace = ScriptRunner.Open(new TextHost(_shown, _shown, Width));
        if (module is not null)
            Run("Import-Module $args[0]", module).Succeeded();
    }

    /// <summary>Runs a script, in which the arguments are <c>$args</c>; variables last from one run to the next.</summary>
    public RunResult Run(string script, params object?[] arguments) => Run(script, show: false, arguments);

    /// <summary>
    /// Runs a script and gives back what a user would have seen of it, 120 characters wide and without colours; fails
    /// when there was an error.
    /// </summary>
    public string Show(string script, params object?[] arguments) => Run(script, show: true, arguments).Succeeded().Shown;

    /// <summary>Runs a script, presses Ctrl+C when it is time, and waits for the end.</summary>
    /// <returns>Whether the script was stopped: false when it had ended by itself.</returns>
    internal async Task<bool> Stop(string script, Task time, params object?[] arguments)
    {
        using var shell = Shell.Create(_runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
        var run = shell.InvokeAsync();
        await Task.WhenAny(time, run);
        await shell.StopAsync(null, null);
        return shell.InvocationStateInfo.State == PSInvocationState.Stopped;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runspace.Dispose();
        _shown.Dispose();
    }

    private RunResult Run(string script, bool show, object?[] arguments)
    {
        using var shell = Shell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
        if (show)
            shell.AddCommand("Out-Default");
        _shown.GetStringBuilder().Clear();
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new RunResult(
            [.. output],
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Progress],
            _shown.ToString().ReplaceLineEndings("\n"),
            terminating);
    }
}
