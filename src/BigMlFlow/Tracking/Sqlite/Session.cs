using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>One transaction on a connection, and what its database has. Parameters of a statement are <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed class Session : IDisposable
{
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    internal Session(SqliteConnection connection) => _connection = connection;

    /// <summary>What the database has; known before a transaction's work begins.</summary>
    internal Schema Schema { get; set; } = Schema.Empty;

    /// <summary>Whether a statement failed since a row of that key is there.</summary>
    internal static bool IsTaken(SqliteException error) => error.SqliteExtendedErrorCode is UniqueViolation or PrimaryKeyViolation;

    /// <summary>Values as one parameter, for <c>IN (SELECT value FROM json_each($1))</c>.</summary>
    internal static string List<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    internal int Execute(string sql, params object?[] values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Runs statements without parameters.</summary>
    internal void ExecuteScript(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query.</summary>
    internal List<T> Query<T>(Func<SqliteDataReader, T> row, string sql, params object?[] values)
    {
        var rows = new List<T>();
        using SqliteDataReader reader = Command(sql, values).ExecuteReader();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>The first row of a query; the default where there is none.</summary>
    internal T? First<T>(Func<SqliteDataReader, T> row, string sql, params object?[] values)
    {
        using SqliteDataReader reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? row(reader) : default;
    }

    /// <summary>A whole number that a query gives; null where it gives no row, or null.</summary>
    internal long? Integer(string sql, params object?[] values) => First(row => row.IntegerAt(0), sql, values);

    /// <summary>A text that a query gives; null where it gives no row, or null.</summary>
    internal string? Text(string sql, params object?[] values) => First(row => row.TextAt(0), sql, values);

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
            command.Dispose();
    }

    /// <summary>The command of a statement, prepared once a session: a batch runs the same ones many times.</summary>
    private SqliteCommand Command(string sql, object?[] values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }
        for (int i = 0; i < values.Length; i++)
        {
            object value = values[i] ?? DBNull.Value;
            if (i < command.Parameters.Count)
                command.Parameters[i].Value = value;
            else
                command.Parameters.AddWithValue("$" + (i + 1).ToString(CultureInfo.InvariantCulture), value);
        }
        return command;
    }
}
