using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using BigMlFlow.Tests.Tracking;
using Xunit;

[assembly: AssemblyFixture(typeof(MlflowServers))]

namespace BigMlFlow.Tests.Tracking;

/// <summary>Real MLflow servers of the Python peers, one of each version a test run, started when they are first wanted.</summary>
public sealed class MlflowServers : IDisposable
{
    private readonly Dictionary<int, Task<RealServer>> _servers = [];

    /// <summary>The versions there are: MLflow 2.22.5 and 3.17.2.</summary>
    public static TheoryData<int> Versions => [2, 3];

    /// <summary>The address of a server; skips the test where the peers are not there.</summary>
    /// <param name="version">2 or 3.</param>
    public async Task<Uri> GetAsync(int version)
    {
        Assert.SkipWhen(SharedFiles.Reference is null, "The Python peers are not beside the checkout.");
        Task<RealServer> server;
        lock (_servers)
        {
            if (!_servers.TryGetValue(version, out server!))
                _servers[version] = server = Task.Run(() => RealServer.Start(version));
        }
        return (await server).Address;
    }

    public void Dispose()
    {
        foreach (Task<RealServer> server in _servers.Values)
        {
            if (server.IsCompletedSuccessfully)
                server.Result.Dispose();
        }
    }

    /// <summary>A server process, which ends when its standard input closes.</summary>
    private sealed class RealServer : IDisposable
    {
        private readonly Process _process;
        private readonly string _folder;

        private RealServer(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

        public Uri Address { get; }

        public static RealServer Start(int version)
        {
            string folder = Directory.CreateTempSubdirectory("bigmlflow-server-").FullName;
            var start = new ProcessStartInfo(SharedFiles.Reference!)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                ArgumentList = { "server", folder, "--mlflow", version.ToString(System.Globalization.CultureInfo.InvariantCulture), "--env", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false" },
            };
            Process process = Process.Start(start) ?? throw new InvalidOperationException("The peers' program did not start.");
            string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
            return new RealServer(process, folder, new Uri(JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!));
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit(20_000);
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
