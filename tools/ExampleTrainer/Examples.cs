using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Regressions;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using BigMlFlow.ExampleTrainer.Trees;

namespace BigMlFlow.ExampleTrainer;

/// <summary>A file under examples/.</summary>
/// <param name="Path">Relative to that folder, with forward slashes.</param>
/// <param name="Text">What it holds, to be written in UTF-8 without a byte order mark.</param>
/// <param name="Note">What is to be said of it, such as how well the model fits; empty for most.</param>
public sealed record ExampleFile(string Path, string Text, string Note = "");

/// <summary>The examples: models of Fisher's iris measurements, and rows to score.</summary>
public static class Examples
{
    /// <summary>Trains all models. The files are the same to the last byte every time.</summary>
    public static IEnumerable<ExampleFile> Train()
    {
        var iris = Iris.Load();
        var species = iris["species"];
        var petal = iris["petal length"];
        var petalInputs = iris.Select("sepal length", "sepal width", "petal width", "species");
        return
        [
            .. Data(iris, petalInputs),
            .. Tree("iris-tree", iris.Numeric(), species, minimumLeaf: 3),
            .. Tree("petal-regression", petalInputs, petal, minimumLeaf: 3),
            .. Ensemble(new Forest("iris-ensemble", iris.Numeric(), species, trees: 10, seed: 1936), species),
            .. Boosted(new BoostedTrees("iris-boosted", iris.Numeric(), species, iterations: 5), species),
            .. Logistic(new LogisticRegression("iris-logistic", iris.Numeric(), species), species),
            .. Linear(new LinearRegression("petal-linear", petalInputs, petal)),
        ];
    }

    private static IEnumerable<ExampleFile> Data(Table iris, Field[] petalInputs)
    {
        var random = new SplitMix(1936);
        var all = Enumerable.Range(0, iris.RowCount);
        yield return new("data/iris.csv", Table.Csv(iris.Fields, all));
        yield return new("data/iris-missing.csv", Table.Csv(iris.Numeric(), all.Where(row => row % 5 == 0), (_, _) => random.NextDouble() < 0.25));
        yield return new("data/petal.csv", Table.Csv(petalInputs, all.Where(row => row % 3 == 0)));
    }

    private static IEnumerable<ExampleFile> Tree(string name, Field[] inputs, Field objective, int minimumLeaf)
    {
        var tree = TreeModel.Train(name, inputs, objective, minimumLeaf);
        string fit = objective.IsNumeric ? Fit.RSquared(objective, tree.Predict) : Fit.Accuracy(objective, tree.Predict);
        yield return Model(name + ".json", tree.Document(), $"{tree.Root.Descendants().Count()} nodes, {fit}");
    }

    private static IEnumerable<ExampleFile> Ensemble(Forest forest, Field objective) =>
        Folder("iris-ensemble", forest.Documents(), Fit.Accuracy(objective, forest.Predict));

    private static IEnumerable<ExampleFile> Boosted(BoostedTrees trees, Field objective) =>
        Folder("iris-boosted", trees.Documents(), Fit.Accuracy(objective, trees.Predict));

    private static IEnumerable<ExampleFile> Logistic(LogisticRegression regression, Field objective) =>
        [Model("iris-logistic.json", regression.Document(), Fit.Accuracy(objective, regression.Predict))];

    private static IEnumerable<ExampleFile> Linear(LinearRegression regression) =>
        [Model("petal-linear.json", regression.Document(), Fit.RSquared(regression.RSquared))];

    private static IEnumerable<ExampleFile> Folder(string name, IEnumerable<(string Name, JsonObject Document)> documents, string note) =>
        documents.Select((file, index) => Model(name + "/" + file.Name, file.Document, index == 0 ? note : ""));

    private static ExampleFile Model(string path, JsonObject document, string note) => new("models/" + path, Layout.Write(document), note);
}
