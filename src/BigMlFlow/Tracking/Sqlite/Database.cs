using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>
/// A database file. Each piece of work is one transaction on a connection of its own, so that nothing is held between them: no lock, no
/// handle on a file that somebody replaces. Others may write at the same time, Python's MLflow among them.
/// </summary>
internal sealed class Database
{
    // Results of SQLite (https://sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Interrupted = 9;

    /// <summary>How long to wait for other writers; MLflow waits 20 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _path;
    private readonly string _artifactRoot;
    private readonly object _creation = new();
    private volatile Schema? _schema;
    private volatile bool _isThere;

    internal Database(string path, string artifactRoot)
    {
        _path = path;
        _artifactRoot = artifactRoot;
    }

    /// <summary>Reads: all that the work sees is of one moment.</summary>
    internal Task<T> ReadAsync<T>(Func<Session, T> work, CancellationToken cancellation) => Task.Run(() => Run(work, "BEGIN", cancellation), cancellation);

    /// <summary>Reads and writes, whole or not at all. The work may be done again from its beginning, and so changes nothing but the database.</summary>
    internal Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellation) => Task.Run(() => Run(work, "BEGIN IMMEDIATE", cancellation), cancellation);

    private T Run<T>(Func<Session, T> work, string begin, CancellationToken cancellation)
    {
        NativeSqlite.EnsureLoaded();
        try
        {
            EnsureThere(cancellation);
            return Transact(
                session =>
                {
                    Schema schema = Schema.Read(session, _schema);
                    if (schema != _schema)
                    {
                        schema.Check(session, _path);
                        _schema = schema;
                    }
                    session.Schema = schema;
                    return work(session);
                },
                SqliteOpenMode.ReadWrite, begin, cancellation);
        }
        catch (SqliteException error)
        {
            throw DatabaseError.Of(error, _path);
        }
    }

    /// <summary>Once: makes the database where there is none, or nothing of MLflow's in it.</summary>
    private void EnsureThere(CancellationToken cancellation)
    {
        if (_isThere)
            return;
        lock (_creation)
        {
            if (_isThere)
                return;
            MakeFolder();
            if (Transact(NeedsWork, SqliteOpenMode.ReadWriteCreate, "BEGIN", cancellation))
                Transact(Prepare, SqliteOpenMode.ReadWriteCreate, "BEGIN IMMEDIATE", cancellation);
            _isThere = true;
        }
    }

    private static bool NeedsWork(Session session)
        => Schema.Read(session, null).HasNothing || session.Integer("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'experiments')") == 1 && LacksExperiments(session);

    private static bool LacksExperiments(Session session) => session.Integer("SELECT EXISTS (SELECT 1 FROM experiments)") == 0;

    /// <summary>Looks again, now that nobody else can: another process may have been first.</summary>
    private bool Prepare(Session session)
    {
        Schema schema = Schema.Read(session, null);
        if (schema.HasNothing)
        {
            Schema.Create(session, _artifactRoot);
        }
        else
        {
            schema.Check(session, _path);
            if (LacksExperiments(session))
                Schema.CreateDefaultExperiment(session, _artifactRoot);
        }
        return true;
    }

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrackingException(TrackingError.PermissionDenied, $"The folder of the tracking database '{_path}' cannot be made: {error.Message}", error);
        }
    }

    private T Transact<T>(Func<Session, T> work, SqliteOpenMode mode, string begin, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return TransactOnce(work, mode, begin, cancellation);
            }
            catch (SqliteException error) when (error.SqliteErrorCode == Interrupted && cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (SqliteException error) when (error.SqliteErrorCode == Busy && clock.Elapsed < Patience)
            {
                // SQLite itself waited for a second.
            }
        }
    }

    private T TransactOnce<T>(Func<Session, T> work, SqliteOpenMode mode, string begin, CancellationToken cancellation)
    {
        using SqliteConnection connection = Open(mode);
        using var session = new Session(connection);
        using CancellationTokenRegistration stop = cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle));
        session.ExecuteScript("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 1000; PRAGMA case_sensitive_like = ON");
        session.ExecuteScript(begin);
        // What is not committed is rolled back when the connection closes.
        T result = work(session);
        session.ExecuteScript("COMMIT");
        return result;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = mode,
            Pooling = false,
            // The least there is: SQLite's own waiting, set below, is the patient one.
            DefaultTimeout = 1,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
