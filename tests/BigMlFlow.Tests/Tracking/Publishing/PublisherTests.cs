using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using WireMock;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>Publishing, whatever fails on the way: all of it, or no version and a word about what is left.</summary>
public sealed class PublisherTests
{
    private const string Name = "registered";

    private readonly TestModel _model = new();
    private readonly List<string> _warnings = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllIsThereInTheEnd(bool hasLoggedModels)
    {
        using var server = new MlflowStub(hasLoggedModels);
        PublishedModel published = await PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name, Aliases = ["champion"] });
        string run = Assert.Single(server.Runs).Key;
        Assert.Equal((run, "FINISHED"), (published.RunId, server.Runs[run]));
        _model.AssertIn(server, published.ArtifactUri.Substring("mlflow-artifacts:/".Length));
        Assert.Equal((1, "READY", "champion"), (published.Version!.Version, published.Version.Status, published.Version.Aliases.Single()));
        Assert.Equal("1", server.Aliases["champion"]);
        Assert.Equal(4, published.Files.Count);
        if (hasLoggedModels)
        {
            Assert.Equal("LOGGED_MODEL_READY", server.Models[published.ModelId!]);
            Assert.Equal(("models:/" + published.ModelId, published.ModelId), ((string)server.Versions[0]["source"]!, published.ModelUuid));
            Assert.Equal((published.ModelId, published.ArtifactUri, run), (_model.Placement!.ModelId, _model.Placement.ArtifactPath, _model.Placement.RunId));
        }
        else
        {
            Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts/model", (string)server.Versions[0]["source"]!);
            Assert.Equal($"runs:/{run}/model", published.ModelUri);
            Assert.Equal((null, "model", published.ModelUuid), (_model.Placement!.ModelId, _model.Placement.ArtifactPath, _model.Placement.ModelUuid));
            Assert.Contains("POST /api/2.0/mlflow/runs/log-model", server.Calls);
        }
        Assert.Empty(_warnings);
        Assert.False(System.IO.Directory.Exists(_model.Placement.Folder));
        // MLmodel is the last file to come.
        Assert.EndsWith("/MLmodel", server.Calls.Last(call => call.StartsWith("PUT", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameWithASlashIsAPathAmongTheRunsArtifacts()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        PublishedModel published = await PublishAsync(server, TestModel.Request("models/first.one"));
        Assert.Null(published.ModelId);
        _model.AssertIn(server, $"0/{published.RunId}/artifacts/models/first.one");
    }

    [Theory]
    [InlineData("a/b", "champion", "")]
    [InlineData("good", "v1", "")]
    [InlineData("good", "champion", "bad#key")]
    public async Task WhatTheRegistryWouldRefuseIsRefusedBeforeAnythingHappens(string name, string alias, string tag)
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        PublishRequest request = TestModel.Request() with { RegisteredModelName = name, Aliases = [alias], Tags = tag.Length == 0 ? [] : [new(tag, "1")] };
        await Errors.OfAsync(TrackingError.InvalidValue, () => PublishAsync(server, request));
        Assert.DoesNotContain(server.Calls, call => !call.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AForbiddenNameIsFoundOutFirst()
    {
        using var server = new MlflowStub(hasLoggedModels: true) { Interfere = request => request.Path.EndsWith("registered-models/get", StringComparison.Ordinal) ? (403, "Permission denied"u8.ToArray()) : null };
        await Errors.OfAsync(TrackingError.PermissionDenied, () => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }));
        Assert.Empty(server.Runs);
    }

    [Theory]
    [InlineData("runs/outputs")]
    [InlineData("/model.json")]
    [InlineData("/MLmodel")]
    [InlineData("logged-models/m-")]
    public async Task AFailureBeforeTheModelIsReadyLeavesAFailedModelAndNoVersion(string where)
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        server.Interfere = request => request.Path.Contains(where, StringComparison.Ordinal) && request.Method != "GET" && !(request.Body ?? string.Empty).Contains("UPLOAD_FAILED", StringComparison.Ordinal)
            ? MlflowStub.Error("INTERNAL_ERROR", 500) : null;
        await Errors.OfAsync(TrackingError.Other, () => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }));
        Assert.Equal("LOGGED_MODEL_UPLOAD_FAILED", Assert.Single(server.Models).Value);
        Assert.Equal("FAILED", Assert.Single(server.Runs).Value);
        Assert.Empty(server.Versions);
        Assert.DoesNotContain(Name, server.RegisteredModels);
    }

    [Fact]
    public async Task AModelThatCannotBeSavedFailsToo()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        using var connection = Connect(server);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Publisher(connection).PublishAsync(TestModel.Request(), (_, _) => throw new InvalidOperationException("no"), null, null, Cancellation));
        Assert.Equal(("LOGGED_MODEL_UPLOAD_FAILED", "FAILED"), (server.Models.Single().Value, server.Runs.Single().Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoppingEndsTheRunAndLeavesNoVersion(bool hasLoggedModels)
    {
        using var server = new MlflowStub(hasLoggedModels);
        using var stop = new CancellationTokenSource();
        server.Interfere = request =>
        {
            if (request.Method == "PUT")
                stop.Cancel();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }, stop.Token));
        Assert.Equal("FAILED", server.Runs.Single().Value);
        Assert.All(server.Models, model => Assert.Equal("LOGGED_MODEL_UPLOAD_FAILED", model.Value));
        Assert.Empty(server.Versions);
        Assert.DoesNotContain(server.Artifacts, file => file.Key.EndsWith("/MLmodel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AGivenRunIsLeftRunning()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        server.Runs[new string('a', 32)] = "RUNNING";
        server.Interfere = request => request.Path.EndsWith("/MLmodel", StringComparison.Ordinal) && request.Method == "PUT" ? MlflowStub.Error("INTERNAL_ERROR", 500) : null;
        var request = new PublishRequest("model") { RunId = new string('a', 32) };
        await Errors.OfAsync(TrackingError.Other, () => PublishAsync(server, request));
        server.Interfere = null;
        await PublishAsync(server, request);
        Assert.Equal("RUNNING", Assert.Single(server.Runs).Value);
        Assert.Equal(["LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"], server.Models.Values.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task WhatArrivesCutOrChangedIsSentAgainOrFails(int wrongTimes)
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        int left = wrongTimes == 0 ? 1 : wrongTimes;
        server.Interfere = request =>
        {
            if (request.Method != "PUT" || !request.Path.EndsWith("/model.json", StringComparison.Ordinal) || left-- <= 0)
                return null;
            byte[] body = [.. request.BodyAsBytes!];
            body[^1] ^= 1;
            server.Artifacts[request.Path.Substring("/api/2.0/mlflow-artifacts/artifacts/".Length)] = left % 2 == 0 ? body : body[..1000];
            return (200, []);
        };
        PublishRequest request = TestModel.Request() with { RegisteredModelName = Name };
        if (wrongTimes == 0)
        {
            PublishedModel published = await PublishAsync(server, request);
            _model.AssertIn(server, published.ArtifactUri.Substring("mlflow-artifacts:/".Length));
            return;
        }
        TrackingException error = await Errors.OfAsync(TrackingError.Other, () => PublishAsync(server, request));
        Assert.Contains("model.json", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Versions);
    }

    [Fact]
    public async Task ARegistrationThatFailsSaysThatTheModelIsThere()
    {
        using var server = new MlflowStub(hasLoggedModels: true) { Interfere = request => request.Path.EndsWith("model-versions/create", StringComparison.Ordinal) ? (403, "Permission denied"u8.ToArray()) : null };
        TrackingException error = await Errors.OfAsync(TrackingError.PermissionDenied, () => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }));
        Assert.Contains("models:/" + server.Models.Single().Key, error.Message, StringComparison.Ordinal);
        Assert.Equal(("LOGGED_MODEL_READY", "FAILED"), (server.Models.Single().Value, server.Runs.Single().Value));
    }

    [Fact]
    public async Task AVersionWhoseAnswerGotLostIsFoundAgain()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        server.Interfere = request => LoseAnswer(server, request, "model-versions/create") ?? LoseAnswer(server, request, "registered-models/create");
        PublishedModel published = await PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name });
        Assert.Equal(1, published.Version!.Version);
        Assert.Single(server.Versions);
    }

    [Fact]
    public async Task AVersionThatWasMadeWhileStoppingIsTakenBack()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        using var stop = new CancellationTokenSource();
        server.Interfere = request =>
        {
            if (!request.Path.EndsWith("model-versions/create", StringComparison.Ordinal))
                return null;
            (int Status, byte[] Body) answer = server.Answer(request);
            stop.Cancel();
            return answer;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }, stop.Token));
        Assert.Contains("DELETE /api/2.0/mlflow/model-versions/delete", server.Calls);
        Assert.Empty(server.Versions);
    }

    [Fact]
    public async Task AVersionIsWaitedForAndOneThatFailsIsDeleted()
    {
        using var server = new MlflowStub(hasLoggedModels: true);
        server.VersionStates.Enqueue("PENDING_REGISTRATION");
        server.VersionStates.Enqueue("FAILED_REGISTRATION");
        TrackingException error = await Errors.OfAsync(TrackingError.Other, () => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name }));
        Assert.Contains("registration", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Versions);
        server.VersionStates.Enqueue("PENDING_REGISTRATION");
        server.VersionStates.Enqueue("PENDING_REGISTRATION");
        PublishedModel published = await PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name, AwaitRegistration = TimeSpan.Zero });
        Assert.Equal("PENDING_REGISTRATION", published.Version!.Status);
    }

    [Fact]
    public async Task AnAliasThatFailsSaysThatTheVersionIsThere()
    {
        using var server = new MlflowStub(hasLoggedModels: true) { Interfere = request => request.Path.EndsWith("registered-models/alias", StringComparison.Ordinal) ? MlflowStub.Error("INVALID_PARAMETER_VALUE", 400) : null };
        TrackingException error = await Errors.OfAsync(TrackingError.InvalidValue, () => PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name, Aliases = ["champion"] }));
        Assert.Contains("registered/1 is registered", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Versions);
    }

    [Fact]
    public async Task InARunsArtifactsAVersionsFilesAreNotOverwritten()
    {
        using var server = new MlflowStub(hasLoggedModels: false);
        string run = new('a', 32);
        server.Runs[run] = "RUNNING";
        var request = new PublishRequest("model") { RunId = run };
        await PublishAsync(server, request);
        // Nothing is made of it: it may be replaced.
        await PublishAsync(server, request with { RegisteredModelName = Name });
        TrackingException error = await Errors.OfAsync(TrackingError.AlreadyExists, () => PublishAsync(server, request));
        Assert.Contains("registered/1", error.Message, StringComparison.Ordinal);
        await PublishAsync(server, request with { Name = "model2" });
    }

    [Fact]
    public async Task TheListOfARunsModelsIsNotWorthFailingFor()
    {
        using var server = new MlflowStub(hasLoggedModels: false) { Interfere = request => request.Path.EndsWith("runs/log-model", StringComparison.Ordinal) ? MlflowStub.Error("INTERNAL_ERROR", 500) : null };
        await PublishAsync(server, TestModel.Request() with { RegisteredModelName = Name });
        Assert.Contains("list of its models", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    private static (int Status, byte[] Body)? LoseAnswer(MlflowStub server, IRequestMessage request, string endpoint)
    {
        if (!request.Path.EndsWith(endpoint, StringComparison.Ordinal))
            return null;
        server.Answer(request);
        return (502, Encoding.UTF8.GetBytes("<html>Bad gateway</html>"));
    }

    private static TrackingConnection Connect(MlflowStub server) => new(StubServer.Settings with { TrackingUri = server.Address.ToString() });

    private async Task<PublishedModel> PublishAsync(MlflowStub server, PublishRequest request, CancellationToken? cancellation = null)
    {
        using TrackingConnection connection = Connect(server);
        return await new Publisher(connection).PublishAsync(request, _model.SaveAsync, null, _warnings.Add, cancellation ?? Cancellation);
    }
}
