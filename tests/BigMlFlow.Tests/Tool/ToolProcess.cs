using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace BigMlFlow.Tests.Tool;

/// <summary>What the tool, started as a process, ended with and wrote.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ToolProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The lines of the standard output.</summary>
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static Task<ToolProcess> Run(params string[] arguments) => Run([], arguments);

    /// <summary>Starts the tool beside the tests, gives it a text to read, and waits for its end.</summary>
    internal static async Task<ToolProcess> Run(byte[] input, string[] arguments)
    {
        // The tests themselves run in the right .NET, by its host or by an executable of their own: so does the tool then.
        string tool = Path.Combine(AppContext.BaseDirectory, "BigMlFlow.Tool");
        bool hosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(
            hosted ? Environment.ProcessPath! : tool + (OperatingSystem.IsWindows() ? ".exe" : string.Empty),
            hosted ? [tool + ".dll", .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new ToolProcess(process.ExitCode, await output, await errors);
    }
}
