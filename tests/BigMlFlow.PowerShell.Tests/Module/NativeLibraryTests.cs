using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Module;

/// <summary>The native SQLite of the module: there for every system, and loaded from the module when a store is opened.</summary>
public sealed class NativeLibraryTests
{
    [Theory]
    [InlineData("Core", "win-x64", "e_sqlite3.dll")]
    [InlineData("Core", "win-x86", "e_sqlite3.dll")]
    [InlineData("Core", "win-arm64", "e_sqlite3.dll")]
    [InlineData("Core", "linux-x64", "libe_sqlite3.so")]
    [InlineData("Core", "linux-arm64", "libe_sqlite3.so")]
    [InlineData("Core", "linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("Core", "osx-x64", "libe_sqlite3.dylib")]
    [InlineData("Core", "osx-arm64", "libe_sqlite3.dylib")]
    [InlineData("Desktop", "win-x64", "e_sqlite3.dll")]
    [InlineData("Desktop", "win-x86", "e_sqlite3.dll")]
    [InlineData("Desktop", "win-arm64", "e_sqlite3.dll")]
    public void IsThere(string edition, string runtime, string file)
        => Assert.True(File.Exists(Path.Combine(Project.Module, "bin", edition, "runtimes", runtime, "native", file)));

    [Theory]
    [InlineData("Core", 8)]
    [InlineData("Desktop", 3)]
    public void OfNoOtherSystem(string edition, int systems)
        => Assert.Equal(systems, Directory.GetDirectories(Path.Combine(Project.Module, "bin", edition, "runtimes")).Length);

    [Fact]
    public async Task IsLoadedFromTheModuleWhenAStoreIsOpened()
    {
        using var copy = new ModuleCopy();
        using var host = new ModuleHost(copy.Folder);
        AssemblyLoadContext context = AssemblyLoadContext.All.Single(context => context.Assemblies.Any(assembly => !assembly.IsDynamic
            && assembly.Location.StartsWith(copy.Folder, StringComparison.Ordinal) && assembly.GetName().Name == "BigMlFlow.PowerShell"));
        Type type = context.LoadFromAssemblyName(new AssemblyName("BigMlFlow")).GetType("BigMlFlow.Tracking.Sqlite.SqliteStore", throwOnError: true)!;
        string folder = Directory.CreateTempSubdirectory("bigmlflow-").FullName;
        try
        {
            object store = Activator.CreateInstance(
                type, BindingFlags.Instance | BindingFlags.NonPublic, null, [Path.Combine(folder, "mlflow.db"), Path.Combine(folder, "mlruns")], null)!;
            Assert.DoesNotContain(Modules(), module => module.StartsWith(copy.Folder, StringComparison.Ordinal) && module.Contains("e_sqlite3", StringComparison.Ordinal));
            var finding = (Task)type.GetMethod("FindExperimentAsync")!.Invoke(store, ["Default", CancellationToken.None])!;
            await finding;
            Assert.NotNull(finding.GetType().GetProperty("Result")!.GetValue(finding));
            Assert.Contains(
                Modules(), module => module.StartsWith(Path.Combine(copy.Folder, "bin", "Core", "runtimes"), StringComparison.Ordinal) && module.Contains("e_sqlite3", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Modules()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }
}
