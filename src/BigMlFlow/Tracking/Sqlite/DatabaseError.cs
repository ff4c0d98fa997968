using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>What SQLite refuses, said of the file and with what to do.</summary>
internal static class DatabaseError
{
    /// <summary>The error of a store for one of SQLite (https://sqlite.org/rescode.html).</summary>
    internal static TrackingException Of(SqliteException error, string path)
    {
        (TrackingError kind, string message) = error.SqliteErrorCode switch
        {
            5 or 6 => (TrackingError.Unavailable, $"The tracking database '{path}' is locked: another process has been writing to it for a minute. Try again, or end what holds it."),
            3 or 8 or 23 => (TrackingError.PermissionDenied, $"The tracking database '{path}' or its folder cannot be written to: allow it, or use another one."),
            10 => (TrackingError.Other, $"The tracking database '{path}' cannot be read or written: the disk or the network share reports an error."),
            11 => (TrackingError.Other, $"The tracking database '{path}' is damaged: restore it from a backup."),
            13 => (TrackingError.Other, $"The tracking database '{path}' cannot grow: the disk is full. Nothing of this was stored; free some space and repeat it."),
            14 => (TrackingError.NotFound, $"The tracking database '{path}' cannot be opened: it is not there, is a folder, or may not be accessed."),
            19 => (TrackingError.InvalidValue, $"The tracking database '{path}' refuses a row: what it refers to is gone, a key is there already, or a later MLflow needs columns that are not known here."),
            26 => (TrackingError.InvalidValue, $"'{path}' is not an SQLite database."),
            _ => (TrackingError.Other, $"The tracking database '{path}' reports an error."),
        };
        return new TrackingException(kind, $"{message} (SQLite: {error.Message})", error);
    }
}
