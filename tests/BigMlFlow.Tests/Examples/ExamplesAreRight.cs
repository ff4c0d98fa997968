using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace BigMlFlow.Tests.Examples;

/// <summary>The examples hold what is known of Fisher's irises from elsewhere.</summary>
public sealed class ExamplesAreRight
{
    [Fact]
    public void The_table_has_fifty_flowers_of_each_species_and_the_published_means()
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(RepositoryFiles.Examples, "data", "iris.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(new Dictionary<string, int> { ["setosa"] = 50, ["versicolor"] = 50, ["virginica"] = 50 },
            rows.CountBy(row => row[4]).ToDictionary());
        double[] means = [.. Enumerable.Range(0, 4).Select(column => rows.Average(row => double.Parse(row[column], CultureInfo.InvariantCulture)))];
        Close([5.843333, 3.057333, 3.758, 1.199333], means, 1e-6);
    }

    /// <summary>R: lm(Petal.Length ~ Sepal.Length + Sepal.Width + Petal.Width + Species, iris).</summary>
    [Fact]
    public void The_linear_regression_is_the_one_that_R_finds()
    {
        var info = Model("petal-linear.json").GetProperty("linear_regression");
        Close([0.60801, -0.18052, 0.60222, 0, 1.46337, 1.97422, -1.11099], info.GetProperty("coefficients").EnumerateArray().Select(Only), 1e-5);
        var stats = info.GetProperty("stats");
        Close([0.05024, 0.08036, 0.12144, 0.17345, 0.24480, 0.26987], stats.GetProperty("standard_errors").EnumerateArray().Select(Only), 1e-5);
        Close([0.9786], [stats.GetProperty("r_squared").GetDouble()], 1e-4);
    }

    /// <summary>The standard errors, the mean squared error and the matrix tell the same thing, as in BigML's own exports.</summary>
    [Fact]
    public void The_matrix_of_the_linear_regression_yields_its_standard_errors()
    {
        var stats = Model("petal-linear.json").GetProperty("linear_regression").GetProperty("stats");
        double variance = stats.GetProperty("mean_squared_error").GetDouble();
        var diagonal = stats.GetProperty("xtx_inverse").EnumerateArray().Select((row, i) => Math.Sqrt(variance * row[i].GetDouble()));
        Close(stats.GetProperty("standard_errors").EnumerateArray().Select(Only), diagonal, 1e-5);
    }

    /// <summary>R: prcomp(iris[1:4], scale. = TRUE).</summary>
    [Fact]
    public void The_principal_components_are_those_that_R_finds()
    {
        var info = Model("iris-pca.json").GetProperty("pca");
        Close([0.7296, 0.2285, 0.0367, 0.0052], Doubles(info.GetProperty("variance")), 1e-4);
        Close([0.5211, -0.2693, 0.5804, 0.5649], Doubles(info.GetProperty("eigenvectors")[0]), 1e-4);
    }

    [Fact]
    public void The_tree_first_asks_for_the_petal_length_that_sets_setosa_apart()
    {
        var root = Model("iris-tree.json").GetProperty("model").GetProperty("root");
        var predicate = root.GetProperty("children")[1].GetProperty("predicate");
        Assert.Equal("""{"field":"000002","operator":"<=","value":2.45}""", predicate.GetRawText());
        Assert.Equal("""[["setosa",50]]""", root.GetProperty("children")[1].GetProperty("objective_summary").GetProperty("categories").GetRawText());
    }

    private static JsonElement Model(string name) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(RepositoryFiles.Examples, "models", name))).GetProperty("object");

    private static IEnumerable<double> Doubles(JsonElement list) => list.EnumerateArray().Select(item => item.GetDouble());

    private static double Only(JsonElement list) => list[0].GetDouble();

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] wanted = [.. expected], got = [.. actual];
        Assert.Equal(wanted.Length, got.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], got[i], tolerance);
    }
}
