using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace BigMlFlow.PowerShell.Tests.Staging;

/// <summary>The staging of the build: whole or not at all, whoever else builds or looks.</summary>
public sealed class StageModuleTests : IDisposable
{
    private const int FileCount = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("BigMlFlow");

    private string Staged => Path.Combine(_folder.FullName, "out", "Module");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ReplacesAllThatWasThere()
    {
        Stage("old", "a.txt", "gone/b.txt");
        Stage("new", "a.txt", "bin/c.txt");
        Assert.Equal(["a.txt", "bin/c.txt"], StagedPaths());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Staged, "a.txt")));
    }

    [Fact]
    public void LeavesNothingBeside()
    {
        var beside = Directory.CreateDirectory(Path.Combine(_folder.FullName, "out"));
        // What a build that was broken off left.
        Directory.CreateDirectory(Path.Combine(beside.FullName, ".Module.new", "x"));
        Directory.CreateDirectory(Path.Combine(beside.FullName, ".Module.old-1"));
        Stage("new", "a.txt");
        Assert.Equal(["Module"], beside.GetDirectories().Select(directory => directory.Name));
        Assert.Equal(["a.txt"], StagedPaths());
    }

    [Fact]
    public void AMissingSourceLeavesTheOldModule()
    {
        Stage("old", "a.txt");
        var missing = new TaskItem(Path.Combine(_folder.FullName, "nowhere"), new Dictionary<string, string> { ["StagedPath"] = "b.txt" });
        Assert.Throws<FileNotFoundException>(() => new StageModule { Folder = Staged, Files = [.. Sources("new", "a.txt"), missing] }.Execute());
        Assert.Equal(["a.txt"], StagedPaths());
        Assert.Equal("old", File.ReadAllText(Path.Combine(Staged, "a.txt")));
    }

    /// <summary>The next build compares times: every staged file must be later than its source.</summary>
    [Fact]
    public void EveryFileHasTheTimeOfTheStaging()
    {
        var before = DateTime.UtcNow.AddSeconds(-2);
        var sources = Sources("x", "a.txt", "b.txt");
        foreach (var source in sources)
            File.SetLastWriteTimeUtc(source.ItemSpec, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(new StageModule { Folder = Staged, Files = sources }.Execute());
        Assert.All(StagedPaths(), path => Assert.True(File.GetLastWriteTimeUtc(Path.Combine(Staged, path)) > before));
    }

    [Fact]
    public async Task BuildsAtOnceEndWithOneOfThemWhole()
    {
        string[] paths = [.. Enumerable.Range(0, FileCount).Select(i => $"{i}.txt")];
        string[] builds = ["one", "two", "three", "four"];
        var sources = builds.ToDictionary(build => build, build => Sources(build, paths));
        await Task.WhenAll(builds.Select(build => Task.Run(() =>
        {
            for (var i = 0; i < 5; i++)
                Assert.True(new StageModule { Folder = Staged, Files = sources[build] }.Execute());
        })));
        Assert.Equal(FileCount, StagedPaths().Length);
        var contents = paths.Select(path => File.ReadAllText(Path.Combine(Staged, path))).Distinct();
        Assert.Contains(Assert.Single(contents), builds);
    }

    private void Stage(string content, params string[] paths) =>
        Assert.True(new StageModule { Folder = Staged, Files = Sources(content, paths) }.Execute());

    private ITaskItem[] Sources(string content, params string[] paths)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, content));
        return [.. paths.Select(path =>
        {
            var source = Path.Combine(folder.FullName, Path.GetFileName(path));
            File.WriteAllText(source, content);
            return new TaskItem(source, new Dictionary<string, string> { ["StagedPath"] = path });
        })];
    }

    private string[] StagedPaths() =>
        [.. Directory.EnumerateFiles(Staged, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Staged, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
