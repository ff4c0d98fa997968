using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.PowerShell.Tests.Hosting;

namespace BigMlFlow.PowerShell.Tests.Pester;

/// <summary>One test of the Pester suite as it went.</summary>
public sealed record PesterTest(string Name, string Result, string Message);

/// <summary>Runs tests/Pester in a whole PowerShell, where there is one.</summary>
internal static class PesterSuite
{
    private const int NoPester = 3;

    /// <summary>Every test of the suite, or the reason why it cannot be run here.</summary>
    public static async Task<(IReadOnlyList<PesterTest> Tests, string? Reason)> Run(CancellationToken cancellation)
    {
        if (FindShell() is not { } shell)
            return ([], "There is no PowerShell 7: put pwsh on the PATH, or set BIGMLFLOW_PWSH to it.");
        var results = Path.Combine(Directory.CreateTempSubdirectory("BigMlFlow").FullName, "results.json");
        try
        {
            var script = Path.Combine(Project.Root, "tests", "Pester", "Invoke-Suite.ps1");
            var run = await EngineProcess.Run(shell, cancellation, "-NoProfile", "-NonInteractive", "-File", script, "-ResultPath", results);
            if (run.ExitCode == NoPester)
                return ([], run.Output.Trim());
            if (!File.Exists(results))
                throw new InvalidOperationException($"The Pester suite did not run: {shell} ended with {run.ExitCode}.\n{run.Output}\n{run.Error}");
            var tests = JsonSerializer.Deserialize<PesterTest[]>(await File.ReadAllTextAsync(results, cancellation))!;
            return tests.Length > 0 ? (tests, null) : throw new InvalidOperationException($"The Pester suite has no tests.\n{run.Output}\n{run.Error}");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(results)!, recursive: true);
        }
    }

    private static string? FindShell()
    {
        if (Environment.GetEnvironmentVariable("BIGMLFLOW_PWSH") is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException($"BIGMLFLOW_PWSH names no file: {named}");
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
