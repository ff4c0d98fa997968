using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tests.Tracking;

/// <summary>
/// A bad line to a server: connections on loopback that are passed on, of which some are cut, delayed, or have a bit turned
/// over, at places that the seed decides.
/// </summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly Random _random;
    private readonly List<Task> _connections = [];

    private enum Fault
    {
        Cut,
        Corrupt,
        Delay,
    }

    public FaultProxy(Uri server, int seed)
    {
        _server = server;
        _random = new Random(seed);
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        Task.WaitAll([.. _connections], TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _connections.Add(Task.Run(() => PassOnAsync(client)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _server.Port, _end.Token);
                using var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                await Task.WhenAny(
                    PumpAsync(client.GetStream(), server.GetStream(), cut),
                    PumpAsync(server.GetStream(), client.GetStream(), cut));
                await cut.CancelAsync();
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or System.IO.IOException)
            {
                // the line is dead
            }
        }
    }

    /// <summary>What happens next to one direction of a connection, and after how many bytes: small messages are hit like large ones.</summary>
    private (Fault Kind, long Place) Next(long passed)
    {
        lock (_random)
            return ((Fault)_random.Next(3), passed + (_random.Next(100) < 40 ? _random.Next(4_000) : _random.Next(300_000)));
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationTokenSource cut)
    {
        byte[] buffer = new byte[4096];
        (Fault Kind, long Place) fault = Next(0);
        try
        {
            long passed = 0;
            for (int count; (count = await from.ReadAsync(buffer, cut.Token)) > 0; passed += count)
            {
                while (fault.Place < passed + count)
                {
                    int place = (int)(fault.Place - passed);
                    switch (fault.Kind)
                    {
                        case Fault.Delay:
                            await Task.Delay(50, cut.Token);
                            break;
                        case Fault.Corrupt:
                            buffer[place] ^= (byte)(1 << (int)(fault.Place % 7));
                            break;
                        default:
                            await to.WriteAsync(buffer.AsMemory(0, place), cut.Token);
                            return;
                    }
                    fault = Next(fault.Place + 1);
                }
                await to.WriteAsync(buffer.AsMemory(0, count), cut.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or System.IO.IOException)
        {
            // the line is dead
        }
    }
}
