using System;
using System.IO;
using BigMlFlow.Flavor;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>A directory appears whole or not at all, and replaces another one whole or not at all.</summary>
public sealed class StagedDirectories : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The two ways of replacing a directory: the system's exchange, and two moves where it has none.</summary>
    public static TheoryData<bool> Ways => [true, false];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_there_before_the_commit_and_everything_after()
    {
        string target = _folder.Combine("deep", "er", "model");
        using (var staged = new StagedDirectory(target, force: false))
        {
            File.WriteAllText(Path.Combine(staged.Path, "file"), "new");
            Assert.False(Directory.Exists(target));
            staged.Commit();
        }
        Assert.Equal("new", File.ReadAllText(Path.Combine(target, "file")));
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.Combine("deep", "er")));
    }

    [Fact]
    public void Without_a_commit_nothing_is_left_not_even_the_folders_above()
    {
        using (var staged = new StagedDirectory(_folder.Combine("deep", "er", "model"), force: false))
            File.WriteAllText(Path.Combine(staged.Path, "file"), "new");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_empty_directory_is_as_good_as_none(bool exchange)
    {
        string target = Directory.CreateDirectory(_folder.Combine("model")).FullName;
        Replace(target, force: false, exchange);
        AssertOnly(target, "new");
    }

    [Fact]
    public void What_is_not_empty_is_refused_and_stays()
    {
        string target = Earlier();
        FlavorException error = Assert.Throws<FlavorException>(() => new StagedDirectory(target, force: false));
        Assert.Equal(FlavorError.TargetExists, error.Error);
        Assert.Contains(target, error.Message, StringComparison.Ordinal);
        AssertOnly(target, "old");
    }

    [Fact]
    public void What_appears_meanwhile_is_not_replaced()
    {
        string target = _folder.Combine("model");
        using (var staged = new StagedDirectory(target, force: false))
        {
            Earlier();
            Assert.Throws<FlavorException>(staged.Commit);
        }
        AssertOnly(target, "old");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void With_force_the_whole_directory_is_replaced(bool exchange)
    {
        string target = Earlier();
        File.WriteAllText(Path.Combine(target, "other"), "old");
        Replace(target, force: true, exchange);
        AssertOnly(target, "new");
    }

    [Fact]
    public void If_the_new_one_cannot_take_its_place_the_old_one_gets_it_back()
    {
        string target = Earlier();
        using (var staged = new StagedDirectory(target, force: true, (_, _) => false))
        {
            Directory.Delete(staged.Path);
            Assert.Equal(FlavorError.TargetNotWritable, Assert.Throws<FlavorException>(staged.Commit).Error);
        }
        AssertOnly(target, "old");
    }

    [Fact]
    public void What_a_killed_process_moved_aside_is_put_back_before_anything_else()
    {
        string target = Earlier();
        Directory.Move(target, _folder.Combine(".model.12345678.old"));
        Assert.Equal(_folder.Combine(".model.12345678.old"), StagedDirectory.Interrupted(target));
        Assert.Equal(FlavorError.TargetExists, Assert.Throws<FlavorException>(() => new StagedDirectory(target, force: false)).Error);
        AssertOnly(target, "old");
    }

    [Fact]
    public void A_file_is_never_replaced()
    {
        File.WriteAllText(_folder.Combine("model"), "a file");
        Assert.Equal(FlavorError.TargetExists, Assert.Throws<FlavorException>(() => new StagedDirectory(_folder.Combine("model"), force: true)).Error);
    }

    [Fact]
    public void A_root_is_no_place_for_a_model()
        => Assert.Equal(FlavorError.TargetExists, Assert.Throws<FlavorException>(() => new StagedDirectory(Path.GetPathRoot(_folder.Path)!, force: true)).Error);

    [Fact]
    public void A_path_through_a_file_cannot_be_written()
    {
        File.WriteAllText(_folder.Combine("file"), string.Empty);
        FlavorException error = Assert.Throws<FlavorException>(() => new StagedDirectory(_folder.Combine("file", "model"), force: true));
        Assert.Equal(FlavorError.TargetNotWritable, error.Error);
        Assert.Contains(_folder.Combine("file", "model"), error.Message, StringComparison.Ordinal);
    }

    private static void Replace(string target, bool force, bool exchange)
    {
        using var staged = new StagedDirectory(target, force, exchange ? null : (_, _) => false);
        File.WriteAllText(Path.Combine(staged.Path, "file"), "new");
        staged.Commit();
    }

    private string Earlier()
    {
        string target = Directory.CreateDirectory(_folder.Combine("model")).FullName;
        File.WriteAllText(Path.Combine(target, "file"), "old");
        return target;
    }

    private void AssertOnly(string target, string content)
    {
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal([Path.Combine(target, "file")], Directory.GetFileSystemEntries(target));
        Assert.Equal(content, File.ReadAllText(Path.Combine(target, "file")));
    }
}
