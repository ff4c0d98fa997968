using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace BigMlFlow.EngineHost;

/// <summary>The writing half of <see cref="TextHost"/>.</summary>
internal sealed class TextHostUserInterface(TextWriter output, TextWriter error, int width, TextWriter? progress) : PSHostUserInterface
{
    private const string EraseLine = "\r\u001b[K";

    private bool _progressShown;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new FixedWidth(width);

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => progress is not null;

    /// <summary>
    /// Whether what is shown goes to the errors: the engine's own way of marking an object as an error that its
    /// Out-Default shall show as one is not open to hosts.
    /// </summary>
    public bool OutputIsError { get; set; }

    /// <inheritdoc/>
    public override void Write(string value) => Clear(OutputIsError ? error : output).Write(Plain(value));

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Clear(OutputIsError ? error : output).WriteLine(Plain(value));

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Clear(error).WriteLine(Plain(value));

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    /// <summary>Shows the latest progress on one line, which goes as soon as anything else is written.</summary>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (progress is null)
            return;
        Clear(progress);
        if (record.RecordType == ProgressRecordType.Completed)
            return;
        var percent = record.PercentComplete < 0 ? "" : $" {record.PercentComplete} %";
        var line = $"{record.Activity}: {record.StatusDescription}{percent}";
        progress.Write(line.Length < width ? line : line[..(width - 1)]);
        progress.Flush();
        _progressShown = true;
    }

    /// <inheritdoc/>
    public override string ReadLine() => throw Silent();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw Silent();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Silent();

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Silent();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Silent();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Silent();

    private static HostException Silent() => new("This host cannot ask: give every mandatory parameter, and -Confirm:$false where a command would ask.");

    /// <summary>The text without its colours, unless there is a terminal to show them.</summary>
    private string Plain(string value) => GetOutputString(value, SupportsVirtualTerminal);

    private TextWriter Clear(TextWriter writer)
    {
        if (_progressShown)
            progress!.Write(EraseLine);
        _progressShown = false;
        return writer;
    }
}
