using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using BigMlFlow.Tracking.Uris;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>
/// Publishing over a line that cuts, delays and corrupts: what reports success is complete, byte for byte, and what fails left
/// no version that is ready. A long run is asked for by BIGMLFLOW_BAD_LINE, the number of publishings.
/// </summary>
public sealed class BadLineTests(MlflowServers servers, ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int? Asked => int.TryParse(Environment.GetEnvironmentVariable("BIGMLFLOW_BAD_LINE"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToAServerInMemory(bool hasLoggedModels)
    {
        using var server = new MlflowStub(hasLoggedModels);
        await PublishAsync(server.Address, Asked ?? 25);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ToARealServer(int version)
    {
        Assert.SkipWhen(Asked is null, "Asked for by BIGMLFLOW_BAD_LINE.");
        await PublishAsync(await servers.GetAsync(version), Asked!.Value);
    }

    private async Task PublishAsync(Uri server, int count)
    {
        using var direct = new TrackingConnection(new ConnectionSettings { TrackingUri = server.ToString() });
        var resolver = new ModelResolver(direct);
        var failures = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int successes = 0;
        for (int i = 0; i < count; i++)
        {
            using var line = new FaultProxy(server, seed: i);
            var settings = new ConnectionSettings { TrackingUri = line.Address.ToString(), MaxRetries = 3, Backoff = TimeSpan.FromMilliseconds(10), Timeout = TimeSpan.FromSeconds(5) };
            using var connection = new TrackingConnection(settings);
            var model = new TestModel(i);
            string name = $"bad line {i} {Guid.NewGuid():N}";
            PublishedModel? published = null;
            string said = string.Empty;
            try
            {
                published = await new Publisher(connection).PublishAsync(TestModel.Request() with { RegisteredModelName = name }, model.SaveAsync, null, null, Cancellation);
            }
            catch (TrackingException error)
            {
                said = error.Message;
                string kind = error.Error.ToString();
                failures[kind] = failures.GetValueOrDefault(kind) + 1;
            }
            ModelVersion[] versions = await VersionsAsync(direct, name);
            if (published is null)
            {
                Assert.True(versions.All(version => version.Status != "READY"), $"Number {i} is registered, although: {said}");
                continue;
            }
            successes++;
            Assert.Equal(published.Version!.Version, Assert.Single(versions).Version);
            string folder = _folder[$"{i}"];
            await resolver.DownloadAsync(await resolver.ResolveAsync(ModelUri.Parse($"models:/{name}/{published.Version.Version}"), Cancellation), folder, null, Cancellation);
            model.AssertIn(folder);
            Directory.Delete(folder, recursive: true);
        }
        output.WriteLine($"{successes} of {count} succeeded; failed: {string.Join(", ", failures.Select(pair => $"{pair.Value} {pair.Key}"))}");
        Assert.True(successes > 0 && failures.Count > 0, "The line has to be bad, and not dead.");
    }

    private static async Task<ModelVersion[]> VersionsAsync(TrackingConnection connection, string name)
    {
        Page<ModelVersion> page = await connection.Registry.SearchVersionsAsync(new SearchRequest { Filter = $"name = '{name}'" }, Cancellation);
        return [.. page.Items.Where(version => version.Name == name)];
    }
}
