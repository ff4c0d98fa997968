using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>What came of a script: its streams, what a user would have seen, and the error that ended it, if one did.</summary>
public sealed record RunResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress,
    string Shown,
    ErrorRecord? Terminating)
{
    /// <summary>The only error, terminating or not; fails when there is none or more than one.</summary>
    public ErrorRecord Error => Assert.Single(Terminating is null ? Errors : Errors.Append(Terminating));

    /// <summary>This result, after failing the test if there was any error.</summary>
    public RunResult Succeeded()
    {
        Assert.Null(Terminating?.ToString());
        Assert.Equal([], Errors.Select(error => error.ToString()));
        return this;
    }
}
