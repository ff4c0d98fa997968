using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Registered models: names, descriptions, tags and aliases.</summary>
internal sealed partial class SqliteStore
{
    public Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, string? description, IReadOnlyCollection<KeyValuePair<string, string>> tags, CancellationToken cancellation)
    {
        Limits.CheckNewRegisteredModelName(name);
        foreach (KeyValuePair<string, string> tag in tags)
            Limits.CheckRegistryTag(tag.Key, tag.Value);
        return _database.WriteAsync(
            session =>
            {
                CheckModelNameIsFree(session, name);
                session.Execute("INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES ($1, $2, $2, $3)", name, Milliseconds.Now, description);
                foreach (KeyValuePair<string, string> tag in tags)
                    PutRegisteredModelTag(session, name, tag.Key, tag.Value);
                return FindRegisteredModel(session, name);
            },
            cancellation);
    }

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.ReadAsync(session => FindRegisteredModel(session, name), cancellation);
    }

    public Task<RegisteredModel> DescribeRegisteredModelAsync(string name, string description, CancellationToken cancellation)
        => ChangeRegisteredModelAsync(
            name,
            session =>
            {
                session.Execute($"UPDATE registered_models SET description = $2, last_updated_time = $3 WHERE name = $1{session.Schema.InWorkspace}", name, description, Milliseconds.Now);
                return FindRegisteredModel(session, name);
            },
            cancellation);

    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellation)
    {
        Limits.CheckNewRegisteredModelName(newName);
        return ChangeRegisteredModelAsync(
            name,
            session =>
            {
                if (newName != name)
                    CheckModelNameIsFree(session, newName);
                long now = Milliseconds.Now;
                // What refers to the name follows by itself.
                session.Execute($"UPDATE registered_models SET name = $2, last_updated_time = $3 WHERE name = $1{session.Schema.InWorkspace}", name, newName, now);
                session.Execute($"UPDATE model_versions SET last_updated_time = $2 WHERE name = $1{session.Schema.InWorkspace}", newName, now);
                return FindRegisteredModel(session, newName);
            },
            cancellation);
    }

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellation)
        => ChangeRegisteredModelAsync(
            name,
            session =>
            {
                foreach (string table in new[] { "model_version_tags", "model_versions", "registered_model_aliases", "registered_model_tags", "registered_models" })
                    session.Execute($"DELETE FROM {table} WHERE name = $1{session.Schema.InWorkspace}", name);
                return true;
            },
            cancellation);

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellation)
    {
        Limits.CheckRegistryTag(key, value);
        return ChangeRegisteredModelAsync(name, session => PutRegisteredModelTag(session, name, key, value), cancellation);
    }

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellation)
        => ChangeRegisteredModelAsync(
            name, session => session.Execute($"DELETE FROM registered_model_tags WHERE name = $1 AND key = $2{session.Schema.InWorkspace}", name, key), cancellation);

    public Task SetAliasAsync(string name, string alias, int version, CancellationToken cancellation)
    {
        Limits.CheckAlias(alias);
        return ChangeRegisteredModelAsync(
            name,
            session =>
            {
                FindVersion(session, name, version);
                return session.Execute(
                    "INSERT INTO registered_model_aliases (alias, version, name) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET version = excluded.version", alias, version, name);
            },
            cancellation);
    }

    public Task DeleteAliasAsync(string name, string alias, CancellationToken cancellation)
        => ChangeRegisteredModelAsync(
            name, session => session.Execute($"DELETE FROM registered_model_aliases WHERE name = $1 AND alias = $2{session.Schema.InWorkspace}", name, alias), cancellation);

    public Task<ModelVersion> GetVersionByAliasAsync(string name, string alias, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.ReadAsync(
            session =>
            {
                RegisteredModel model = FindRegisteredModel(session, name);
                return model.Aliases.TryGetValue(alias, out string version)
                    ? FindVersion(session, name, int.Parse(version, CultureInfo.InvariantCulture))
                    : throw NotFound($"The registered model '{name}' has no alias '{alias}'; it has {(model.Aliases.Count == 0 ? "none" : string.Join(", ", model.Aliases.Keys))}.");
            },
            cancellation);
    }

    /// <summary>Changes what belongs to a registered model, which is there.</summary>
    private Task<T> ChangeRegisteredModelAsync<T>(string name, Func<Session, T> change, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.WriteAsync(
            session =>
            {
                FindRegisteredModel(session, name);
                return change(session);
            },
            cancellation);
    }

    private static int PutRegisteredModelTag(Session session, string name, string key, string value)
        => session.Execute("INSERT INTO registered_model_tags (key, value, name) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value", key, value, name);

    private static void CheckModelNameIsFree(Session session, string name)
    {
        if (session.Integer($"SELECT 1 FROM registered_models WHERE name = $1{session.Schema.InWorkspace}", name) is not null)
            throw new TrackingException(TrackingError.AlreadyExists, $"There is a registered model '{name}' already.");
    }

    private static RegisteredModel FindRegisteredModel(Session session, string name)
        => ReadRegisteredModels(session, [name]).SingleOrDefault() ?? throw NotFound($"There is no registered model '{name}'.");

    /// <summary>Registered models in the order of the names given; those that are not there are left out.</summary>
    private static List<RegisteredModel> ReadRegisteredModels(Session session, IReadOnlyCollection<string> names)
    {
        string keys = Session.List(names);
        string here = session.Schema.InWorkspace;
        ILookup<string, KeyValuePair<string, string>> Pairs(string columns, string table) => session
            .Query(row => (Name: row.StringAt(0), Pair: Pair(row)), $"SELECT name, {columns} FROM {table} WHERE name IN (SELECT value FROM json_each($1)){here} ORDER BY rowid", keys)
            .ToLookup(pair => pair.Name, pair => pair.Pair);
        ILookup<string, KeyValuePair<string, string>> tags = Pairs("key, value", "registered_model_tags"), aliases = Pairs("alias, version", "registered_model_aliases");
        // Of each stage the highest number.
        ILookup<string, ModelVersion> latest = ReadVersions(
            session,
            session.Query(
                row => new VersionKey(row.StringAt(0), row.GetInt32(1)),
                $"SELECT name, MAX(version) FROM model_versions WHERE name IN (SELECT value FROM json_each($1)) AND current_stage <> $2{here} GROUP BY name, current_stage ORDER BY 1, 2",
                keys, DeletedVersion)).ToLookup(version => version.Name);
        return session.Query(
            row =>
            {
                string name = row.StringAt(0);
                return new RegisteredModel
                {
                    Name = name,
                    CreationTime = row.TimeAt(1),
                    LastUpdatedTime = row.TimeAt(2),
                    Description = row.TextAt(3) is { Length: > 0 } description ? description : null,
                    Tags = new TagSet(tags[name]),
                    Aliases = new TagSet(aliases[name]),
                    LatestVersions = [.. latest[name]],
                };
            },
            $"SELECT name, creation_time, last_updated_time, description FROM registered_models JOIN json_each($1) ids ON name = ids.value WHERE 1 = 1{here} ORDER BY ids.key",
            keys);
    }
}
