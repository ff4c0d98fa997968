using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Resources;

/// <summary>The description of fields that every resource carries, with the summaries of the training data.</summary>
internal static class FieldStructure
{
    /// <summary>Fields by id, in the order of their columns.</summary>
    public static JsonObject Complete(IEnumerable<Field> fields)
    {
        var json = new JsonObject();
        foreach (var (order, field) in fields.OrderBy(field => field.Column).Index())
        {
            var description = Describe(field);
            description["order"] = order;
            description["summary"] = Summary(field);
            json[field.Id] = description;
        }
        return json;
    }

    /// <summary>The fields that a tree uses, without their summaries.</summary>
    public static JsonObject Brief(IEnumerable<Field> fields) =>
        new(fields.OrderBy(field => field.Column).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Id, Describe(field))));

    /// <summary>How often each category comes in some rows, most frequent first, then in the order of the field's summary.</summary>
    public static IEnumerable<(string Category, int Count)> Categories(Field field, IEnumerable<int> rows) =>
        rows.GroupBy(row => (int)field.Values[row]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Select(group => (field.Categories![group.Key], group.Count()));

    /// <summary>The values (counts) or the bins of some numbers.</summary>
    public static JsonObject Distribution(Sample sample)
    {
        var bins = sample.Histogram(out bool exact).Select(bin => (Numbers.Decimals(bin.Centre), bin.Count));
        return new JsonObject { [exact ? "counts" : "bins"] = Numbers.Pairs(bins) };
    }

    /// <summary>The distribution of some numbers with their moments.</summary>
    public static JsonObject Moments(Sample sample)
    {
        var json = Distribution(sample);
        json["maximum"] = Numbers.Decimals(sample.Maximum);
        json["mean"] = Numbers.Decimals(sample.Mean);
        json["median"] = Numbers.Decimals(sample.Median);
        json["minimum"] = Numbers.Decimals(sample.Minimum);
        json["population"] = sample.Count;
        json["standard_deviation"] = Numbers.Decimals(sample.StandardDeviation);
        json["sum"] = Numbers.Decimals(sample.Sum);
        json["sum_squares"] = Numbers.Decimals(sample.SumSquares);
        json["variance"] = Numbers.Decimals(sample.Variance);
        return json;
    }

    private static JsonObject Describe(Field field)
    {
        var json = new JsonObject
        {
            ["name"] = field.Name,
            ["optype"] = field.OpType,
            ["datatype"] = field.DataType,
            ["column_number"] = field.Column,
            ["preferred"] = true,
        };
        if (!field.IsNumeric)
            json["term_analysis"] = new JsonObject { ["enabled"] = true };
        return json;
    }

    private static JsonObject Summary(Field field)
    {
        JsonObject json;
        if (field.IsNumeric)
        {
            var sample = new Sample(field.Values);
            json = Moments(sample);
            json["kurtosis"] = Numbers.Decimals(sample.ExcessKurtosis);
            json["skewness"] = Numbers.Decimals(sample.Skewness);
        }
        else
        {
            json = new JsonObject { ["categories"] = Numbers.Pairs(Categories(field, Enumerable.Range(0, field.Values.Length))) };
        }
        json["missing_count"] = 0;
        return json;
    }
}
