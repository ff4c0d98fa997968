using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Rest;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Rest;

/// <summary>What goes wrong between a client and its server ends in success, or in one clear error without a secret.</summary>
public sealed class BadDaysTests
{
    private const string Api = "/api/2.0/mlflow/";
    private const string Run = """{"run":{"info":{"run_id":"0123456789abcdef0123456789abcdef","experiment_id":"0","status":"RUNNING","artifact_uri":"mlflow-artifacts:/0/r/artifacts"},"data":{}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NobodyListens()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        using var client = new RestClient(address, StubServer.Settings);
        TrackingException error = await Errors.OfAsync(TrackingError.Unreachable, () => Get(client));
        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"run\":")]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<html>")]
    public async Task AServerThatStopsInTheMiddleIsNotWaitedForLonger(string begun)
    {
        using var server = new RawServer(begun, thenSilent: true);
        using var client = new RestClient(server.Address, StubServer.Settings with { Timeout = TimeSpan.FromMilliseconds(300), MaxRetries = 0 });
        TrackingException error = await Errors.OfAsync(TrackingError.Unreachable, () => Get(client));
        Assert.Contains("MLFLOW_HTTP_REQUEST_TIMEOUT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACutAnswerIsAskedForAgain()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"run\":", thenSilent: false);
        using var client = new RestClient(server.Address, StubServer.Settings);
        await Errors.OfAsync(TrackingError.Unreachable, () => Get(client));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task WhatWasMaybeCreatedIsNotCreatedAgain()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"run\":", thenSilent: false);
        using var client = new RestClient(server.Address, StubServer.Settings);
        await Errors.OfAsync(TrackingError.Unreachable, () => Create(client));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(401, "You are not authenticated.", "text/html", TrackingError.Unauthenticated, "-Credential")]
    [InlineData(403, "Permission denied", "text/html", TrackingError.PermissionDenied, "does not permit")]
    [InlineData(403, "Invalid Host header - possible DNS rebinding attack detected", "text/plain", TrackingError.PermissionDenied, "--allowed-hosts")]
    [InlineData(404, "<!doctype html><title>404 Not Found</title>", "text/html", TrackingError.NotSupported, "path prefix")]
    [InlineData(404, """{"detail":"Not Found"}""", "application/json", TrackingError.NotSupported, "path prefix")]
    [InlineData(404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Run with id=x not found"}""", "application/json", TrackingError.NotFound, "Run with id=x not found")]
    [InlineData(405, "<html>", "text/html", TrackingError.NotSupported, "does not support")]
    [InlineData(409, """{"error_code":"RESOURCE_CONFLICT","message":"Busy"}""", "application/json", TrackingError.AlreadyExists, "Busy")]
    [InlineData(400, """{"error_code":"RESOURCE_ALREADY_EXISTS","message":"Name taken. [SQL: INSERT INTO x]"}""", "application/json", TrackingError.AlreadyExists, "Name taken.")]
    [InlineData(400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"No"}""", "application/json", TrackingError.InvalidValue, "No")]
    [InlineData(407, "", "text/html", TrackingError.Unauthenticated, "-ProxyCredential")]
    [InlineData(429, "", "text/html", TrackingError.Unavailable, "later")]
    [InlineData(500, """{"error_code":"INTERNAL_ERROR","message":"Oh"}""", "application/json", TrackingError.Other, "Oh")]
    [InlineData(502, "<html><h1>Bad Gateway</h1><p>nginx</p></html>", "text/html", TrackingError.NotMLflow, "Bad Gateway nginx")]
    [InlineData(503, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Locked"}""", "application/json", TrackingError.Unavailable, "Locked")]
    [InlineData(200, "<html><title>Sign in</title></html>", "text/html", TrackingError.NotMLflow, "login page")]
    [InlineData(200, "[1]", "application/json", TrackingError.NotMLflow, "in place of MLflow's JSON")]
    public async Task StatusesAreSaidInWords(int status, string body, string type, TrackingError kind, string words)
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", status, body, type);
        using RestClient client = server.Client();
        TrackingException error = await Errors.OfAsync(kind, () => Get(client));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SQL", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task WhatPassesIsReadAgain(int status)
    {
        using var server = new StubServer();
        server.AnswerInTurn("GET", Api + "runs/get", (status, "{}"), (status, "{}"), (200, Run));
        using RestClient client = server.Client();
        Run run = await Get(client);
        Assert.Equal("0", run.ExperimentId);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(408, 3)]
    [InlineData(429, 3)]
    [InlineData(500, 1)]
    [InlineData(503, 1)]
    public async Task CreatingIsRepeatedOnlyWhereNothingHappened(int status, int requests)
    {
        using var server = new StubServer();
        server.Answer("POST", Api + "runs/create", status, "{}");
        using RestClient client = server.Client();
        await Assert.ThrowsAsync<TrackingException>(() => Create(client));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task AServerIsGivenTheTimeItAsksFor()
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", 429, "{}", headers: ("Retry-After", "1"));
        using RestClient client = server.Client(StubServer.Settings with { MaxRetries = 1 });
        var watch = Stopwatch.StartNew();
        await Errors.OfAsync(TrackingError.Unavailable, () => Get(client));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.9), $"It waited {watch.Elapsed}.");
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task AServerThatAsksForHoursIsNotWaitedFor()
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", 429, "{}", headers: ("Retry-After", "7200"));
        using RestClient client = server.Client();
        await Errors.OfAsync(TrackingError.Unavailable, () => Get(client));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(503, """{"detail":"Artifact serving is disabled. Run `mlflow server` with `--serve-artifacts` to enable."}""")]
    [InlineData(503, "Endpoint: /x disabled due to the mlflow server running in `--no-serve-artifacts` mode.")]
    [InlineData(500, """{"error_code":"FEATURE_DISABLED","message":"Workspaces are not enabled"}""")]
    [InlineData(501, """{"error_code":"NOT_IMPLEMENTED","message":"No"}""")]
    public async Task WhatAServerLacksIsNotAskedAgain(int status, string body)
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", status, body);
        using RestClient client = server.Client();
        await Errors.OfAsync(TrackingError.NotSupported, () => Get(client));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task TheLoginGoesToTheServerAndNotAlongARedirect()
    {
        using var server = new StubServer();
        using var other = new StubServer();
        server.Answer("GET", Api + "runs/get", 302, string.Empty, headers: ("Location", other.Address + "elsewhere"));
        other.Answer("GET", "/elsewhere", 200, Run);
        using RestClient client = server.Client();
        Assert.Equal("0", (await Get(client)).ExperimentId);
        Assert.True(server.Requests[0].RequestMessage!.Headers!.ContainsKey("Authorization"));
        Assert.False(other.Requests[0].RequestMessage!.Headers!.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task WhatWritesDoesNotFollowARedirect()
    {
        using var server = new StubServer();
        using var other = new StubServer();
        server.Answer("POST", Api + "runs/create", 307, string.Empty, headers: ("Location", other.Address + "elsewhere"));
        using RestClient client = server.Client();
        TrackingException error = await Errors.OfAsync(TrackingError.NotMLflow, () => Create(client));
        Assert.Contains(other.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task ACircleOfRedirectsEnds()
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", 302, string.Empty, headers: ("Location", Api + "runs/get"));
        using RestClient client = server.Client();
        await Errors.OfAsync(TrackingError.NotMLflow, () => Get(client));
        Assert.True(server.Requests.Count < 10);
    }

    [Fact]
    public async Task ATokenIsSentAsBearerAndAPasswordWins()
    {
        using var server = new StubServer();
        server.Answer("GET", Api + "runs/get", 200, Run);
        var token = new NetworkCredential(string.Empty, StubServer.Token).SecurePassword;
        using (RestClient client = server.Client(new ConnectionSettings { Token = token }))
            await Get(client);
        using (RestClient client = server.Client(StubServer.Settings with { Token = token, Workspace = "blue" }))
            await Get(client);
        string?[] logins = [.. server.Requests.Select(entry => entry.RequestMessage!.Headers!["Authorization"].Single())];
        Assert.Equal("Bearer " + StubServer.Token, logins[0]);
        Assert.StartsWith("Basic ", logins[1], StringComparison.Ordinal);
        Assert.Equal("blue", server.Requests[1].RequestMessage!.Headers!["X-MLFLOW-WORKSPACE"].Single());
        Assert.False(server.Requests[0].RequestMessage!.Headers!.ContainsKey("X-MLFLOW-WORKSPACE"));
    }

    [Theory]
    [InlineData("http://mlflow.example.org", TrackingError.PermissionDenied)]
    [InlineData("http://someone:secret@localhost:5000", TrackingError.InvalidValue)]
    [InlineData("ftp://localhost", TrackingError.InvalidValue)]
    public async Task SecretsDoNotGoOverPlainHttpNorInAddresses(string address, TrackingError kind)
    {
        TrackingException error = await Errors.OfAsync(kind, () => Task.FromResult(new RestClient(new Uri(address), StubServer.Settings)));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainHttpCanBeAllowed()
    {
        using var client = new RestClient(new Uri("http://mlflow.example.org/prefix"), StubServer.Settings with { AllowUnencryptedAuthentication = true });
        Assert.Equal("http://mlflow.example.org/prefix/api/2.0/x?a=1%262", client.At("api/2.0/x", [new("a", "1&2"), new("b", null)]).AbsoluteUri);
        Assert.DoesNotContain(StubServer.Password, client.Settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellingStopsAtOnce()
    {
        using var server = new RawServer(string.Empty, thenSilent: true);
        using var client = new RestClient(server.Address, StubServer.Settings);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<Run> reading = new RestTrackingStore(client).GetRunAsync("0123456789abcdef0123456789abcdef", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task AServerWithoutLoggedModelsSaysSoByHavingNone()
    {
        using var server = new StubServer();
        server.Answer("*", "/api/2.0/mlflow/logged-models", 404, "<!doctype html>", "text/html");
        server.Answer("*", "/api/2.0/mlflow/logged-models/search", 404, "<!doctype html>", "text/html");
        using RestClient client = server.Client();
        var store = new RestTrackingStore(client);
        Assert.Null(await store.TryCreateLoggedModelAsync(new LoggedModelCreation("0") { Name = "model" }, Cancellation));
        Assert.Empty((await store.SearchLoggedModelsAsync(["0"], new SearchRequest(), Cancellation)).Items);
    }

    private static Task<Run> Get(RestClient client) => new RestTrackingStore(client).GetRunAsync("0123456789abcdef0123456789abcdef", Cancellation);

    private static Task<Run> Create(RestClient client) => new RestTrackingStore(client).CreateRunAsync(new RunCreation("0") { StartTime = DateTime.UtcNow }, Cancellation);
}
