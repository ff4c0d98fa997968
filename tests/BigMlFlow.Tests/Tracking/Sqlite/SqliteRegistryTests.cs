using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using Xunit;
using static BigMlFlow.Tests.Tracking.Sqlite.SqliteRunTests;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>The registry and logged models in databases of every kind: what is written is read again, and its rows are MLflow's.</summary>
public sealed class SqliteRegistryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string?> Schemas => [(string?)null, "2.9.2", "3.17.2"];

    private static KeyValuePair<string, string> Tag(string key, string value) => new(key, value);

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task RegisteredModels(string? schema)
    {
        using var its = new NewStore(schema);
        IModelRegistry store = its.Store;
        RegisteredModel made = await store.CreateRegisteredModelAsync("Größe", "What it is", [Tag("a", "1")], None);
        Assert.Equal(("Größe", "What it is", "a=1"), (made.Name, made.Description, made.Tags.ToString()));
        await Fails(TrackingError.AlreadyExists, () => store.CreateRegisteredModelAsync("Größe", null, [], None));
        await store.CreateRegisteredModelAsync("other", null, [], None);
        await Fails(TrackingError.AlreadyExists, () => store.RenameRegisteredModelAsync("Größe", "other", None));
        await Fails(TrackingError.NotFound, () => store.GetRegisteredModelAsync("none", None));

        await store.SetRegisteredModelTagAsync("Größe", "a", "2", None);
        await store.SetRegisteredModelTagAsync("Größe", "b", "3", None);
        await store.DeleteRegisteredModelTagAsync("Größe", "b", None);
        Assert.Equal("Better", (await store.DescribeRegisteredModelAsync("Größe", "Better", None)).Description);
        await store.CreateVersionAsync(new ModelVersionCreation("Größe", "s3://bucket/model") { Tags = [Tag("v", "1")] }, None);
        await store.SetAliasAsync("Größe", "champion", 1, None);
        RegisteredModel renamed = await store.RenameRegisteredModelAsync("Größe", "new name", None);
        Assert.Equal(("a=2", "champion=1"), (renamed.Tags.ToString(), renamed.Aliases.ToString()));
        ModelVersion version = await store.GetVersionByAliasAsync("new name", "champion", None);
        Assert.Equal(("new name", 1, "v=1", renamed.LastUpdatedTime), (version.Name, version.Version, version.Tags.ToString(), version.LastUpdatedTime));

        await store.DeleteRegisteredModelAsync("new name", None);
        await Fails(TrackingError.NotFound, () => store.GetRegisteredModelAsync("new name", None));
        foreach (string table in new[] { "model_versions", "model_version_tags", "registered_model_tags", "registered_model_aliases" })
            Assert.Equal([0L], its.Row($"SELECT COUNT(*) FROM {table}"));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Versions(string? schema)
    {
        using var its = new NewStore(schema);
        IModelRegistry store = its.Store;
        await Fails(TrackingError.NotFound, () => store.CreateVersionAsync(new ModelVersionCreation("m", "s3://b/1"), None));
        await store.CreateRegisteredModelAsync("m", null, [], None);
        for (int i = 1; i <= 3; i++)
            Assert.Equal(i, (await store.CreateVersionAsync(new ModelVersionCreation("m", "s3://b/" + i) { RunId = "r" + i, Description = "d" + i }, None)).Version);
        Assert.Equal(["None", "READY", "s3://b/2", "s3://b/2", "r2", "d2", DBNull.Value, DBNull.Value, DBNull.Value],
            its.Row("SELECT current_stage, status, source, storage_location, run_id, description, user_id, status_message, run_link FROM model_versions WHERE version = 2"));

        await store.TransitionStageAsync("m", 1, "production", archiveOthers: false, None);
        ModelVersion second = await store.TransitionStageAsync("m", 2, "Production", archiveOthers: true, None);
        Assert.Equal("Production", second.Stage);
        Assert.Equal([(1, "Archived"), (2, "Production"), (3, "None")], (await store.GetLatestVersionsAsync("m", [], None)).Select(version => (version.Version, version.Stage)));
        Assert.Equal([2], (await store.GetLatestVersionsAsync("m", ["production"], None)).Select(version => version.Version));
        Assert.Equal(second.LastUpdatedTime, (await store.GetVersionAsync("m", 1, None)).LastUpdatedTime);
        await Fails(TrackingError.InvalidValue, () => store.TransitionStageAsync("m", 2, "Archived", archiveOthers: true, None));
        await Fails(TrackingError.InvalidValue, () => store.TransitionStageAsync("m", 2, "Live", archiveOthers: false, None));

        await store.SetVersionTagAsync("m", 3, "k", "v", None);
        await store.SetVersionTagAsync("m", 3, "k", "w", None);
        await store.SetAliasAsync("m", "a", 1, None);
        await store.SetAliasAsync("m", "a", 3, None);
        await store.SetAliasAsync("m", "b", 3, None);
        await store.DeleteAliasAsync("m", "b", None);
        await store.DeleteAliasAsync("m", "b", None);
        Assert.Equal("new", (await store.DescribeVersionAsync("m", 3, "new", None)).Description);
        ModelVersion third = await store.GetVersionByAliasAsync("m", "a", None);
        Assert.Equal((3, "k=w", "a"), (third.Version, third.Tags.ToString(), string.Join(',', third.Aliases)));
        await Fails(TrackingError.NotFound, () => store.GetVersionByAliasAsync("m", "b", None));
        await Fails(TrackingError.NotFound, () => store.SetAliasAsync("m", "c", 9, None));

        await store.DeleteVersionAsync("m", 3, None);
        await Fails(TrackingError.NotFound, () => store.GetVersionAsync("m", 3, None));
        await Fails(TrackingError.NotFound, () => store.GetVersionByAliasAsync("m", "a", None));
        Assert.Equal(["Deleted_Internal", "REDACTED-SOURCE-PATH", "REDACTED-RUN-ID", "REDACTED-RUN-LINK", DBNull.Value, "s3://b/3"],
            its.Row("SELECT current_stage, source, run_id, run_link, description, storage_location FROM model_versions WHERE version = 3"));
        ModelVersion copy = await store.CreateVersionAsync(new ModelVersionCreation("m", "models:/m/1"), None);
        Assert.Equal(4, copy.Version);
        Assert.Equal("s3://b/1", await store.GetDownloadUriAsync("m", 4, None));
        await Fails(TrackingError.InvalidValue, () => store.CreateVersionAsync(new ModelVersionCreation("m", "models:/m@a"), None));
    }

    [Fact]
    public async Task LoggedModels()
    {
        using var its = new NewStore("3.17.2");
        Run run = await its.CreateRun();
        LoggedModel model = (await its.Store.TryCreateLoggedModelAsync(
            new LoggedModelCreation("0") { Name = "model", SourceRunId = run.RunId, ModelType = "t", Parameters = [Tag("p", "1")], Tags = [Tag("a", "1")] }, None))!;
        Assert.Matches("^m-[0-9a-f]{32}$", model.ModelId);
        Assert.Equal($"{its.Artifacts}/0/models/{model.ModelId}/artifacts", model.ArtifactLocation);
        Assert.Equal((LoggedModelStatus.Pending, "t", run.RunId, "p=1", "a=1"), (model.Status, model.ModelType, model.SourceRunId, model.Parameters.ToString(), model.Tags.ToString()));

        await its.Store.LogModelOutputsAsync(run.RunId, [new(model.ModelId, 3)], None);
        await Fails(TrackingError.InvalidValue, () => its.Store.LogModelOutputsAsync(run.RunId, [new(model.ModelId, 3)], None));
        await Fails(TrackingError.NotFound, () => its.Store.LogModelOutputsAsync(run.RunId, [new("m-none", 3)], None));
        Assert.Equal([model.ModelId], (await its.Store.GetRunAsync(run.RunId, None)).ModelOutputs);
        await its.Log(run.RunId, new Metric("acc", 0.5, NewStore.Time, 3) { ModelId = model.ModelId });
        await its.Log(run.RunId, new Metric("acc", 0.5, NewStore.Time, 3) { ModelId = model.ModelId });
        await Fails(TrackingError.InvalidValue, () => its.Log(run.RunId, new Metric("acc", 0.6, NewStore.Time, 3) { ModelId = model.ModelId }));

        await its.Store.SetLoggedModelTagsAsync(model.ModelId, [Tag("a", "2"), Tag("b", "3")], None);
        await its.Store.DeleteLoggedModelTagAsync(model.ModelId, "b", None);
        Assert.Equal(LoggedModelStatus.Ready, (await its.Store.FinalizeLoggedModelAsync(model.ModelId, LoggedModelStatus.Ready, None)).Status);
        model = await its.Store.GetLoggedModelAsync(model.ModelId, None);
        Assert.Equal("a=2", model.Tags.ToString());
        Assert.Equal(("acc", 0.5, 3), (model.Metrics.Single().Key, model.Metrics.Single().Value, model.Metrics.Single().Step));

        await its.Store.CreateRegisteredModelAsync("m", null, [], None);
        ModelVersion version = await its.Store.CreateVersionAsync(new ModelVersionCreation("m", "models:/" + model.ModelId), None);
        Assert.Equal((run.RunId, model.ModelId), (version.RunId, version.ModelId));
        Assert.Equal(model.ArtifactLocation, await its.Store.GetDownloadUriAsync("m", 1, None));

        await its.Store.DeleteLoggedModelAsync(model.ModelId, None);
        await Fails(TrackingError.NotFound, () => its.Store.GetLoggedModelAsync(model.ModelId, None));
        Assert.Equal(["deleted", 2L], its.Row("SELECT lifecycle_stage, status FROM logged_models"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2.9.2")]
    public async Task ThereAreNoLoggedModelsInADatabaseOfMLflow2(string? schema)
    {
        using var its = new NewStore(schema);
        Assert.Null(await its.Store.TryCreateLoggedModelAsync(new LoggedModelCreation("0") { Name = "model" }, None));
        Assert.Empty((await its.Store.SearchLoggedModelsAsync(["0"], new SearchRequest(), None)).Items);
        await Fails(TrackingError.NotSupported, () => its.Store.GetLoggedModelAsync("m-1", None));
    }

    /// <summary>What MLflow keeps in workspaces of its own is none of the default one's.</summary>
    [Fact]
    public async Task OtherWorkspacesAreNotSeen()
    {
        using var its = new NewStore("3.17.2");
        await its.Store.CreateRegisteredModelAsync("m", null, [], None);
        its.Execute("INSERT INTO registered_models (name, workspace, creation_time, last_updated_time) VALUES ('m', 'other', 1, 1), ('n', 'other', 1, 1); INSERT INTO experiments (name, workspace, lifecycle_stage) VALUES ('e', 'other', 'active')");
        Assert.Equal(["m"], (await its.Store.SearchRegisteredModelsAsync(new SearchRequest(), None)).Items.Select(model => model.Name));
        Assert.Null(await its.Store.FindExperimentAsync("e", None));
        await its.Store.CreateExperimentAsync("e", null, [], None);
        await its.Store.DeleteRegisteredModelAsync("m", None);
        Assert.Equal([2L], its.Row("SELECT COUNT(*) FROM registered_models"));
    }
}
