using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Publishing;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Publishing;

/// <summary>A model directory to publish, which remembers what was in it.</summary>
internal sealed class TestModel(int seed = 1)
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Where it was to be published last.</summary>
    public ModelPlacement? Placement { get; private set; }

    /// <summary>Saves it as it has to be for its place.</summary>
    public Task SaveAsync(ModelPlacement placement, CancellationToken cancellation)
    {
        Assert.False(Directory.Exists(placement.Folder));
        Placement = placement;
        _files["MLmodel"] = System.Text.Encoding.UTF8.GetBytes(
            $"artifact_path: {placement.ArtifactPath}\nflavors:\n  bigml:\n    model_path: model.json\n    config: secret\nmodel_id: {placement.ModelId ?? "null"}\nmodel_uuid: {placement.ModelUuid}\nrun_id: {placement.RunId}\nutc_time_created: '2026-01-02 03:04:05.678901'\n");
        _files["model.json"] = TemporaryFolder.Bytes(70_000, seed);
        _files["data/empty"] = [];
        _files["requirements.txt"] = TemporaryFolder.Bytes(100, seed + 1);
        foreach (KeyValuePair<string, byte[]> file in _files)
        {
            string path = Path.Combine(placement.Folder, file.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Value);
        }
        return Task.CompletedTask;
    }

    /// <summary>Whether a folder holds it, byte for byte, and nothing else.</summary>
    public void AssertIn(string folder)
    {
        Assert.Equal(
            _files.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        foreach (KeyValuePair<string, byte[]> file in _files)
            Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(folder, file.Key)));
    }

    /// <summary>Whether a stub's artifacts hold it below a path, byte for byte, and nothing else there.</summary>
    public void AssertIn(MlflowStub server, string path)
        => Assert.Equal(
            _files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (path + "/" + file.Key, Convert.ToHexString(file.Value))),
            server.Artifacts.Where(file => file.Key.StartsWith(path + "/", StringComparison.Ordinal)).Select(file => (file.Key, Convert.ToHexString(file.Value))));

    /// <summary>A request that makes a run of its own.</summary>
    public static PublishRequest Request(string name = "model") => new(name) { NewRun = new RunCreation("0") { StartTime = DateTime.UtcNow } };
}
