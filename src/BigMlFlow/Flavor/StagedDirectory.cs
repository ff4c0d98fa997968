using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BigMlFlow.Flavor;

/// <summary>
/// A directory that appears whole or not at all. It is written beside its place, under a name of its own, and moved there in
/// the end. What it replaces is moved aside before, where the system cannot exchange the two, and deleted only afterwards.
/// </summary>
internal sealed class StagedDirectory : IDisposable
{
    private const string Staging = ".new";
    private const string Aside = ".old";

    private readonly string _target;
    private readonly bool _force;
    private readonly Func<string, string, bool> _tryExchange;
    private readonly List<string> _createdParents = [];
    private bool _committed;

    /// <summary>Checks the target, and makes the empty directory to write into.</summary>
    /// <param name="target">Where the directory shall be.</param>
    /// <param name="force">Whether a directory that is there and not empty may be replaced.</param>
    /// <param name="tryExchange">Lets two directories change places; null for the system's own call, where it has one.</param>
    /// <exception cref="FlavorException">Something is there that may not be replaced, or nothing can be written.</exception>
    internal StagedDirectory(string target, bool force, Func<string, string, bool>? tryExchange = null)
    {
        _tryExchange = tryExchange ?? DirectoryExchange.TryExchange;
        _target = System.IO.Path.GetFullPath(target).TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar);
        _force = force;
        string? parent = System.IO.Path.GetDirectoryName(_target);
        if (string.IsNullOrEmpty(parent))
            throw new FlavorException(FlavorError.TargetExists, $"'{target}' is the root of a file system: name a directory for the model.");
        Path = Sibling(Staging);
        try
        {
            CreateParents(parent!);
            Recover();
            CheckTarget();
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Dispose();
            throw NotWritable(error);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The full path of the directory to write into.</summary>
    internal string Path { get; }

    /// <summary>The full path where the directory will be.</summary>
    internal string Target => _target;

    /// <summary>Moves the directory to its place.</summary>
    /// <exception cref="FlavorException">Something has appeared there meanwhile, or the system refuses.</exception>
    internal void Commit()
    {
        try
        {
            CheckTarget();
            if (!Directory.Exists(_target))
                Directory.Move(Path, _target);
            else if (IsEmpty(_target))
                ReplaceEmpty();
            else
                Replace();
            _committed = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(error);
        }
    }

    /// <summary>Removes what was written, unless it has been moved to its place.</summary>
    public void Dispose()
    {
        if (_committed)
            return;
        Delete(Path);
        foreach (string parent in _createdParents)
        {
            if (Directory.Exists(parent) && IsEmpty(parent))
                Delete(parent);
        }
        _committed = true;
    }

    /// <summary>The copy that an interrupted replacement left beside a path where nothing is now; null where there is none.</summary>
    internal static string? Interrupted(string target)
    {
        string? parent = System.IO.Path.GetDirectoryName(target);
        if (string.IsNullOrEmpty(parent) || Directory.Exists(target) || File.Exists(target) || !Directory.Exists(parent))
            return null;
        return Directory.EnumerateDirectories(parent!)
            .Where(path => System.IO.Path.GetFileName(path) is var name && name.StartsWith(Prefix(target), StringComparison.Ordinal) && name.EndsWith(Aside, StringComparison.Ordinal))
            .OrderByDescending(Directory.GetLastWriteTimeUtc)
            .FirstOrDefault();
    }

    private void Replace()
    {
        // Where the system can, the two change places in one step, and there is no moment without a model.
        if (_tryExchange(Path, _target))
        {
            Delete(Path);
            return;
        }
        string aside = Sibling(Aside);
        Directory.Move(_target, aside);
        try
        {
            Directory.Move(Path, _target);
        }
        catch
        {
            if (!Directory.Exists(_target))
                Directory.Move(aside, _target);
            throw;
        }
        Delete(aside);
    }

    private void ReplaceEmpty()
    {
        if (_tryExchange(Path, _target))
        {
            Delete(Path);
            return;
        }
        Directory.Delete(_target);
        Directory.Move(Path, _target);
    }

    /// <summary>Puts back what a process that was killed while it replaced a directory had moved aside.</summary>
    private void Recover()
    {
        if (Interrupted(_target) is { } aside)
            Directory.Move(aside, _target);
    }

    private void CheckTarget()
    {
        if (File.Exists(_target))
            throw new FlavorException(FlavorError.TargetExists, $"'{_target}' is a file: name a directory for the model.");
        if (!_force && Directory.Exists(_target) && !IsEmpty(_target))
            throw new FlavorException(FlavorError.TargetExists, $"'{_target}' exists and is not empty. Name another directory, or ask for it to be replaced (Force).");
    }

    private void CreateParents(string parent)
    {
        for (string? missing = parent; missing is not null && !Directory.Exists(missing); missing = System.IO.Path.GetDirectoryName(missing))
            _createdParents.Add(missing);
        Directory.CreateDirectory(parent);
    }

    private string Sibling(string ending)
        => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(_target)!, Prefix(_target) + Guid.NewGuid().ToString("N").Substring(0, 8) + ending);

    /// <summary>A leading dot hides the directory from those who list the folder meanwhile.</summary>
    private static string Prefix(string target) => "." + System.IO.Path.GetFileName(target) + ".";

    private static bool IsEmpty(string directory) => !Directory.EnumerateFileSystemEntries(directory).Any();

    /// <summary>Deletes what is ours and not needed any more; what resists stays, since nothing depends on it.</summary>
    private static void Delete(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private FlavorException NotWritable(Exception error)
        => new(FlavorError.TargetNotWritable, $"The model cannot be saved in '{_target}': {error.Message}", error);
}
