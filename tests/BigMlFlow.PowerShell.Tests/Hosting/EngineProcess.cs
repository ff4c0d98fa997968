using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.EngineHost;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>What a program wrote, and the code that it ended with.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);

/// <summary>Runs programs; the engine host is the program for what needs a process of its own.</summary>
internal static class EngineProcess
{
    /// <summary>Runs the engine host with the arguments of its command line, at the top of the checkout.</summary>
    public static Task<ProcessResult> RunHost(CancellationToken cancellation, params string[] arguments) =>
        Run(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            cancellation,
            [typeof(ScriptRunner).Assembly.Location, .. arguments]);

    /// <summary>Runs a program at the top of the checkout, with nothing to read; ended with the test if that is cancelled.</summary>
    public static async Task<ProcessResult> Run(string program, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Project.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ProcessResult(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
