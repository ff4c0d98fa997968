using System;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Values of a row. SQLite's columns hold what was put there, so that a text may be a number, and any may be null.</summary>
internal static class RowReading
{
    internal static string? TextAt(this SqliteDataReader row, int column)
        => row.IsDBNull(column) ? null : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture);

    internal static string StringAt(this SqliteDataReader row, int column) => row.TextAt(column) ?? string.Empty;

    internal static long? IntegerAt(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    internal static DateTime? TimeAt(this SqliteDataReader row, int column) => Milliseconds.Time(row.IntegerAt(column));

    internal static LifecycleStage StageAt(this SqliteDataReader row, int column)
        => row.TextAt(column) == LifecycleStages.Deleted ? LifecycleStage.Deleted : LifecycleStage.Active;
}

/// <summary>How the database spells lifecycle stages.</summary>
internal static class LifecycleStages
{
    internal const string Active = "active";
    internal const string Deleted = "deleted";
}
