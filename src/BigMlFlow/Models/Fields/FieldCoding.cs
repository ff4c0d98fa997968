using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Fields;

/// <summary>
/// How a regression turns the categories of a field into numbers. A dummy coding has a column for each category; contrast and
/// other codings project those columns, and one for a missing value, onto fewer ones.
/// </summary>
/// <param name="DummyClass">The category that a dummy coding leaves out of the estimates; null for other codings.</param>
/// <param name="Projections">A row of factors for each resulting column, one factor a category and one for a missing value; null for dummy codings.</param>
internal sealed record FieldCoding(string? DummyClass, double[][]? Projections)
{
    private static readonly string[] Kinds = ["dummy", "contrast", "other"];

    /// <summary>Reads <c>field_codings</c> in both notations: a list of descriptions, or an object by field id (or name).</summary>
    internal static Dictionary<Field, FieldCoding> ReadAll(JsonView codings, FieldSet fields)
    {
        var all = new Dictionary<Field, FieldCoding>();
        if (codings.IsNull)
            return all;
        if (codings.IsArray)
        {
            foreach (JsonView item in codings.Items())
            {
                string kind = item.String("coding");
                Add(all, fields, item["field"], item.String("field"), kind, item[kind == "dummy" ? "dummy_class" : "coefficients"]);
            }
            return all;
        }
        foreach (KeyValuePair<string, JsonView> member in codings.Members())
        {
            KeyValuePair<string, JsonView> coding = member.Value.Members().FirstOrDefault();
            if (coding.Key is null)
                throw member.Value.Expected("a coding");
            Add(all, fields, member.Value, member.Key, coding.Key, coding.Value);
        }
        return all;
    }

    private static void Add(Dictionary<Field, FieldCoding> all, FieldSet fields, JsonView place, string key, string kind, JsonView value)
    {
        Field field = fields.Find(key) ?? throw place.Error($"There is no field {key} to code.");
        if (Array.IndexOf(Kinds, kind) < 0)
            throw place.Error($"The coding '{kind}' is not one of {string.Join(", ", Kinds)}.");
        all[field] = kind == "dummy"
            ? new FieldCoding(value.IsNull ? null : value.AsString(), null)
            : new FieldCoding(null, Matrix(value, field));
    }

    private static double[][] Matrix(JsonView rows, Field field)
    {
        var matrix = new List<double[]>();
        foreach (JsonView row in rows.Items())
        {
            double[] factors = row.Numbers();
            if (factors.Length < field.Categories.Count || factors.Length == 0)
                throw row.Error($"The coding of field {field.Id} needs a factor for each of its {field.Categories.Count} categories, and has {factors.Length}.");
            matrix.Add(factors);
        }
        return [.. matrix];
    }
}
