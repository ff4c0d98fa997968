using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>Python with BigML's bindings, bigmlflow and MLflow, where the machine has the reference beside the checkout.</summary>
internal static class PythonPeer
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(RepositoryFiles.Examples, "..", "..", "shared", "reference", "reference"));

    /// <summary>Skips the test, with the reason, where there is no such Python.</summary>
    internal static void Require()
        => Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Program), $"The Python peers are not here: '{Program}'.");

    /// <summary>Runs a script, and reads what it prints: a JSON value a line.</summary>
    /// <param name="script">The text of the script.</param>
    /// <param name="input">What it finds in its standard input.</param>
    /// <param name="mlflow">The major version of MLflow.</param>
    /// <param name="workingDirectory">Where it runs; null for a folder of its own, which nothing may be written to.</param>
    internal static IReadOnlyList<JsonElement> Run(string script, string input = "", int mlflow = 3, string? workingDirectory = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("script.py");
        File.WriteAllText(path, script);
        if (workingDirectory is null && !OperatingSystem.IsWindows())
        {
            workingDirectory = Directory.CreateDirectory(folder.Combine("work")).FullName;
            File.SetUnixFileMode(workingDirectory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var start = new ProcessStartInfo(Program, ["python", "--mlflow", mlflow.ToString(), "--env", "TMPDIR=" + folder.Path, "--", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = workingDirectory,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
    }
}
