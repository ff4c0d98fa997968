using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace BigMlFlow.Loading;

/// <summary>
/// The assembly load context of the module in PowerShell 7: the cmdlets and all that they depend on are loaded, when
/// first used, from the folder of this assembly, so that another module's version of the same library neither
/// disturbs them nor is disturbed by them.
/// </summary>
/// <remarks>
/// What is not in the folder (the engine, .NET itself) comes from the default context. This assembly is meant to be
/// loaded with <see cref="Assembly.LoadFile(string)"/>, which keeps two copies of the module apart by their paths;
/// each then has one context, however often and from however many runspaces it is imported.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly ModuleLoadContext Instance = new(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!);

    private readonly string _directory;

    private ModuleLoadContext(string directory)
        : base("BigMlFlow")
    {
        _directory = directory;
    }

    /// <summary>Loads one of the module's assemblies into the module's context; asked again, answers with the same.</summary>
    /// <param name="name">The simple name of the assembly, such as <c>BigMlFlow.PowerShell</c>.</param>
    /// <exception cref="FileNotFoundException">The folder of this assembly holds no such assembly.</exception>
    public static Assembly LoadModuleAssembly(string name) => Instance.LoadFromAssemblyName(new AssemblyName(name));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>Loads a native library from <c>runtimes/&lt;system&gt;-&lt;processor&gt;/native</c> below the folder, when it is first called.</summary>
    /// <param name="unmanagedDllName">Its name without prefix and extension, such as <c>e_sqlite3</c>.</param>
    /// <returns>The library; zero lets the system search for it.</returns>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        string file = OperatingSystem.IsWindows() ? unmanagedDllName + ".dll" : "lib" + unmanagedDllName + (OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (SystemName() is { } system)
        {
            string path = Path.Combine(_directory, "runtimes", system + "-" + processor, "native", file);
            if (File.Exists(path))
                return LoadUnmanagedDllFromPath(path);
        }
        return IntPtr.Zero;
    }

    private static string? SystemName()
        => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : !OperatingSystem.IsLinux() ? null : UsesMusl() ? "linux-musl" : "linux";

    /// <summary>Whether this is a Linux such as Alpine, whose C library is musl: .NET itself is built for one or the other.</summary>
    private static bool UsesMusl() => RuntimeInformation.RuntimeIdentifier is var runtime
        && (runtime.Contains("musl", StringComparison.Ordinal) || runtime.StartsWith("alpine", StringComparison.Ordinal));
}
