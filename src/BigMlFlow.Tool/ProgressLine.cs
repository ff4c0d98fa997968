using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using BigMlFlow.Tabular;

namespace BigMlFlow.Tool;

/// <summary>Messages on standard error, and below them, where that is a terminal, one line that says how far things have come.</summary>
/// <param name="writer">Where to write.</param>
/// <param name="isShown">Whether to show progress.</param>
internal sealed class ProgressLine(TextWriter writer, bool isShown) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private int _width;

    /// <summary>Shows how far it has come, but not too often.</summary>
    internal void Show(ScoringProgress progress)
    {
        if (!isShown || _sinceShown.Elapsed < Interval)
            return;
        _sinceShown.Restart();
        string share = progress.Fraction is { } fraction ? string.Create(CultureInfo.InvariantCulture, $" ({fraction:P0})") : string.Empty;
        string line = string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows{share}");
        writer.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    /// <summary>Writes a message on a line of its own.</summary>
    internal void Say(string message)
    {
        Dispose();
        writer.WriteLine(message);
    }

    /// <summary>Takes the line of progress away.</summary>
    public void Dispose()
    {
        if (_width > 0)
            writer.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }
}
