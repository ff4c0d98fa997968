using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Clusters;

/// <summary>A cluster, by k-means or g-means: finds the centroid that a row is nearest to (bindings: cluster.py).</summary>
public sealed class Cluster : BigMLModel
{
    internal const string ResourceType = "cluster";

    private Cluster(ResourceView resource, FieldSet fields, HashSet<string> described)
        : base(resource, fields)
    {
        Dictionary<string, double> scales = ReadScales(resource.Body.Object("scales"), fields);
        Counters = [.. fields.All.Select(field => TermCounter.Of(field, trimItems: false))];
        Compiled = CentroidReader.ReadAll(resource.Body.Object("clusters").Array("clusters"), fields, described, scales, Counters);
        Centroids = new NameList([.. Compiled.Select(centroid => centroid.Name ?? centroid.Id ?? string.Empty)]);
    }

    /// <summary>The names of the centroids.</summary>
    public NameList Centroids { get; }

    /// <summary>The centroids; read-only by now.</summary>
    internal CompiledCentroid[] Compiled { get; }

    /// <summary>By slot of the field, what counts its terms or items; null for other fields.</summary>
    internal TermCounter?[] Counters { get; }

    /// <summary>The numeric fields, whether the cluster uses them or not, as the bindings want them; none where a number stands in for what is missing.</summary>
    public override IReadOnlyList<Field> RequiredFields
        => Fields.DefaultNumericValue is null ? [.. Fields.All.Where(each => each.OpType == OpType.Numeric)] : [];

    /// <summary>Builds the model of a resource.</summary>
    internal static Cluster Read(ResourceView resource)
    {
        // Summary fields describe the clusters, and take no part in anything.
        JsonView summaries = resource.Body["summary_fields"];
        HashSet<string> described = new(summaries.IsNull ? [] : summaries.Strings(), StringComparer.Ordinal);
        FieldSet fields = FieldSetReader.Read(resource.Body, resource.Body.Object("clusters"), hasObjective: false, described);
        return new Cluster(resource, fields, described);
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        (options ?? PredictionOptions.Default).AllowOnly("A cluster");
        return new ClusterPredictor(this);
    }

    private static Dictionary<string, double> ReadScales(JsonView json, FieldSet fields)
    {
        var scales = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonView> member in json.Members())
        {
            if (fields.ById(member.Key) is null)
                throw member.Value.Error($"There is no field {member.Key} among the cluster's fields: the export lacks fields. Export it with all of them.");
            scales[member.Key] = member.Value.AsNumber();
        }
        return scales;
    }
}
