using System;
using System.Collections.Generic;
using System.Text.Json;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models;

/// <summary>Builds the model of a resource: one reader a type.</summary>
internal static class ModelReader
{
    private static readonly IReadOnlyDictionary<string, Func<ResourceView, BigMLModel>> Readers = new Dictionary<string, Func<ResourceView, BigMLModel>>
    {
        ["model"] = Trees.DecisionTree.Read,
        ["ensemble"] = Ensembles.Ensemble.Read,
        ["fusion"] = Fusions.Fusion.Read,
        ["logisticregression"] = Logistic.LogisticRegression.Read,
        ["linearregression"] = Linear.LinearRegression.Read,
        ["anomaly"] = Anomalies.AnomalyDetector.Read,
        ["association"] = Associations.Association.Read,
        ["topicmodel"] = Topics.TopicModel.Read,
        ["cluster"] = Clusters.Cluster.Read,
        ["pca"] = Projections.Pca.Read,
        ["deepnet"] = Deepnets.Deepnet.Read,
        ["timeseries"] = Series.TimeSeries.Read,
    };

    /// <summary>How deep a resource nests at most, its tree aside. Documents take time in proportion to the square of the depth.</summary>
    private const int DocumentDepth = 4_000;

    /// <summary>The types that can be read, for messages and tables.</summary>
    internal static IEnumerable<string> SupportedTypes => Readers.Keys;

    /// <summary>Builds the model of a bundle's head.</summary>
    internal static BigMLModel Read(ResourceBundle bundle) => Read(bundle, bundle.Head);

    /// <summary>Builds the model of one of a bundle's documents: the head, or a component.</summary>
    internal static BigMLModel Read(ResourceBundle bundle, ResourceDocument document)
    {
        if (!Readers.TryGetValue(document.Type, out Func<ResourceView, BigMLModel>? read))
            throw new ResourceException($"'{bundle.Source}' holds {document.Id}: resources of type '{document.Type}' cannot be used to predict. Supported are {string.Join(", ", SupportedTypes)}.");
        return Compile(bundle, document, read);
    }

    /// <summary>Parses a document, and lets a reader make what it will of it; the parsed form is gone afterwards.</summary>
    internal static T Compile<T>(ResourceBundle bundle, ResourceDocument document, Func<ResourceView, T> compile)
    {
        try
        {
            byte[] text = document.ToArray();
            SubtreeText? tree = document.Type == "model" ? SubtreeText.CutRoot(text) : null;
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DocumentDepth });
            return compile(new ResourceView(bundle, document, new JsonView(json.RootElement, JsonPath.Root), tree));
        }
        catch (ResourceException error) when (error.Resource is null)
        {
            throw error.In(document.Id, bundle.Source);
        }
        catch (JsonException error)
        {
            throw new ResourceException($"'{bundle.Source}' is not JSON: {error.Message}", null, error);
        }
    }
}
