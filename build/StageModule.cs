#nullable disable
using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a folder aside and swaps it in whole, one build at a time: who looks finds the old folder or the new one,
/// never a mixture, and a build that breaks off leaves the old one.
/// </summary>
public sealed class StageModule : Task
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The files, each with its place in the folder as the metadata StagedPath.</summary>
    [Required]
    public ITaskItem[] Files { get; set; }

    /// <summary>The folder to make.</summary>
    [Required]
    public string Folder { get; set; }

    public override bool Execute()
    {
        var folder = Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var parent = Path.GetDirectoryName(folder);
        var aside = Path.Combine(parent, "." + Path.GetFileName(folder));
        Directory.CreateDirectory(parent);
        using (Lock(aside + ".lock"))
        {
            var fresh = aside + ".new";
            var old = aside + ".old-" + Guid.NewGuid().ToString("N");
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
            Write(fresh);
            try
            {
                if (Directory.Exists(folder))
                    Directory.Move(folder, old);
                Directory.Move(fresh, folder);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                if (!Directory.Exists(folder) && Directory.Exists(old))
                    Directory.Move(old, folder);
                Log.LogError("The module could not be staged: {0} is in use. Close the PowerShell that imported it and build again. ({1})", folder, e.Message);
                return false;
            }

            foreach (var left in Directory.GetDirectories(parent, Path.GetFileName(aside) + ".old-*"))
                TryRemove(left);
        }

        return true;
    }

    private void Write(string fresh)
    {
        // One time for all, later than every source: the next build sees at once that nothing changed.
        var now = DateTime.UtcNow;
        foreach (var file in Files)
        {
            var target = Path.Combine(fresh, file.GetMetadata("StagedPath"));
            Directory.CreateDirectory(Path.GetDirectoryName(target));
            File.Copy(file.ItemSpec, target, overwrite: true);
            File.SetAttributes(target, FileAttributes.Normal);
            File.SetLastWriteTimeUtc(target, now);
        }
    }

    /// <summary>Holds a file open alone, which works between processes on every system.</summary>
    private static FileStream Lock(string path)
    {
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < Patience)
            {
            }
        }
    }

    private static void TryRemove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
        {
            // Windows keeps what a running PowerShell has loaded; the next staging removes it.
        }
    }
}
