using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BigMlFlow.ExampleTrainer;
using Xunit;
using Trainer = BigMlFlow.ExampleTrainer.Examples;

namespace BigMlFlow.Tests.Examples;

/// <summary>The committed models and data are what the trainer makes: nobody edits them by hand, and it makes the same every time.</summary>
public sealed class ExamplesAreReproducible
{
    private static readonly IReadOnlyList<ExampleFile> Trained = [.. Trainer.Train()];

    public static TheoryData<string> Paths() => [.. Trained.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Committed_file_is_what_the_trainer_writes(string path)
    {
        byte[] expected = Encoding.UTF8.GetBytes(Trained.Single(file => file.Path == path).Text);
        byte[] actual = File.ReadAllBytes(Path.Combine(RepositoryFiles.Examples, path));
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"examples/{path} differs from what `dotnet run --project tools/ExampleTrainer` writes.");
    }

    [Fact]
    public void No_model_or_data_lies_there_that_the_trainer_does_not_write()
    {
        var committed = new[] { "models", "data" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Examples, part), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryFiles.Examples, file).Replace('\\', '/'));
        Assert.Equal(Trained.Select(file => file.Path).Order(StringComparer.Ordinal), committed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Training_again_writes_the_same()
    {
        Assert.Equal(Trained, Trainer.Train());
    }
}
