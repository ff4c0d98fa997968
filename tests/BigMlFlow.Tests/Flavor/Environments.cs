using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Flavor;
using BigMlFlow.Flavor.Environments;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Flavor;

/// <summary>The Python environments that directories ask for.</summary>
public sealed class Environments : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Requirements files as people write them, the first of which names the others.</summary>
    private static readonly (string Path, string Text)[] Files =
    [
        ("all.txt", """
            # a comment
            bigml>=9.5   # why

              numpy <3
            scipy==1.17.1 \
                --hash=sha256:0123
            -r more/pandas.txt
            --requirement more/deep.txt
            -c constraints.txt
            tabulate; python_version < '3.12'
            git+https://github.com/a/b.git#egg=b
            -e ./local
            --index-url https://example.org/simple
            a#b
            last\
            """),
        ("more/pandas.txt", "pandas\n-r deep.txt\n--constraint ../constraints.txt\n"),
        ("more/deep.txt", "deep[x,y]~=1.0\r\n\r\n# end"),
        ("constraints.txt", "requests<3\nurllib3<3 # because\n"),
    ];

    [Fact]
    public void Requirements_files_are_read_as_MLflow_reads_them()
    {
        WriteFiles();
        var read = PipRequirements.FromFile(_folder.Combine("all.txt"));
        Assert.Equal(
            ["bigml>=9.5", "numpy <3", "scipy==1.17.1 --hash=sha256:0123", "pandas", "deep[x,y]~=1.0", "tabulate; python_version < '3.12'", "git+https://github.com/a/b.git#egg=b", "-e ./local", "--index-url https://example.org/simple", "a#b", "last"],
            read.Requirements);
        Assert.Equal(["requests<3", "urllib3<3"], read.Constraints);
        Assert.Equal(read.Requirements, PipRequirements.From(["-r all.txt"], _folder.Path).Requirements);

        PythonPeer.Require();
        const string script = """
            import json, sys
            from mlflow.utils.requirements_utils import _parse_requirements
            read = list(_parse_requirements(sys.stdin.read(), is_constraint=False))
            print(json.dumps([[item.req_str for item in read if not item.is_constraint], [item.req_str for item in read if item.is_constraint]]))
            """;
        JsonElement theirs = PythonPeer.Run(script, _folder.Combine("all.txt"))[0];
        Assert.Equal(theirs[0].EnumerateArray().Select(item => item.GetString()).Distinct(), read.Requirements);
        Assert.Equal(theirs[1].EnumerateArray().Select(item => item.GetString()).Distinct(), read.Constraints);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named_with_the_file_that_wants_them()
    {
        File.WriteAllText(_folder.Combine("a.txt"), "-r none.txt");
        File.WriteAllText(_folder.Combine("b.txt"), "-r c.txt");
        File.WriteAllText(_folder.Combine("c.txt"), "-c b.txt");
        FlavorException missing = Assert.Throws<FlavorException>(() => PipRequirements.FromFile(_folder.Combine("a.txt")));
        Assert.Contains(_folder.Combine("none.txt"), missing.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Combine("a.txt"), missing.Message, StringComparison.Ordinal);
        FlavorException circle = Assert.Throws<FlavorException>(() => PipRequirements.FromFile(_folder.Combine("b.txt")));
        Assert.Contains("refers to itself", circle.Message, StringComparison.Ordinal);
        Assert.All([missing, circle], error => Assert.Equal(FlavorError.InvalidOption, error.Error));
    }

    [Fact]
    public void Damaged_requirements_are_read_or_refused_but_nothing_else()
    {
        WriteFiles();
        string all = Files[0].Text;
        const string Pieces = "-rc \\#\n\t'\"=;[]<>/..\0:é";
        var random = new Random(17);
        int read = 0, refused = 0;
        for (int turn = 0; turn < 20_000; turn++)
        {
            var text = new System.Text.StringBuilder(all);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int place = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(place, Math.Min(random.Next(1, 15), text.Length - place));
                else
                    text.Insert(place, Pieces[random.Next(Pieces.Length)]);
            }
            try
            {
                PipRequirements.From(text.ToString().Split('\n'), _folder.Path);
                read++;
            }
            catch (FlavorException)
            {
                refused++;
            }
        }
        Assert.True(read > 5000 && refused > 500, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("mlflow==2.22.5", "mlflow", true)]
    [InlineData("MLflow-Skinny>=2", "mlflow-skinny", true)]
    [InlineData("mlflow[extras] >= 2", "mlflow", true)]
    [InlineData("git+https://github.com/mlflow/mlflow@branch", null, true)]
    [InlineData("mlflow @ git+https://example.org/x", "mlflow", true)]
    [InlineData("my.mlflow_plugin==1", "my-mlflow-plugin", false)]
    [InlineData("bigml", "bigml", false)]
    [InlineData("./local/path", null, false)]
    [InlineData("-e .", null, false)]
    public void The_package_that_a_requirement_asks_for(string requirement, string? name, bool isMlflow)
    {
        Assert.Equal(name, Requirement.NameOf(requirement));
        Assert.Equal(isMlflow, Requirement.IsMlflow(requirement));
    }

    [Fact]
    public void Default_requirements_take_MLflow_first_and_a_topic_model_its_stemmer()
    {
        Assert.Equal(["mlflow>=2.0.1", "bigmlflow==1.0.2", "bigml>=9.5"], Requirements(Save(new SaveOptions())));
        Assert.Equal(["bigmlflow==1.0.2", "bigml>=9.5"], PipRequirements.Default.Requirements);
        Assert.Equal("channels:\n- conda-forge\ndependencies:\n- python=3.11.7\n- pip\n- pip:\n  - mlflow>=2.0.1\n  - bigmlflow==1.0.2\n  - bigml>=9.5\nname: mlflow-env\n", CondaEnvironment.Default().ToString());
        Assert.Equal(File.ReadAllText(_folder.Combine("model", "conda.yaml")), CondaEnvironment.Default().ToString());
        Assert.Equal("3.12.1", CondaEnvironment.Default("3.12.1").PythonVersion);
        Assert.Equal("mlflow-env", CondaEnvironment.Default().ToDictionary()["name"]);

        var topics = new ResourceDocument("topicmodel/1", """{"resource":"topicmodel/1"}"""u8);
        ModelDirectory.Save(ResourceBundle.FromDocuments([topics], isList: false, "topics"), _folder.Combine("topics"), new SaveOptions());
        Assert.EndsWith("\nPyStemmer", File.ReadAllText(_folder.Combine("topics", "requirements.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Requirements_in_place_of_the_default_ones_or_added_to_them()
    {
        Assert.Equal(["mlflow>=2.0.1", "a==1", "b"], Requirements(Save(new SaveOptions { PipRequirements = PipRequirements.From(["a==1", "b", "a==1"], ".") })));
        Assert.Equal(["mlflow-skinny", "a"], Requirements(Save(new SaveOptions { PipRequirements = PipRequirements.From(["mlflow-skinny", "a"], ".") })));
        Assert.Equal(["mlflow>=2.0.1", "bigmlflow==1.0.2", "BigML==9.8.3", "tabulate"], Requirements(Save(new SaveOptions { ExtraPipRequirements = PipRequirements.From(["BigML==9.8.3", "tabulate"], ".") })));
    }

    [Fact]
    public void Constraints_have_a_file_of_their_own()
    {
        WriteFiles();
        string path = Save(new SaveOptions { ExtraPipRequirements = PipRequirements.From(["-c constraints.txt"], _folder.Path), PythonVersion = "3.10" });
        Assert.Equal("-c constraints.txt", Requirements(path)[^1]);
        Assert.Equal("requests<3\nurllib3<3", File.ReadAllText(Path.Combine(path, "constraints.txt")));
        Assert.EndsWith("  - -c constraints.txt\nname: mlflow-env\n", File.ReadAllText(Path.Combine(path, "conda.yaml")), StringComparison.Ordinal);
        Assert.StartsWith("python: '3.10'\nbuild_dependencies:\n- pip\n", File.ReadAllText(Path.Combine(path, "python_env.yaml")), StringComparison.Ordinal);
        Assert.Equal("3.10", ModelDirectory.Read(path).Flavors["python_function"]["python_version"]);
    }

    [Fact]
    public void A_conda_environment_of_ones_own_keeps_what_it_has()
    {
        WriteFiles();
        File.WriteAllText(_folder.Combine("env.yaml"), "name: mine\nchannels: [defaults]\ndependencies:\n- python=3.9.13\n- numpy\n- pip:\n  - a\n  - -r more/deep.txt\nvariables: {A: '1'}\n");
        var conda = CondaEnvironment.FromFile(_folder.Combine("env.yaml"));
        Assert.Equal("3.9.13", conda.PythonVersion);
        Assert.Equal(["a", "-r more/deep.txt"], conda.PipDependencies);
        string path = Save(new SaveOptions { CondaEnvironment = conda });
        Assert.Equal(["mlflow>=2.0.1", "a", "deep[x,y]~=1.0"], Requirements(path));
        Assert.Equal(
            "channels:\n- defaults\ndependencies:\n- python=3.9.13\n- numpy\n- pip:\n  - mlflow>=2.0.1\n  - a\n  - deep[x,y]~=1.0\nname: mine\nvariables:\n  A: '1'\n",
            File.ReadAllText(Path.Combine(path, "conda.yaml")));
        Assert.Equal("3.9.13", ModelDirectory.Read(path).Flavors["python_function"]["python_version"]);
        Assert.StartsWith("python: 3.9.13\n", File.ReadAllText(Path.Combine(path, "python_env.yaml")), StringComparison.Ordinal);

        var dictionary = CondaEnvironment.From(new Dictionary<string, object?> { ["dependencies"] = new object[] { "python==3.12", new Dictionary<string, object> { ["pip"] = new[] { "b" } } } }, ".");
        Assert.Equal(["mlflow>=2.0.1", "b"], Requirements(Save(new SaveOptions { CondaEnvironment = dictionary })));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused_and_nothing_is_written()
    {
        var pip = PipRequirements.From(["a"], ".");
        SaveOptions[] wrong =
        [
            new() { CondaEnvironment = CondaEnvironment.Default(), PipRequirements = pip },
            new() { CondaEnvironment = CondaEnvironment.Default(), ExtraPipRequirements = pip },
            new() { PipRequirements = pip, ExtraPipRequirements = pip },
            new() { CondaEnvironment = CondaEnvironment.Default("3.10.1"), PythonVersion = "3.11.1" },
            new() { PythonVersion = "three" },
            new() { PythonFunction = PythonFunction.None, PythonVersion = "3.11.1" },
            new() { PythonFunction = PythonFunction.None, PipRequirements = pip },
            new() { PythonFunction = PythonFunction.None, CodePaths = [_folder.Path] },
        ];
        foreach (SaveOptions options in wrong)
            Assert.Equal(FlavorError.InvalidOption, Assert.Throws<FlavorException>(() => Save(options)).Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        File.WriteAllText(_folder.Combine("list.yaml"), "- a");
        File.WriteAllText(_folder.Combine("text.yaml"), "dependencies: a");
        foreach (string name in (string[])["none.yaml", "list.yaml", "text.yaml"])
            Assert.Equal(FlavorError.InvalidOption, Assert.Throws<FlavorException>(() => CondaEnvironment.FromFile(_folder.Combine(name))).Error);
        Assert.Contains("DirectoryInfo", Assert.Throws<FlavorException>(() => YamlValue.From(new[] { new DirectoryInfo("x") }, "the metadata")).Message, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        foreach ((string path, string text) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
            File.WriteAllText(_folder.Combine(path), text);
        }
    }

    private string Save(SaveOptions options)
        => ModelDirectory.Save(ResourceBundle.FromFile(ExampleModels.PathOf("iris-tree")), _folder.Combine("model"), options with { Force = true }).Path;

    private static string[] Requirements(string path) => File.ReadAllText(Path.Combine(path, "requirements.txt")).Split('\n');
}
