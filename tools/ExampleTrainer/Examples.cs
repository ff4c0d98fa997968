using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Deepnets;
using BigMlFlow.ExampleTrainer.Regressions;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using BigMlFlow.ExampleTrainer.Trees;
using BigMlFlow.ExampleTrainer.Unsupervised;

namespace BigMlFlow.ExampleTrainer;

/// <summary>A file under examples/.</summary>
/// <param name="Path">Relative to that folder, with forward slashes.</param>
/// <param name="Text">What it holds, to be written in UTF-8 without a byte order mark.</param>
/// <param name="Note">What is to be said of it, such as how well the model fits; empty for most.</param>
public sealed record ExampleFile(string Path, string Text, string Note = "");

/// <summary>The examples: models of Fisher's iris measurements, and rows to score.</summary>
public static class Examples
{
    /// <summary>The year of Fisher's paper: as good as any.</summary>
    private const ulong Seed = 1936;

    /// <summary>Trains all models. The files are the same to the last byte every time.</summary>
    public static IEnumerable<ExampleFile> Train()
    {
        var iris = Iris.Load();
        return [.. Rows(iris), .. Classifiers(iris), .. Regressions(iris), .. Unsupervised(iris)];
    }

    private static Field[] PetalInputs(Table iris) => iris.Select("sepal length", "sepal width", "petal width", "species");

    private static IEnumerable<ExampleFile> Rows(Table iris)
    {
        var random = new SplitMix(Seed);
        var all = Enumerable.Range(0, iris.RowCount);
        yield return new("data/iris.csv", Table.Csv(iris.Fields, all));
        yield return new("data/iris-missing.csv", Table.Csv(iris.Numeric(), all.Where(row => row % 5 == 0), (_, _) => random.NextDouble() < 0.25));
        yield return new("data/petal.csv", Table.Csv(PetalInputs(iris), all.Where(row => row % 3 == 0)));
    }

    /// <summary>The species from the four measures.</summary>
    private static IEnumerable<ExampleFile> Classifiers(Table iris)
    {
        Field[] inputs = iris.Numeric();
        var species = iris["species"];

        var tree = TreeModel.Train("iris-tree", inputs, species, minimumLeaf: 3);
        yield return Model("iris-tree.json", tree.Document(), Fit.Accuracy(species, tree.Predict));

        var forest = new Forest("iris-ensemble", inputs, species, trees: 10, Seed);
        foreach (var file in Folder("iris-ensemble", forest.Documents(), Fit.Accuracy(species, forest.Predict)))
            yield return file;

        var boosted = new BoostedTrees("iris-boosted", inputs, species, iterations: 5);
        foreach (var file in Folder("iris-boosted", boosted.Documents(), Fit.Accuracy(species, boosted.Predict)))
            yield return file;

        var logistic = new LogisticRegression("iris-logistic", inputs, species);
        yield return Model("iris-logistic.json", logistic.Document(), Fit.Accuracy(species, logistic.Predict));

        var deepnet = new Deepnet("iris-deepnet", inputs, species, Seed);
        yield return Model("iris-deepnet.json", deepnet.Document(), Fit.Accuracy(species, deepnet.Predict));

        var fusion = Fusion.Documents("iris-fusion", inputs, species, [(tree.Resource, tree.Document(), 1), (logistic.Resource, logistic.Document(), 2)]);
        foreach (var file in Folder("iris-fusion", fusion, "of the tree and the logistic regression"))
            yield return file;
    }

    /// <summary>The length of a petal from the other measures and the species.</summary>
    private static IEnumerable<ExampleFile> Regressions(Table iris)
    {
        var petal = iris["petal length"];

        var tree = TreeModel.Train("petal-regression", PetalInputs(iris), petal, minimumLeaf: 3);
        yield return Model("petal-regression.json", tree.Document(), Fit.RSquared(petal, tree.Predict));

        var linear = new LinearRegression("petal-linear", PetalInputs(iris), petal);
        yield return Model("petal-linear.json", linear.Document(), Fit.RSquared(linear.RSquared));
    }

    /// <summary>Groups, oddities and main directions of the four measures.</summary>
    private static IEnumerable<ExampleFile> Unsupervised(Table iris)
    {
        Field[] inputs = iris.Numeric();

        var cluster = new KMeans("iris-cluster", inputs, k: 3);
        yield return Model("iris-cluster.json", cluster.Document(), cluster.Note());

        var anomaly = new IsolationForest("iris-anomaly", inputs, trees: 12, sampleSize: 40, Seed);
        yield return Model("iris-anomaly.json", anomaly.Document(), anomaly.Note());

        var pca = new PrincipalComponents("iris-pca", inputs);
        yield return Model("iris-pca.json", pca.Document(), pca.Note());
    }

    private static IEnumerable<ExampleFile> Folder(string name, IEnumerable<(string Name, JsonObject Document)> documents, string note) =>
        documents.Select((file, index) => Model(name + "/" + file.Name, file.Document, index == 0 ? note : ""));

    private static ExampleFile Model(string path, JsonObject document, string note) => new("models/" + path, Layout.Write(document), note);
}
