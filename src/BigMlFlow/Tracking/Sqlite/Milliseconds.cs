using System;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Times as MLflow stores them: whole milliseconds since 1970, UTC.</summary>
internal static class Milliseconds
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long Most = (DateTime.MaxValue.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMillisecond;
    private static readonly long Least = -Epoch.Ticks / TimeSpan.TicksPerMillisecond;

    internal static long Now => Of(DateTime.UtcNow);

    internal static long Of(DateTime time)
    {
        long ticks = (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks - Epoch.Ticks;
        // Rounded down before 1970 too, so that a time read and written again stays.
        return (ticks / TimeSpan.TicksPerMillisecond) - (ticks % TimeSpan.TicksPerMillisecond < 0 ? 1 : 0);
    }

    /// <summary>The time; null where it is none that can be told, so that a wrong clock does not make a row unreadable.</summary>
    internal static DateTime? Time(long? milliseconds)
        => milliseconds is { } value && value >= Least && value <= Most ? Epoch.AddTicks(value * TimeSpan.TicksPerMillisecond) : null;

    /// <summary>The time of a row that has one by its schema; 1970 where it cannot be told.</summary>
    internal static DateTime TimeOrEpoch(long milliseconds) => Time(milliseconds) ?? Epoch;
}
