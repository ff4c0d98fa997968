using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>The versions of registered models.</summary>
internal sealed partial class SqliteStore
{
    private const string DeletedVersion = "Deleted_Internal";
    private const string ModelsScheme = "models:/";

    private sealed record VersionKey(string Name, int Version);

    public Task<ModelVersion> CreateVersionAsync(ModelVersionCreation creation, CancellationToken cancellation)
    {
        foreach (KeyValuePair<string, string> tag in creation.Tags)
            Limits.CheckRegistryTag(tag.Key, tag.Value);
        if (string.IsNullOrWhiteSpace(creation.Source))
            throw Invalid($"A version of the registered model '{creation.Name}' needs a source: where its model is.");
        return ChangeRegisteredModelAsync(
            creation.Name,
            session =>
            {
                (string location, string? runId) = Locate(session, creation.Source);
                long now = Milliseconds.Now;
                TouchRegisteredModel(session, creation.Name, now);
                // Deleted versions count: no number is given twice.
                int version = 1 + (int)session.Integer($"SELECT COALESCE(MAX(version), 0) FROM model_versions WHERE name = $1{session.Schema.InWorkspace}", creation.Name)!.Value;
                session.Execute(
                    "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, current_stage, source, storage_location, run_id, status) "
                        + "VALUES ($1, $2, $3, $3, $4, 'None', $5, $6, $7, 'READY')",
                    creation.Name, version, now, creation.Description, creation.Source, location, creation.RunId ?? runId);
                foreach (KeyValuePair<string, string> tag in creation.Tags)
                    PutVersionTag(session, creation.Name, version, tag.Key, tag.Value);
                return FindVersion(session, creation.Name, version);
            },
            cancellation);
    }

    public Task<ModelVersion> GetVersionAsync(string name, int version, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.ReadAsync(session => FindVersion(session, name, version), cancellation);
    }

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyCollection<string> stages, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        string[] wanted = [.. (stages.Count == 0 ? Stages.All : stages).Select(Stages.Canonical)];
        return _database.ReadAsync<IReadOnlyList<ModelVersion>>(
            session => [.. FindRegisteredModel(session, name).LatestVersions.Where(version => wanted.Contains(version.Stage))], cancellation);
    }

    public Task<string> GetDownloadUriAsync(string name, int version, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.ReadAsync(session => DownloadUri(session, name, version), cancellation);
    }

    public Task<ModelVersion> DescribeVersionAsync(string name, int version, string description, CancellationToken cancellation)
        => ChangeVersionAsync(
            name, version,
            session => session.Execute(
                $"UPDATE model_versions SET description = $3, last_updated_time = $4 WHERE name = $1 AND version = $2{session.Schema.InWorkspace}", name, version, description, Milliseconds.Now),
            cancellation);

    public Task<ModelVersion> TransitionStageAsync(string name, int version, string stage, bool archiveOthers, CancellationToken cancellation)
    {
        string canonical = Stages.Canonical(stage);
        if (archiveOthers && canonical is not ("Staging" or "Production"))
            throw Invalid($"Others can be archived for the stages Staging and Production only, not for {canonical}.");
        return ChangeVersionAsync(
            name, version,
            session =>
            {
                long now = Milliseconds.Now;
                if (archiveOthers)
                {
                    session.Execute(
                        $"UPDATE model_versions SET current_stage = 'Archived', last_updated_time = $4 WHERE name = $1 AND version <> $2 AND current_stage = $3{session.Schema.InWorkspace}",
                        name, version, canonical, now);
                }
                session.Execute($"UPDATE model_versions SET current_stage = $3, last_updated_time = $4 WHERE name = $1 AND version = $2{session.Schema.InWorkspace}", name, version, canonical, now);
                TouchRegisteredModel(session, name, now);
            },
            cancellation);
    }

    public Task DeleteVersionAsync(string name, int version, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return WriteAsync(
            session =>
            {
                FindVersion(session, name, version);
                long now = Milliseconds.Now;
                string here = session.Schema.InWorkspace;
                TouchRegisteredModel(session, name, now);
                session.Execute($"DELETE FROM registered_model_aliases WHERE name = $1 AND version = $2{here}", name, version);
                // The row stays, so that its number is not given again; the words are MLflow's.
                session.Execute(
                    "UPDATE model_versions SET current_stage = $3, last_updated_time = $4, description = NULL, user_id = NULL, status_message = NULL, "
                        + $"source = 'REDACTED-SOURCE-PATH', run_id = 'REDACTED-RUN-ID', run_link = 'REDACTED-RUN-LINK' WHERE name = $1 AND version = $2{here}",
                    name, version, DeletedVersion, now);
            },
            cancellation);
    }

    public Task SetVersionTagAsync(string name, int version, string key, string value, CancellationToken cancellation)
    {
        Limits.CheckRegistryTag(key, value);
        return ChangeVersionAsync(name, version, session => PutVersionTag(session, name, version, key, value), cancellation);
    }

    public Task DeleteVersionTagAsync(string name, int version, string key, CancellationToken cancellation)
        => ChangeVersionAsync(
            name, version,
            session => session.Execute($"DELETE FROM model_version_tags WHERE name = $1 AND version = $2 AND key = $3{session.Schema.InWorkspace}", name, version, key), cancellation);

    /// <summary>Changes what belongs to a version, which is there.</summary>
    private Task<ModelVersion> ChangeVersionAsync(string name, int version, Action<Session> change, CancellationToken cancellation)
    {
        Limits.CheckRegisteredModelName(name);
        return _database.WriteAsync(
            session =>
            {
                FindVersion(session, name, version);
                change(session);
                return FindVersion(session, name, version);
            },
            cancellation);
    }

    private static void TouchRegisteredModel(Session session, string name, long now)
        => session.Execute($"UPDATE registered_models SET last_updated_time = $2 WHERE name = $1{session.Schema.InWorkspace}", name, now);

    private static void PutVersionTag(Session session, string name, int version, string key, string value)
        => session.Execute("INSERT INTO model_version_tags (key, value, name, version) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET value = excluded.value", key, value, name, version);

    /// <summary>Where the files of a source are, and the run that produced them where the source tells.</summary>
    private static (string Location, string? RunId) Locate(Session session, string source)
    {
        if (!source.StartsWith(ModelsScheme, StringComparison.Ordinal))
            return (source, null);
        if (LoggedModelOf(source) is { } modelId)
        {
            LoggedModel model = FindLoggedModel(session, modelId);
            return (model.ArtifactLocation, model.SourceRunId);
        }
        string[] parts = source.Substring(ModelsScheme.Length).Split('/');
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? (DownloadUri(session, parts[0], version), null)
            : throw Invalid($"'{source}' cannot be the source of a version: it names no logged model (models:/m-…) and no version (models:/name/number).");
    }

    private static string DownloadUri(Session session, string name, int version)
    {
        ModelVersion found = FindVersion(session, name, version);
        return session.Text($"SELECT storage_location FROM model_versions WHERE name = $1 AND version = $2{session.Schema.InWorkspace}", name, version) is { Length: > 0 } location
            ? location
            : found.Source ?? throw NotFound($"The version {found} has no source.");
    }

    /// <summary>The logged model that a source names. The table of versions has no column for it.</summary>
    private static string? LoggedModelOf(string? source)
        => source is not null && source.StartsWith(ModelsScheme + "m-", StringComparison.Ordinal) && source.IndexOf('/', ModelsScheme.Length) < 0 ? source.Substring(ModelsScheme.Length) : null;

    private static ModelVersion FindVersion(Session session, string name, int version)
    {
        Limits.CheckVersion(version);
        return ReadVersions(session, [new VersionKey(name, version)]).SingleOrDefault()
            ?? throw NotFound(
                session.Integer($"SELECT 1 FROM registered_models WHERE name = $1{session.Schema.InWorkspace}", name) is null
                    ? $"There is no registered model '{name}'."
                    : $"The registered model '{name}' has no version {version.ToString(CultureInfo.InvariantCulture)}.");
    }

    /// <summary>Versions in the order of the keys given; those that are not there, or deleted, are left out.</summary>
    private static List<ModelVersion> ReadVersions(Session session, IReadOnlyCollection<VersionKey> keys)
    {
        string list = Session.List(keys.Select(key => new object[] { key.Name, key.Version }));
        const string Wanted = "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1))";
        string here = session.Schema.InWorkspace;
        ILookup<VersionKey, KeyValuePair<string, string>> tags = session
            .Query(
                row => (Key: new VersionKey(row.StringAt(3), row.GetInt32(0)), Pair: Pair(row)),
                $"SELECT version, key, value, name FROM model_version_tags WHERE (name, version) IN {Wanted}{here} ORDER BY rowid", list)
            .ToLookup(tag => tag.Key, tag => tag.Pair);
        ILookup<VersionKey, string> aliases = session
            .Query(
                row => (Key: new VersionKey(row.StringAt(0), row.GetInt32(1)), Alias: row.StringAt(2)),
                $"SELECT name, version, alias FROM registered_model_aliases WHERE (name, version) IN {Wanted}{here} ORDER BY rowid", list)
            .ToLookup(alias => alias.Key, alias => alias.Alias);
        return session.Query(
            row =>
            {
                var key = new VersionKey(row.StringAt(0), row.GetInt32(1));
                string? source = row.TextAt(5);
                return new ModelVersion
                {
                    Name = key.Name,
                    Version = key.Version,
                    CreationTime = row.TimeAt(2),
                    LastUpdatedTime = row.TimeAt(3),
                    Description = row.TextAt(4) is { Length: > 0 } description ? description : null,
                    Source = source,
                    ModelId = LoggedModelOf(source),
                    RunId = row.TextAt(6) is { Length: > 0 } run ? run : null,
                    Stage = row.TextAt(7) is { Length: > 0 } stage ? stage : "None",
                    Status = row.TextAt(8) ?? "READY",
                    StatusMessage = row.TextAt(9) is { Length: > 0 } message ? message : null,
                    Tags = new TagSet(tags[key]),
                    Aliases = [.. aliases[key]],
                };
            },
            "SELECT name, version, creation_time, last_updated_time, description, source, run_id, current_stage, status, status_message FROM model_versions "
                + $"JOIN json_each($1) ids ON name = json_extract(ids.value, '$[0]') AND version = json_extract(ids.value, '$[1]') WHERE current_stage <> $2{here} ORDER BY ids.key",
            list, DeletedVersion);
    }
}
