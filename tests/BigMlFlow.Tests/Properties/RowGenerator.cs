using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Fields;
using FsCheck;
using FsCheck.Fluent;

namespace BigMlFlow.Tests.Properties;

/// <summary>Rows that make a model take its branches: values around those it was trained on, some missing, some strange.</summary>
internal static class RowGenerator
{
    /// <summary>A value that no field has: it is to be missing, not to be wrong.</summary>
    private const string Unknown = "none of these";

    /// <summary>Rows of a model, keyed by field id, in the order of the fields. Every value is there or not, at random.</summary>
    internal static Gen<KeyValuePair<string, object?>[]> Rows(BigMLModel model)
    {
        Field[] fields = model.Fields.All.Where(field => model.Fields.IsUsed(field) || field == model.Objective).ToArray();
        return Gen.CollectToArray(fields, field => Gen.Frequency((4, Value(model, field)), (1, Gen.Constant<object?>(null)))
                .Select(value => new KeyValuePair<string, object?>(field.Id, value)))
            .Select(cells => cells.Where(cell => cell.Value is not null).ToArray());
    }

    private static Gen<object?> Value(BigMLModel model, Field field) => model.Type == "timeseries"
        ? Gen.Choose(1, 9).Select(horizon => (object?)JsonSerializer.SerializeToElement(new { horizon }))
        : field.OpType switch
        {
            OpType.Numeric => Number(field),
            OpType.Categorical => Text([.. field.Categories.Select(category => category.Name), Unknown]),
            OpType.Items => List(field.ItemOptions?.Items.Select(item => item.Name), field.ItemOptions?.Separator ?? " "),
            _ => List(field.TermOptions?.TagCloud.Select(term => term.Name), " "),
        };

    /// <summary>Numbers of at most five decimals: more are rounded in numbers, and not in texts.</summary>
    private static Gen<object?> Number(Field field)
    {
        double low = field.Statistics.TryGetValue("minimum", out double minimum) ? minimum : -10;
        double high = field.Statistics.TryGetValue("maximum", out double maximum) ? maximum : 10;
        double width = Math.Max(high - low, 1);
        Gen<double> inside = Gen.Choose(-100, 1100).Select(permille => Clean(low + (width * permille / 1000)));
        Gen<double> known = field.Statistics.Count > 0 ? Gen.Elements(field.Statistics.Values.Select(value => Clean(value))) : inside;
        return Gen.Frequency((6, inside), (2, known), (1, Gen.Elements(0.0, 1.0, -1e6, 1e9)))
            .Select(number => number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (object?)(long)number : number);
    }

    /// <summary>The number of five decimals that is nearest, to the last bit.</summary>
    private static double Clean(double number)
        => double.Parse(number.ToString("F5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static Gen<object?> Text(IEnumerable<string> texts) => Gen.Elements(texts).Select(text => (object?)text);

    private static Gen<object?> List(IEnumerable<string>? words, string separator)
        => Gen.Elements([.. words ?? [], Unknown])
            .ArrayOf()
            .Resize(8)
            .Select(chosen => (object?)string.Join(separator, chosen.DefaultIfEmpty(Unknown)));
}
