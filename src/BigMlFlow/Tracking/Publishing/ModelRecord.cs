using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Flavor;

namespace BigMlFlow.Tracking.Publishing;

/// <summary>What MLflow 2 notes of a model in its run (<c>runs/log-model</c>): the MLmodel file without what is not for servers.</summary>
internal static class ModelRecord
{
    /// <summary>The note about a saved model.</summary>
    /// <param name="folder">The model directory.</param>
    internal static string Of(string folder)
    {
        ModelInfo info = ModelDirectory.Read(folder);
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["run_id"] = info.RunId,
            ["artifact_path"] = info.ArtifactPath,
            ["utc_time_created"] = info.UtcTimeCreated?.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            ["model_uuid"] = info.ModelUuid,
            ["flavors"] = info.Flavors.ToDictionary(flavor => flavor.Key, flavor => flavor.Value.Where(entry => entry.Key != "config").ToDictionary(entry => entry.Key, entry => entry.Value)),
        });
    }
}
