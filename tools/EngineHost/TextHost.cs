using System;
using System.Globalization;
using System.IO;
using System.Management.Automation.Host;
using System.Reflection;

namespace BigMlFlow.EngineHost;

/// <summary>
/// A host for PowerShell's engine that writes to two writers: what a script shows, and its errors. It asks nothing:
/// a script that wants to prompt fails, as in a PowerShell that was started with -NonInteractive.
/// </summary>
/// <param name="output">What is shown: formatted objects, warnings, verbose and debug messages, -WhatIf.</param>
/// <param name="error">Error records, as the engine's view renders them.</param>
/// <param name="width">The width, in characters, that views are fitted to.</param>
/// <param name="progress">Where progress is shown, a terminal; null to show none.</param>
internal sealed class TextHost(TextWriter output, TextWriter error, int width, TextWriter? progress = null) : PSHost
{
    private readonly TextHostUserInterface _ui = new(output, error, width, progress);

    /// <summary>The code of the script's <c>exit</c>; null when it ran to its end.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc cref="TextHostUserInterface.OutputIsError"/>
    public bool OutputIsError
    {
        get => _ui.OutputIsError;
        set => _ui.OutputIsError = value;
    }

    /// <inheritdoc/>
    public override string Name => "BigMlFlow.EngineHost";

    /// <inheritdoc/>
    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
