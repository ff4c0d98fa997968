using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Rest;
using WireMock.Logging;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using Xunit;

namespace BigMlFlow.Tests.Tracking;

/// <summary>A server that answers what a test says, and what a client of it needs.</summary>
internal sealed class StubServer : IDisposable
{
    public const string Password = "pässword-that-nobody-sees";
    public const string Token = "token-that-nobody-sees";

    private readonly WireMockServer _server = WireMockServer.Start();

    /// <summary>Its address.</summary>
    public Uri Address => new(_server.Url! + "/");

    /// <summary>Settings with a login, that wait for nothing.</summary>
    public static ConnectionSettings Settings { get; } = new()
    {
        Credential = new NetworkCredential("user", Password),
        MaxRetries = 2,
        Backoff = TimeSpan.FromMilliseconds(1),
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>A client of it.</summary>
    public RestClient Client(ConnectionSettings? settings = null) => new(Address, settings ?? Settings);

    /// <summary>The requests it got, in order.</summary>
    public IReadOnlyList<ILogEntry> Requests => [.. _server.LogEntries];

    /// <summary>The requests it got, as <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Calls => [.. Requests.Select(entry => entry.RequestMessage!.Method + " " + entry.RequestMessage.Path)];

    /// <summary>Answers a path of MLflow's API.</summary>
    public void Answer(string method, string path, int status, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        IResponseBuilder response = Response.Create().WithStatusCode(status).WithHeader("Content-Type", type).WithBody(body);
        foreach ((string name, string value) in headers)
            response = response.WithHeader(name, value);
        _server.Given(Request.Create().WithPath(path).UsingMethod(method)).RespondWith(response);
    }

    /// <summary>Answers a path with one answer after another; the last one stays.</summary>
    public void AnswerInTurn(string method, string path, params (int Status, string Body)[] answers)
    {
        int next = -1;
        _server.Given(Request.Create().WithPath(path).UsingMethod(method)).RespondWith(Response.Create().WithCallback(_ =>
        {
            (int status, string body) = answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)];
            return new WireMock.ResponseMessage
            {
                StatusCode = status,
                BodyData = new WireMock.Util.BodyData { DetectedBodyType = WireMock.Types.BodyType.String, BodyAsString = body },
                Headers = new Dictionary<string, WireMock.Types.WireMockList<string>> { ["Content-Type"] = new("application/json") },
            };
        }));
    }

    /// <summary>Answers by a function of the request: its path, query and body.</summary>
    public void Answer(string method, string pathWildcard, Func<WireMock.IRequestMessage, (int Status, byte[] Body)> answer, int priority = 10)
        => _server.Given(Request.Create().WithPath(new WireMock.Matchers.WildcardMatcher(pathWildcard)).UsingMethod(method == "*" ? ["GET", "POST", "PUT", "PATCH", "DELETE"] : [method])).AtPriority(priority).RespondWith(Response.Create().WithCallback(request =>
        {
            (int status, byte[] body) = answer(request);
            return new WireMock.ResponseMessage
            {
                StatusCode = status,
                BodyData = new WireMock.Util.BodyData { DetectedBodyType = WireMock.Types.BodyType.Bytes, BodyAsBytes = body },
                Headers = new Dictionary<string, WireMock.Types.WireMockList<string>> { ["Content-Type"] = new("application/json") },
            };
        }));

    /// <summary>Answers everything by a function of the request.</summary>
    public void AnswerAll(Func<WireMock.IRequestMessage, (int Status, byte[] Body)> answer) => Answer("*", "*", answer, priority: 100);

    /// <summary>An error as MLflow writes it.</summary>
    public static string Error(string code, string message) => $$"""{"error_code":"{{code}}","message":"{{message}}"}""";

    public void Dispose() => _server.Dispose();
}

/// <summary>A server of bytes: it answers every connection with the same ones, and then cuts it or keeps silent.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private int _connections;

    public RawServer(string answer, bool thenSilent)
    {
        _listener.Start();
        _ = Task.Run(() => ServeAsync(Encoding.ASCII.GetBytes(answer), thenSilent));
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Connections => Volatile.Read(ref _connections);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync(byte[] answer, bool thenSilent)
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        NetworkStream stream = client.GetStream();
                        await stream.ReadAtLeastAsync(new byte[1 << 16], 1, cancellationToken: _end.Token);
                        await stream.WriteAsync(answer, _end.Token);
                        if (thenSilent)
                            await Task.Delay(Timeout.Infinite, _end.Token);
                    }
                });
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }
}

/// <summary>How tests look at errors.</summary>
internal static class Errors
{
    /// <summary>The error of an action: of this kind, with no secret in any of its texts.</summary>
    public static async Task<TrackingException> OfAsync(TrackingError kind, Func<Task> action)
    {
        TrackingException error = await Assert.ThrowsAsync<TrackingException>(action);
        Assert.True(kind == error.Error, $"Expected {kind}, not {error.Error}: {error}");
        string all = error.ToString();
        Assert.DoesNotContain(StubServer.Password, all, StringComparison.Ordinal);
        Assert.DoesNotContain(StubServer.Token, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + StubServer.Password)), all, StringComparison.Ordinal);
        return error;
    }
}
