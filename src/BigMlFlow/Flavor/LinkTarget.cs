using System.IO;
#if !NET
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace BigMlFlow.Flavor;

/// <summary>Tells links from other reparse points, such as the placeholders of files that a cloud drive has not fetched yet.</summary>
internal static class LinkTarget
{
#if NET
    /// <summary>Whether the entry is a link, and where it leads in the end.</summary>
    internal static bool IsLink(FileSystemInfo entry, out string? target)
    {
        target = null;
        if (entry.LinkTarget is null)
            return false;
        try
        {
            target = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // links in a circle lead nowhere
        }
        return true;
    }
#else
    private const uint SymbolicLink = 0xA000000C;
    private const uint MountPoint = 0xA0000003;
    private static readonly IntPtr Invalid = new(-1);

    /// <summary>Whether the entry is a link; .NET Framework cannot say where it leads.</summary>
    internal static bool IsLink(FileSystemInfo entry, out string? target)
    {
        target = null;
        try
        {
            IntPtr handle = FindFirstFile(entry.FullName, out FindData data);
            if (handle == Invalid)
                throw new Win32Exception();
            FindClose(handle);
            return data.Reserved0 is SymbolicLink or MountPoint;
        }
        catch (DllNotFoundException)
        {
            return true; // not Windows: there is no other kind of reparse point
        }
    }

    [DllImport("kernel32.dll", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr FindFirstFile(string path, out FindData data);

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool FindClose(IntPtr handle);

    /// <summary>WIN32_FIND_DATAW.</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct FindData
    {
        internal uint Attributes;
        internal long Created;
        internal long Accessed;
        internal long Written;
        internal uint SizeHigh;
        internal uint SizeLow;
        internal uint Reserved0;
        internal uint Reserved1;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        internal string Name;

        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        internal string ShortName;
    }
#endif
}
