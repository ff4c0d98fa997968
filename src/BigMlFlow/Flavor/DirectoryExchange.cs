#if NET
using System;
using System.Runtime.InteropServices;
#endif

namespace BigMlFlow.Flavor;

/// <summary>Lets two directories of one file system change places in one step, where the system has a call for that.</summary>
internal static class DirectoryExchange
{
#if NET
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE, and macOS's RENAME_SWAP

    /// <summary>Exchanges two directories.</summary>
    /// <returns>False where nothing was done: the system or the file system has no such call, or refuses it.</returns>
    internal static bool TryExchange(string one, string other)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return RenameLinux(CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0;
            return OperatingSystem.IsMacOS() && RenameMacOS(one, other, Exchange) == 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "renameat2")]
    private static extern int RenameLinux(
        int oldFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string oldPath, int newFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath, uint flags);

    [DllImport("libc", EntryPoint = "renamex_np")]
    private static extern int RenameMacOS(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string oldPath, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath, uint flags);
#else
    /// <summary>Windows has no such call.</summary>
    internal static bool TryExchange(string one, string other) => false;
#endif
}
