using System.IO;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using Xunit;

namespace BigMlFlow.Tests.Examples;

/// <summary>The examples of vector models answer as the bindings 9.8.3 do: what holds where there is no gold to compare with.</summary>
public class ExamplesPredictAsTheBindings
{
    private const string Full = """{"sepal length": 5.1, "sepal width": 3.5, "petal length": 1.4, "petal width": 0.2}""";
    private const string Sparse = """{"sepal length": 6.0, "petal length": 4.8}""";

    private static T Predict<T>(string example, string row)
        where T : Prediction
        => (T)BigMLModel.Load(Path.Combine(RepositoryFiles.Examples, "models", example)).Predict(ModelText.Row(row));

    [Theory]
    [InlineData("iris-logistic.json", Full, "setosa", 0.91941)]
    [InlineData("iris-logistic.json", Sparse, "versicolor", 0.97)]
    [InlineData("iris-logistic.json", "{}", "versicolor", 0.93111)]
    [InlineData("iris-deepnet.json", Full, "setosa", 1.0)]
    [InlineData("iris-deepnet.json", Sparse, "versicolor", 0.99868)]
    [InlineData("iris-deepnet.json", "{}", "versicolor", 0.99288)]
    public void Classes(string example, string row, string expected, double probability)
    {
        Classification answer = Predict<Classification>(example, row);
        Assert.Equal((expected, probability), (answer.Prediction, answer.Probability));
    }

    [Fact]
    public void Numbers()
    {
        Regression answer = Predict<Regression>("petal-linear.json", """{"sepal length": 5.1, "sepal width": 3.5, "petal width": 0.2, "species": "setosa"}""");
        Assert.Equal(1.47845, answer.Prediction);
        Assert.Equal(266.8892373611195, answer.ConfidenceInterval!.Value, 1e-4);
        Assert.Equal(266.8897425750861, answer.PredictionInterval!.Value, 1e-4);
    }

    [Theory]
    [InlineData(Full, "Cluster 0", 0.16636131151166708)]
    [InlineData(Sparse, "Cluster 2", 1.0989154796264355)]
    public void Centroids(string row, string expected, double distance)
    {
        Centroid answer = Predict<Centroid>("iris-cluster.json", row);
        Assert.Equal(expected, answer.CentroidName);
        Assert.Equal(distance, answer.Distance, 1e-12);
    }

    [Theory]
    [InlineData(Full, -2.2571312162926525, 0.47842659381113306, 0.12728022439749148, -0.02409281154102605)]
    [InlineData(Sparse, 0.7251681477776909, 0.6002600326639865, 0.09712111039495062, 0.5961723176059576)]
    public void Components(string row, params double[] expected)
        => Assert.All(Predict<Projection>("iris-pca.json", row).Components.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
}
