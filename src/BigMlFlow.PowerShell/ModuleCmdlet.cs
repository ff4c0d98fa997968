using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using BigMlFlow.Models;
using Microsoft.PowerShell.Commands;

namespace BigMlFlow.PowerShell;

/// <summary>What the cmdlets of this module share: paths, errors, and a token that Ctrl+C cancels.</summary>
public abstract class ModuleCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the pipeline is stopped. (The engine's own token exists from PowerShell 7.6 only.)</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds; the engine calls it also when the pipeline was stopped.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    /// <summary>The files and folders that paths name, as the file system knows them. What is not there is a non-terminating error.</summary>
    /// <param name="paths">The paths as the user gave them, relative to PowerShell's location.</param>
    /// <param name="literal">Whether wildcard characters mean themselves.</param>
    private protected IEnumerable<string> ExistingPaths(string[] paths, bool literal)
    {
        foreach (string path in paths)
        {
            foreach (string found in Resolve(path, literal))
                yield return found;
        }
    }

    /// <summary>The file or folder that a path names, whether it is there yet or not.</summary>
    private protected string TargetPath(string path)
    {
        string target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystemProvider.ProviderName
            ? target
            : throw Terminating(Errors.NotFileSystem(path, provider.Name));
    }

    /// <summary>Ends the pipeline with an error; written with <c>throw</c> so that the compiler knows that nothing follows.</summary>
    private protected Exception Terminating(ErrorRecord error)
    {
        ThrowTerminatingError(error);
        return new InvalidOperationException(); // never reached
    }

    /// <summary>Reads something of a model; what fails becomes an error of this module.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="result">What was read; the default where there is an error.</param>
    /// <returns>The error; null where there is none.</returns>
    private protected static ErrorRecord? TryRead<T>(Func<T> read, object target, out T? result)
    {
        result = default;
        try
        {
            result = read();
            return null;
        }
        catch (Exception error) when (error is BigMLException or IOException or UnauthorizedAccessException)
        {
            return Errors.ModelUnreadable(error, target);
        }
    }

    private List<string> Resolve(string path, bool literal)
    {
        var found = new List<string>();
        try
        {
            ProviderInfo provider;
            if (literal)
                found.Add(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _));
            else
                found.AddRange(SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider));
            if (provider.Name != FileSystemProvider.ProviderName)
            {
                WriteError(Errors.NotFileSystem(path, provider.Name));
                return [];
            }
            if (literal && !File.Exists(found[0]) && !Directory.Exists(found[0]))
            {
                WriteError(Errors.PathNotFound(path));
                return [];
            }
        }
        catch (ItemNotFoundException)
        {
            WriteError(Errors.PathNotFound(path));
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            WriteError(Errors.PathNotFound(path));
        }
        return found;
    }
}
