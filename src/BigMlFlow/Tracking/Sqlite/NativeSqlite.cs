using System;
#if NETFRAMEWORK
using System.IO;
using System.Runtime.InteropServices;
#endif

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>
/// The native SQLite. It is loaded when a database is first opened, not before: most uses of the module never need it.
/// </summary>
/// <remarks>
/// Where there are load contexts, the one of the module finds the library in its folder (<c>ModuleLoadContext</c>). .NET Framework has
/// none: there the library for the processor of this very process is loaded by its full path, and the name alone then means it.
/// </remarks>
internal static class NativeSqlite
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Loads the library, once.</summary>
    internal static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
#if NETFRAMEWORK
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
            Preload();
#endif
        SQLitePCL.Batteries_V2.Init();
        return true;
    }

#if NETFRAMEWORK
    private static void Preload()
    {
        string processor = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            _ => "x64",
        };
        string file = Path.Combine(Path.GetDirectoryName(typeof(NativeSqlite).Assembly.Location)!, "runtimes", "win-" + processor, "native", "e_sqlite3.dll");
        // Without the folder this is no staged module: the system's search finds what there is.
        if (File.Exists(file) && LoadLibrary(file) == IntPtr.Zero)
        {
            throw new TrackingException(
                TrackingError.NotSupported, $"'{file}' cannot be loaded (Windows error {Marshal.GetLastWin32Error()}): install the module again.");
        }
    }

    [DllImport("kernel32", EntryPoint = "LoadLibraryW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibrary(string file);
#endif
}
