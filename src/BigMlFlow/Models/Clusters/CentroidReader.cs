using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Clusters;

/// <summary>What a field contributes to the distance from a centroid: one of a number, a category or a list of terms.</summary>
/// <param name="Field">The field.</param>
/// <param name="Scale">What differences are multiplied by.</param>
/// <param name="Number">The centre's number.</param>
/// <param name="Category">The centre's category; null unless the field is categorical.</param>
/// <param name="Terms">The places of the centre's terms among those that are counted, -1 for others; null unless it is a text or items field.</param>
internal readonly record struct CentrePart(Field Field, double Scale, double Number, string? Category, int[]? Terms);

/// <summary>A centroid as it is compared with rows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Centre">Its centre, field by field in the document's order.</param>
internal sealed record CompiledCentroid(string? Id, string? Name, CentrePart[] Centre);

/// <summary>Reads the centroids of a cluster (bindings: centroid.py).</summary>
internal static class CentroidReader
{
    /// <summary>Reads all centroids.</summary>
    /// <param name="centroids">The list.</param>
    /// <param name="fields">The fields of the cluster, without those that only describe.</param>
    /// <param name="described">The ids of the fields that only describe.</param>
    /// <param name="scales">The scale of each field by id.</param>
    /// <param name="counters">By slot of the field, what counts its terms or items.</param>
    internal static CompiledCentroid[] ReadAll(JsonView centroids, FieldSet fields, ICollection<string> described, IReadOnlyDictionary<string, double> scales, TermCounter?[] counters)
    {
        CompiledCentroid[] all = [.. centroids.Items().Select(centroid => Read(centroid, fields, described, scales, counters))];
        return all.Length > 0 ? all : throw centroids.Error("The cluster has no centroids.");
    }

    private static CompiledCentroid Read(JsonView centroid, FieldSet fields, ICollection<string> described, IReadOnlyDictionary<string, double> scales, TermCounter?[] counters)
    {
        var parts = new List<CentrePart>();
        foreach (KeyValuePair<string, JsonView> member in centroid.Object("center").Members())
        {
            if (described.Contains(member.Key))
                continue;
            Field field = fields.ById(member.Key) ?? throw member.Value.Error($"There is no field {member.Key} among the cluster's fields: the export lacks fields. Export it with all of them.");
            if (!scales.TryGetValue(field.Id, out double scale))
                throw member.Value.Error($"The cluster has no scale for field {field.Id}.");
            parts.Add(Part(member.Value, field, scale, counters[field.Slot]));
        }
        return new CompiledCentroid(centroid.OptionalString("id") ?? centroid.OptionalString("centroid_id"), centroid.OptionalString("name"), [.. parts]);
    }

    private static CentrePart Part(JsonView value, Field field, double scale, TermCounter? counter)
    {
        if (value.IsArray)
        {
            List<string> known = [.. counter?.Terms ?? []];
            return new CentrePart(field, scale, 0, null, [.. value.Strings().Select(term => known.IndexOf(term))]);
        }
        return value.IsString
            ? new CentrePart(field, scale, 0, value.AsString(), null)
            : new CentrePart(field, scale, value.AsNumber(), null, null);
    }
}
