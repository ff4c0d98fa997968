using System.Linq;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.ImportBigMLModel;

/// <summary>The object that comes out says what the model is, by its properties and at a glance.</summary>
public sealed class ModelTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    [Theory]
    [InlineData("iris-tree.json", "model", "species", null)]
    [InlineData("iris-ensemble", "ensemble", "species", 10)]
    [InlineData("iris-ensemble/ensemble.json", "ensemble", "species", 10)]
    [InlineData("iris-logistic.json", "logisticregression", "species", null)]
    [InlineData("petal-linear.json", "linearregression", "petal length", null)]
    public void EveryFormOfModelIsRead(string file, string type, string objective, int? models)
    {
        var model = Assert.Single(host.Run("Import-BigMLModel $args[0]", $"{Project.Examples}/models/{file}").Succeeded().Output);
        Assert.Equal(type, model.Get("Type"));
        Assert.Equal(objective, model.Get("Objective")!.GetType().GetProperty("Name")!.GetValue(model.Get("Objective")));
        Assert.Equal(models, model.Get("ModelCount"));
        Assert.StartsWith(type + "/", (string)model.Get("Resource")!);
        Assert.Equal(host.Run("(Get-Command Import-BigMLModel).OutputType.Name").Output.Single().ToString(), model.TypeNames.Single(name => name.EndsWith(".BigMLModel", System.StringComparison.Ordinal)));
    }

    [Fact]
    public void TheTableSaysWhatItIs()
    {
        string[] lines = host.Show("Import-BigMLModel $args[0], $args[1], $args[2]", ExampleModels.Tree, ExampleModels.Ensemble, ExampleModels.Logistic).Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Type", "Objective", "Fields", "Models", "Classes", "Source"], lines[0].Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches("^model +species +4 +setosa, ", lines[2]);
        Assert.Matches("^ensemble +species +4 +10 setosa, ", lines[3]);
        Assert.Matches("^logisticregression species +4 +setosa, ", lines[4]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void FieldsAreATable()
    {
        string[] lines = host.Show("(Import-BigMLModel $args[0]).Fields.All", ExampleModels.Tree).Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Id", "Name", "OpType", "Importance", "Categories"], lines[0].Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches("^000004 +species +Categorical +setosa, versicolor, virginica", lines[^1]);
        Assert.Equal(2 + 5, lines.Length);
    }
}
