using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace BigMlFlow.ExampleTrainer.Unsupervised;

/// <summary>A cluster resource: k-means on numbers that are scaled to a deviation of 1.</summary>
internal sealed class KMeans
{
    private readonly Resource _resource;

    private readonly double[] _scales;

    private readonly Vector<double>[] _points;

    private readonly Vector<double>[] _centres;

    public KMeans(string name, IReadOnlyList<Field> inputs, int k)
    {
        _resource = new Resource("cluster", name, inputs);
        _scales = [.. inputs.Select(field => Numbers.Decimals(1 / new Sample(field.Values).StandardDeviation))];
        _points = [.. Enumerable.Range(0, inputs[0].Values.Length).Select(row =>
            Vector<double>.Build.DenseOfEnumerable(inputs.Zip(_scales, (field, scale) => field.Values[row] * scale)))];
        _centres = FarthestFirst(k);
        int[] assigned, before = [];
        while (!(assigned = Assign()).SequenceEqual(before))
        {
            for (int i = 0; i < k; i++)
                _centres[i] = Mean(_points.Where((_, row) => assigned[row] == i));
            before = assigned;
        }
    }

    public JsonObject Document()
    {
        int[] assigned = Assign();
        var overall = Mean(_points);
        double total = SumSquares(_points, overall);
        double within = _centres.Select((centre, i) => SumSquares(Members(assigned, i), centre)).Sum();
        return _resource.Document(new JsonObject
        {
            ["balance_fields"] = true,
            ["clusters"] = new JsonObject
            {
                ["between_ss"] = Numbers.Decimals(total - within),
                ["clusters"] = new JsonArray([.. _centres.Select((centre, i) => (JsonNode)Centroid(
                    i.ToString("x6", CultureInfo.InvariantCulture), "Cluster " + i.ToString(CultureInfo.InvariantCulture), centre, [.. Members(assigned, i)]))]),
                ["fields"] = FieldStructure.Complete(_resource.Fields),
                ["global"] = Centroid("global", "Global", overall, _points),
                ["missing_tokens"] = Resource.MissingTokens(),
                ["ratio_ss"] = Numbers.Decimals(1 - within / total),
                ["total_ss"] = Numbers.Decimals(total),
                ["within_ss"] = Numbers.Decimals(within),
            },
            ["default_numeric_value"] = "mean",
            ["field_scales"] = new JsonObject(),
            ["k"] = _centres.Length,
            ["model_clusters"] = false,
            ["scales"] = ByField(_scales),
            ["summary_fields"] = new JsonArray(),
        });
    }

    /// <summary>How many rows each centre has, in words.</summary>
    public string Note() => "clusters of " + string.Join(", ", Assign().GroupBy(i => i).OrderBy(group => group.Key).Select(group => group.Count()));

    /// <summary>The first row, then again and again the one that is farthest from all chosen.</summary>
    private Vector<double>[] FarthestFirst(int k)
    {
        List<Vector<double>> chosen = [_points[0]];
        while (chosen.Count < k)
            chosen.Add(_points.MaxBy(point => chosen.Min(centre => Squared(point, centre)))!);
        return [.. chosen];
    }

    private int[] Assign() => [.. _points.Select(point => Enumerable.Range(0, _centres.Length).MinBy(i => Squared(point, _centres[i])))];

    private IEnumerable<Vector<double>> Members(int[] assigned, int cluster) => _points.Where((_, row) => assigned[row] == cluster);

    private JsonObject Centroid(string id, string name, Vector<double> centre, IReadOnlyCollection<Vector<double>> members) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["count"] = members.Count,
        ["center"] = ByField(centre.Select((value, i) => Numbers.Decimals(value / _scales[i]))),
        ["distance"] = FieldStructure.Moments(new Sample(members.Select(point => (point - centre).L2Norm()))),
    };

    private JsonObject ByField(IEnumerable<double> values) =>
        new(_resource.Inputs.Zip(values, (field, value) => KeyValuePair.Create<string, JsonNode?>(field.Id, value)));

    private static Vector<double> Mean(IEnumerable<Vector<double>> points)
    {
        Vector<double>[] all = [.. points];
        return all.Aggregate((sum, point) => sum + point) / all.Length;
    }

    private static double Squared(Vector<double> a, Vector<double> b) => (a - b).Sum(difference => difference * difference);

    private static double SumSquares(IEnumerable<Vector<double>> points, Vector<double> centre) => points.Sum(point => Squared(point, centre));
}
