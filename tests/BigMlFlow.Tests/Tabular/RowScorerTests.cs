using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using BigMlFlow.Models;
using BigMlFlow.Tabular;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Tabular;

/// <summary>A table is scored row by row, in order, with what is wrong in it reported where it is.</summary>
public sealed class RowScorerTests : IDisposable
{
    private const string Rows = "petal length,petal width,sepal length,sepal width,note\r\n1.4,0.2,5.1,3.5,\"a, b\"\r\n6.0,2.5,6.3,3.3,c\r\n";

    private static readonly BigMLModel Model = BigMLModel.Load(Path.Combine(RepositoryFiles.Examples, "models", "iris-logistic.json"));

    private readonly string _folder = Directory.CreateTempSubdirectory("bigmlflow-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnswersAreThoseOfTheModel()
    {
        string[] lines = Score(new RowScorer(Model), Rows);
        Assert.Equal("prediction,probability,confidence", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("setosa,0.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("virginica,0.", lines[2], StringComparison.Ordinal);
        string expected = Model.Predict(new Dictionary<string, object?> { ["petal length"] = "1.4", ["petal width"] = "0.2", ["sepal length"] = "5.1", ["sepal width"] = "3.5" }).ToJson();
        string probability = JsonDocument.Parse(expected).RootElement.GetProperty("probability").GetRawText();
        Assert.Equal(probability, lines[1].Split(',')[1]);
    }

    [Fact]
    public void ClustersAndComponentsHaveColumnsOfTheirOwn()
    {
        string[] lines = Score(new RowScorer(Example("iris-cluster.json")), Rows);
        Assert.Equal("centroid_name,distance", lines[0]);
        Assert.StartsWith("Cluster 0,0.166", lines[1], StringComparison.Ordinal);
        lines = Score(new RowScorer(Example("iris-pca.json"), new PredictionOptions { MaxComponents = 2 }), Rows);
        Assert.Equal("PC1,PC2", lines[0]);
        Assert.StartsWith("-2.257", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines[1].Split(',').Length);

        static BigMLModel Example(string name) => BigMLModel.Load(Path.Combine(RepositoryFiles.Examples, "models", name));
    }

    [Fact]
    public void BlankCellsOfNumbersAreMissingWhateverTheModelsTokens()
    {
        string json = File.ReadAllText(Path.Combine(RepositoryFiles.Examples, "models", "iris-tree.json"));
        JsonNode resource = JsonNode.Parse(json)!;
        (resource["object"] ?? resource)["model"]!["missing_tokens"] = new JsonArray("NA");
        BigMLModel tree = ModelText.Load(resource.ToJsonString());
        Assert.Equal(["NA"], tree.Fields.MissingTokens);
        string[] lines = Score(new RowScorer(tree), "petal length,petal width\n,1.5\nNA,1.5\n4.9,\n4.9,NA\n");
        Assert.Equal(lines[2], lines[1]);
        Assert.Equal(lines[4], lines[3]);
        Assert.NotEqual(lines[1], lines[3]);
    }

    [Fact]
    public void TheInputIsCopiedAsItIs()
    {
        string[] lines = Score(new RowScorer(Model) { IncludeInput = true, Prefix = "iris " }, Rows);
        Assert.Equal("petal length,petal width,sepal length,sepal width,note,iris prediction,iris probability,iris confidence", lines[0]);
        Assert.StartsWith("1.4,0.2,5.1,3.5,\"a, b\",setosa,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherDelimiterQuotesAnew()
    {
        string[] lines = Score(new RowScorer(Model) { IncludeInput = true, Delimiter = ';' }, Rows.Replace("\"a, b\"", "a;b", StringComparison.Ordinal));
        Assert.StartsWith("1.4;0.2;5.1;3.5;\"a;b\";setosa;", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnOfTheInputIsNotTakenTwice()
    {
        var error = Assert.Throws<TableException>(() => Score(new RowScorer(Model) { IncludeInput = true }, "prediction,petal length\n1,2\n"));
        Assert.Contains("'prediction' already", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.JsonLines)]
    public void ABadRowKeepsItsPlace(TableFormat format)
    {
        var bad = new List<BadRow>();
        string text = "petal length,petal width,sepal length,sepal width\n1.4,0.2,5.1,3.5\n\"x\n\",0.2,5.1,3.5\n6.0,2.5,6.3,3.3\n";
        string[] lines = Score(new RowScorer(Model) { OnBadRow = bad.Add, IncludeInput = format == TableFormat.Csv }, text, format);
        BadRow row = Assert.Single(bad);
        Assert.Equal((2, 3, "petal length", "x\n"), (row.RowNumber, row.LineNumber, row.Error.Field, row.Error.Value));
        Assert.StartsWith("row 2 (line 3): Mismatch input data type in field \"petal length\"", row.ToString(), StringComparison.Ordinal);
        if (format == TableFormat.Csv)
        {
            Assert.Equal("\"x", lines[2]);
            Assert.Equal("\",0.2,5.1,3.5,,,", lines[3]);
            Assert.Contains("virginica", lines[4], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("setosa", lines[0], StringComparison.Ordinal);
            Assert.Equal("petal length", JsonDocument.Parse(lines[1]).RootElement.GetProperty("error").GetProperty("field").GetString());
            Assert.Contains("virginica", lines[2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void JsonLinesGiveTheFullAnswer()
    {
        string row = """{"petal length": 1.4, "petal width": 0.2, "sepal length": 5.1, "sepal width": 3.5, "note": 1}""";
        string line = Assert.Single(Score(new RowScorer(Model), row, TableFormat.JsonLines, TableFormat.JsonLines));
        Assert.Equal(Model.Predict(new Dictionary<string, object?> { ["petal length"] = 1.4, ["petal width"] = 0.2, ["sepal length"] = 5.1, ["sepal width"] = 3.5, ["note"] = 1 }).ToJson(), line);
    }

    [Fact]
    public void JsonLinesAreBoundAnewWhereTheirKeysChange()
    {
        string rows = """
            {"petal length": 1.4, "petal width": 0.2, "sepal length": 5.1, "sepal width": 3.5}
            {"sepal width": 3.3, "sepal length": 6.3, "petal width": 2.5, "petal length": 6.0}
            no row
            {"sepal width": 3.3, "sepal length": 6.3, "petal width": 2.5, "petal length": 6.0}
            """;
        var bad = new List<BadRow>();
        string[] lines = Score(new RowScorer(Model) { OnBadRow = bad.Add }, rows, TableFormat.Csv, TableFormat.JsonLines);
        Assert.Equal(["prediction", "setosa", "virginica", "", "virginica"], lines.Select(line => line.Split(',')[0]));
        Assert.Equal(3, Assert.Single(bad).LineNumber);
    }

    [Fact]
    public void RowsOfOtherKeysCannotBeCopiedIntoColumns()
    {
        string rows = "{\"petal length\": 1}\n{\"petal length\": 2, \"new\": 1}\n";
        var error = Assert.Throws<TableException>(() => Score(new RowScorer(Model) { IncludeInput = true }, rows, TableFormat.Csv, TableFormat.JsonLines));
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public void EachClassHasItsFigure()
    {
        string[] lines = Score(new RowScorer(Model, new PredictionOptions { Form = AnswerForm.Probabilities }), Rows);
        Assert.Equal("setosa probability,versicolor probability,virginica probability", lines[0]);
        Assert.Equal(1, lines[1].Split(',').Sum(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)), 4);
    }

    [Fact]
    public void EachTopicHasItsColumn()
    {
        BigMLModel model = ModelText.Load("""
            {"resource": "topicmodel/000000000000000000000001", "fields": {}, "input_fields": ["000000"],
             "topic_model": {"fields": {"000000": {"name": "text", "optype": "text", "column_number": 0}}, "alpha": 1, "beta": 0.1, "hashed_seed": 1,
              "language": "en", "bigrams": false, "case_sensitive": false, "termset": ["a"], "term_topic_assignments": [[1, 2, 3]],
              "topics": [{"id": "000000", "name": "x", "probability": 0.3, "top_terms": []}, {"id": "000001", "name": "y", "probability": 0.3, "top_terms": []}, {"id": "000002", "name": "x", "probability": 0.3, "top_terms": []}]}}
            """);
        string[] lines = Score(new RowScorer(model), "text\na\n");
        Assert.Equal("x,y,x (2)", lines[0]);
        Assert.Equal(1, lines[1].Split(',').Sum(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)), 9);
    }

    [Theory]
    [InlineData("iris-tree.json", "prediction,probability,confidence")]
    [InlineData("iris-ensemble", "prediction,probability,confidence")]
    [InlineData("iris-deepnet.json", "prediction,probability,confidence")]
    [InlineData("petal-regression.json", "prediction,confidence")]
    [InlineData("petal-linear.json", "prediction,confidence")]
    [InlineData("iris-cluster.json", "centroid_name,distance")]
    [InlineData("iris-anomaly.json", "score")]
    [InlineData("iris-pca.json", "PC1,PC2,PC3,PC4")]
    public void EachKindOfAnswerHasItsColumns(string name, string columns)
    {
        BigMLModel model = BigMLModel.Load(Path.Combine(RepositoryFiles.Examples, "models", name));
        string row = "5.1,3.5,1.4,0.2,setosa";
        string[] lines = Score(new RowScorer(model), "sepal length,sepal width,petal length,petal width,species\n" + row + "\n");
        Assert.Equal(columns, lines[0]);
        JsonElement answer = JsonSerializer.Deserialize<JsonElement>(model.Predict(
            "sepal length,sepal width,petal length,petal width,species".Split(',').Zip(row.Split(','), (key, value) => new KeyValuePair<string, object?>(key, value))).ToJson());
        Assert.Equal(
            columns.Split(',').Select(column => answer.TryGetProperty(column, out JsonElement value) ? value.ToString() : string.Empty),
            lines[1].Split(','));
    }

    [Fact]
    public void NoColumnThatMatchesIsSaidOnce()
    {
        var messages = new List<string>();
        Score(new RowScorer(Model) { OnNoMatch = messages.Add, OnBadRow = _ => { } }, "petal length;petal width\n1;2\n3;4\n");
        string message = Assert.Single(messages);
        Assert.Contains("It uses sepal length, sepal width, petal length, petal width.", message, StringComparison.Ordinal);
        Assert.Contains("The header has ';' in it: is that the delimiter?", message, StringComparison.Ordinal);

        messages.Clear();
        Score(new RowScorer(Model) { OnNoMatch = messages.Add, OnBadRow = _ => { } }, Rows);
        Assert.Empty(messages);
    }

    [Fact]
    public void NamesInAnotherCaseMatchIfThatIsAllowed()
    {
        string text = Rows.Replace("petal length", "Petal Length", StringComparison.Ordinal);
        Assert.NotEqual(Score(new RowScorer(Model), Rows), Score(new RowScorer(Model) { OnBadRow = _ => { } }, text));
        Assert.Equal(Score(new RowScorer(Model), Rows), Score(new RowScorer(Model) { IgnoreCase = true }, text));
    }

    [Fact]
    public void AFileAppearsWholeOrNotAtAll()
    {
        string path = Path.Combine(_folder, "out.csv");
        File.WriteAllText(path, "old");
        Assert.Throws<TableException>(() => ScoreFile(Rows + "1,2\r\n", path, CancellationToken.None));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => ScoreFile(Rows, path, cancelled.Token));
        Assert.Equal("old", File.ReadAllText(path));

        Assert.Equal(2, ScoreFile(Rows, path, CancellationToken.None).Rows);
        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFolderThatIsNotThereIsAnError()
        => Assert.Contains("cannot be written", Assert.Throws<TableException>(() => ScoreFile(Rows, Path.Combine(_folder, "no", "out.csv"), CancellationToken.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void ATableWithoutRowsHasAHeader()
        => Assert.Equal(["prediction,probability,confidence"], Score(new RowScorer(Model), "petal length\n"));

    [Fact]
    public void ProgressIsToldToTheEnd()
    {
        var told = new List<ScoringProgress>();
        string text = "petal length,petal width,sepal length,sepal width\n" + string.Concat(Enumerable.Repeat("1.4,0.2,5.1,3.5\n", 10_000));
        Score(new RowScorer(Model) { OnProgress = told.Add }, text);
        Assert.Equal(new ScoringProgress(10_000, 0, 1), told[^1]);
        Assert.Equal(told.OrderBy(each => each.Rows), told);
        Assert.True(told.Count > 1);
    }

    [Fact]
    public void ARowAllocatesNothing()
    {
        string row = "1.4,0.2,5.1,3.5,\"some \"\"text\"\"\"\n";
        long few = Allocated(1_000), many = Allocated(51_000);
        Assert.True(many - few < 50_000, $"{(many - few) / 50_000.0} bytes a row");

        long Allocated(int rows)
        {
            using RowReader reader = Open("petal length,petal width,sepal length,sepal width,note\n" + string.Concat(Enumerable.Repeat(row, rows)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            new RowScorer(Model) { IncludeInput = true }.Score(reader, Stream.Null, TableFormat.Csv);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static RowReader Open(string text, TableFormat format = TableFormat.Csv)
        => RowReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows", format);

    private static string[] Score(RowScorer scorer, string text, TableFormat format = TableFormat.Csv, TableFormat from = TableFormat.Csv)
    {
        using RowReader reader = Open(text, from);
        using var output = new MemoryStream();
        scorer.Score(reader, output, format);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.TrimEntries)[..^1];
    }

    private static ScoringProgress ScoreFile(string text, string path, CancellationToken cancellation)
    {
        using RowReader reader = Open(text);
        return new RowScorer(Model).Score(reader, path, cancellation: cancellation);
    }
}
