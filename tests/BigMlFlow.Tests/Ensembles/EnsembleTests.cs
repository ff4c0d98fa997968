using System;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Ensembles;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Trees;
using BigMlFlow.Tests.Trees;
using Xunit;

namespace BigMlFlow.Tests.Ensembles;

/// <summary>Ensembles of two small trees as lists; the expected answers are those of the bindings 9.8.3.</summary>
public class EnsembleTests
{
    private const string FromUlm = """{"field": "000001", "operator": "=", "value": "Ulm"}""";
    private const string NotFromUlm = """{"field": "000001", "operator": "!=", "value": "Ulm"}""";
    private const string Row = """{"age": 31, "city": "Bern"}""";

    private static readonly string ClassStump = TreeText.Class(
        "true", "no", 0.35, """[["no", 5], ["yes", 5]]""",
        TreeText.Class(FromUlm, "no", 0.45, """[["no", 4], ["yes", 1]]"""),
        TreeText.Class(NotFromUlm, "yes", 0.55, """[["yes", 4], ["no", 1]]"""));

    private static readonly string NumberStump = TreeText.Number(
        "true", "5", 1.25, "[[2, 1], [5, 3], [8, 1]]",
        TreeText.Number(FromUlm, "6", 1.5, "[[5, 2], [8, 1]]"),
        TreeText.Number(NotFromUlm, "3.5", 0.5, "[[2, 1], [5, 1]]"));

    private const string Boosted = """
        {"predicate": true, "output": 0.5, "count": 9, "g_sum": 1, "h_sum": 2, "children": [
          {"predicate": {"field": "000000", "operator": ">", "value": 30}, "output": 1.234567, "count": 4, "g_sum": -3, "h_sum": 1.5},
          {"predicate": {"field": "000000", "operator": "<=", "value": 30}, "output": -0.25, "count": 5, "g_sum": 1.25, "h_sum": 2}]}
        """;

    private static string Head(bool ofClasses, string more = "\"type\": 0,", int models = 2) => $$"""
        {"code": 200, "resource": "ensemble/5f0000000000000000000050", "object": {"resource": "ensemble/5f0000000000000000000050", "status": {"code": 5}, {{more}}
         "objective_field": "000004", "input_fields": ["000000", "000001", "000002", "000003"],
         "models": [{{string.Join(", ", Enumerable.Range(1, models).Select(id => $"\"model/5f00000000000000000000{id:00}\""))}}],
         "ensemble": {"fields": {{TreeText.Fields(ofClasses)}} } } }
        """;

    private static string ClassList(string firstInner = "", string secondInner = "")
        => $"[{Head(true)}, {TreeText.OfClasses(DecisionTreeTests.ClassRoot, inner: firstInner)}, {TreeText.OfClasses(ClassStump, """[["no", 5], ["yes", 5]]""", inner: secondInner, id: 2)}]";

    private static string NumberList()
        => $"[{Head(false)}, {TreeText.OfNumbers(DecisionTreeTests.NumberRoot)}, {TreeText.OfNumbers(NumberStump, """{"counts": [[2, 1], [5, 3], [8, 1]]}""", id: 2)}]";

    private static readonly BigMLModel Classes = ModelText.Load(ClassList());
    private static readonly BigMLModel Numbers = ModelText.Load(NumberList());

    [Theory]
    [InlineData(null, """{"probability": 0.575, "prediction": "yes"}""")]
    [InlineData(OperatingKind.Confidence, """{"confidence": 0.21851, "prediction": "yes"}""")]
    [InlineData(OperatingKind.Votes, """{"votes": 0.5, "prediction": "yes"}""")]
    public void Kinds(OperatingKind? kind, string expected)
    {
        Assert.Equal(2, Classes.ModelCount);
        Answers.Agree(expected, Classes, Row, new() { OperatingKind = kind, Full = false });
    }

    [Theory]
    [InlineData(CombinationMethod.Plurality, """{"prediction": "maybe", "confidence": 0.2, "probability": 0.275, "distribution": [["maybe", 1], ["no", 2], ["yes", 5]], "distribution_unit": "counts", "count": 8, "unused_fields": []}""", """{"prediction": "yes", "confidence": 0.35893, "probability": 0.7, "distribution": [["no", 6], ["yes", 6]], "distribution_unit": "counts", "count": 12, "unused_fields": []}""")]
    [InlineData(CombinationMethod.Confidence, """{"prediction": "yes", "confidence": 0.55, "probability": 0.75, "distribution": [["maybe", 1], ["no", 2], ["yes", 5]], "distribution_unit": "counts", "count": 8, "unused_fields": []}""", """{"prediction": "no", "confidence": 0.37553, "probability": 0.75, "distribution": [["no", 6], ["yes", 6]], "distribution_unit": "counts", "count": 12, "unused_fields": []}""")]
    [InlineData(CombinationMethod.Probability, """{"prediction": "yes", "confidence": 0.26197, "probability": 0.8, "count": 8, "unused_fields": []}""", """{"prediction": "no", "confidence": 0.28693, "probability": 0.8, "count": 12, "unused_fields": []}""")]
    public void Methods(CombinationMethod method, string last, string proportional)
    {
        Answers.Agree(last, Classes, Row, new() { Method = method });
        Answers.Agree(proportional, Classes, """{"city": "Ulm"}""", new() { Method = method, MissingStrategy = MissingStrategy.Proportional });
    }

    [Theory]
    [InlineData(1, """{"prediction": "maybe", "confidence": 0.2, "probability": 0.275, "distribution": [["maybe", 1], ["no", 1], ["yes", 1]], "distribution_unit": "counts", "count": 3, "unused_fields": []}""")]
    [InlineData(2, """{"prediction": "yes", "confidence": 0.55, "probability": 0.75, "distribution": [["no", 1], ["yes", 4]], "distribution_unit": "counts", "count": 5, "unused_fields": []}""")]
    public void Thresholds(int votes, string expected)
        => Answers.Agree(expected, Classes, Row, new() { Method = CombinationMethod.Threshold, ThresholdVotes = votes, ThresholdCategory = "maybe" });

    [Fact]
    public void FiguresAndPoints()
    {
        Answers.Agree("[0.1375, 0.2875, 0.575]", Classes, Row, new() { Form = AnswerForm.Probabilities, Compact = true });
        Answers.Agree("[0.03075, 0.04886, 0.21851]", Classes, Row, new() { Form = AnswerForm.Confidences, Compact = true });
        Answers.Agree("""[{"category": "maybe", "votes": 0.5}, {"category": "no", "votes": 0.0}, {"category": "yes", "votes": 0.5}]""", Classes, Row, new() { Form = AnswerForm.Votes });
        Answers.Agree("""{"votes": 0.5, "prediction": "maybe"}""", Classes, Row, new() { OperatingPoint = new("maybe", 0.4, OperatingKind.Votes) });
    }

    [Fact]
    public void NumbersAreAveraged()
    {
        Answers.Agree("""{"prediction": 3.75, "confidence": 0.875, "distribution": [[2, 1], [4, 1], [5, 1]], "distribution_unit": "counts", "count": 3, "median": 3.75, "min": 2, "max": 5, "unused_fields": []}""", Numbers, Row);
        Answers.Agree("""{"prediction": 3.5000226989343513, "confidence": 0.50003, "distribution": [[2, 1], [4, 1], [5, 1]], "distribution_unit": "counts", "count": 3, "median": 3.5000226989343513, "min": 2, "max": 5, "unused_fields": []}""", Numbers, Row, new() { Method = CombinationMethod.Confidence });
        Answers.Agree("""{"prediction": 4.708333333333334, "confidence": 9.5749, "distribution": [[1, 2], [2, 1], [2.5, 1], [4, 1], [5, 3], [8, 1], [9, 2]], "distribution_unit": "counts", "count": 11, "median": 4.125, "min": 1, "max": 9, "unused_fields": []}""", Numbers, "{}", new() { MissingStrategy = MissingStrategy.Proportional });
        Answers.Agree("[3.75]", Numbers, Row, new() { Form = AnswerForm.Probabilities, Compact = true });
        Answers.Agree("3.75", Numbers, Row, new() { Median = true, Full = false });
    }

    [Fact]
    public void BoostedNumbers()
    {
        BigMLModel model = ModelText.Load($"[{Head(false, "\"type\": 1, \"boosting\": {\"iterations\": 2}, \"initial_offset\": 3.5,")}, {Step(false, 1, "\"weight\": 0.1, \"lambda\": 0.5")}, {Step(false, 2, "\"weight\": null")}]");
        Answers.Agree("""{"prediction": 3.62346, "unused_fields": []}""", model, Row);
        Answers.Agree("3.6234567", model, Row, new() { Full = false });
        Answers.Agree("3.54375", model, "{}", new() { Full = false, MissingStrategy = MissingStrategy.Proportional });
    }

    [Fact]
    public void BoostedClasses()
    {
        BigMLModel model = ModelText.Load($"[{Head(true, "\"type\": 1, \"boosting\": {\"iterations\": 2}, \"initial_offsets\": [[\"yes\", 0.5]],")}, {Step(true, 1, "\"weight\": 1, \"objective_class\": \"yes\"")}, {Step(true, 2, "\"weight\": 2, \"objective_class\": \"no\"")}]");
        Answers.Agree("""{"probability": 0.67581, "prediction": "no"}""", model, Row);
        Answers.Agree("""{"probability": 0.67918, "prediction": "yes"}""", model, """{"age": 3}""");
        Answers.Agree("""{"prediction": "no", "probability": 0.67581, "probabilities": [{"category": "no", "probability": 0.67581}, {"category": "yes", "probability": 0.32419}], "confidence": 0.67581, "unused_fields": []}""", model, Row, new() { Method = CombinationMethod.Plurality });
        Answers.Agree("""[{"category": "no", "probability": 0.67581}, {"category": "yes", "probability": 0.32419}]""", model, Row, new() { Form = AnswerForm.Confidences });
        Assert.Throws<OptionException>(() => model.CreatePredictor(new() { OperatingKind = OperatingKind.Votes }));
    }

    /// <summary>Trees whose models take different texts for missing read the row each in its own way.</summary>
    [Fact]
    public void TreesThatReadARowDifferentlyGetTheirOwn()
    {
        var model = (Ensemble)ModelText.Load(ClassList(firstInner: "\"missing_tokens\": [\"Bern\"],", secondInner: "\"missing_tokens\": [],"));
        Assert.Equal(2, model.Groups.Length);
        // The first tree stops above the question for the city, the second one answers it.
        foreach (bool asFigures in (bool[])[false, true])
        {
            var options = new PredictionOptions { Form = asFigures ? AnswerForm.Votes : AnswerForm.Prediction, Compact = asFigures, OperatingKind = asFigures ? null : OperatingKind.Votes };
            Answers.Agree(asFigures ? "[0, 0, 1]" : """{"votes": 1, "prediction": "yes"}""", model, Row, options);
        }
        // A method lets the trees see the row as the ensemble has cast it.
        Assert.Equal("maybe", ((Classification)model.Predict(ModelText.Row(Row), new() { Method = CombinationMethod.Plurality })).Prediction);
    }

    /// <summary>Eight trees at once reach the nodes that each reaches alone, whatever the row misses.</summary>
    [Fact]
    public void AForestReachesWhatItsTreesReach()
    {
        string[] roots = [DecisionTreeTests.ClassRoot, ClassStump, DecisionTreeTests.ClassRoot.Replace("30", "17", StringComparison.Ordinal)];
        string list = string.Join(", ", Enumerable.Range(1, 11).Select(id => TreeText.OfClasses(roots[id % 3], id: id)));
        var model = (Ensemble)ModelText.Load($"[{Head(true, models: 11)}, {list}]");
        Assert.NotNull(model.Forest);
        var row = new InputRow(model.Fields);
        var rows = new ComponentRows(model, row, isFilteredAgain: false);
        var forestRow = new ForestRow(model.Forest.Columns);
        var reached = new int[11];
        foreach (double age in (double[])[double.NaN, 5, 17, 20, 30, 31])
        {
            foreach (string? city in (string?[])[null, "Ulm", "Bern", "Ulm", "nowhere"])
            {
                row.Clear();
                row.Assign(model.Fields.ById("000000")!, Cell.Number(age));
                row.Assign(model.Fields.ById("000001")!, Cell.Text(city));
                rows.Fill();
                forestRow.Fill(row);
                Assert.True(model.Forest.TryDescend(forestRow, reached));
                Assert.Equal(model.Trees.Select(tree => tree.Tree.Descend(row, rows.Occurrences(0))), reached);
            }
        }
    }

    [Theory]
    [InlineData(MissingStrategy.Last)]
    [InlineData(MissingStrategy.Proportional)]
    public void RowsCostNoMemory(MissingStrategy strategy)
    {
        foreach (OperatingKind kind in Enum.GetValues<OperatingKind>())
            Allocations.AreNone(Classes, ["age", "city"], Fill, new() { MissingStrategy = strategy, OperatingKind = kind });
        foreach (CombinationMethod method in (CombinationMethod[])[CombinationMethod.Plurality, CombinationMethod.Confidence, CombinationMethod.Probability])
        {
            Allocations.AreNone(Classes, ["age", "city"], Fill, new() { MissingStrategy = strategy, Method = method });
            Allocations.AreNone(Numbers, ["age", "city"], Fill, new() { MissingStrategy = strategy, Method = method });
        }

        static void Fill(Predictor predictor, int row)
        {
            if (row % 3 != 0)
                predictor.Set(0, Cell.Number(row));
            if (row % 5 != 0)
                predictor.Set(1, (row % 2 == 0 ? "Ulm" : "Bern").AsSpan());
        }
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Contains("No category and threshold", Assert.Throws<OptionException>(() => Classes.CreatePredictor(new() { Method = CombinationMethod.Threshold })).Message, StringComparison.Ordinal);
        Assert.Contains("larger than 2", Assert.Throws<OptionException>(() => Classes.CreatePredictor(new() { Method = CombinationMethod.Threshold, ThresholdVotes = 3, ThresholdCategory = "no" })).Message, StringComparison.Ordinal);
        Assert.Throws<OptionException>(() => Classes.CreatePredictor(new() { Median = true }));
        Assert.Throws<OptionException>(() => Numbers.CreatePredictor(new() { OperatingPoint = new("yes", 0.5) }));
        Assert.Contains("does not match", Assert.Throws<ResourceException>(() => ModelText.Load($"[{Head(true, models: 3)}, {TreeText.OfClasses(ClassStump)}]")).Message, StringComparison.Ordinal);
        Assert.Contains("one predicts classes, the other numbers", Assert.Throws<ResourceException>(() => ModelText.Load($"[{Head(true, models: 1)}, {TreeText.OfNumbers(NumberStump)}]")).Message, StringComparison.Ordinal);
        Assert.Contains("boosted", Assert.Throws<ResourceException>(() => ModelText.Load($"[{Head(false, models: 1)}, {Step(false, 1, "\"weight\": 1")}]")).Message, StringComparison.Ordinal);
        Assert.Contains("model/5f0000000000000000000001 of ensemble/5f0000000000000000000050 is missing", Assert.Throws<ResourceException>(() => ModelText.Load(Head(true))).Message, StringComparison.Ordinal);
    }

    private static string Step(bool ofClasses, int id, string boosting)
    {
        string more = $$""" "boosted_ensemble": true, "boosting": { {{boosting}} }, """;
        return ofClasses ? TreeText.OfClasses(Boosted, more: more, id: id) : TreeText.OfNumbers(Boosted, more: more, id: id);
    }
}
