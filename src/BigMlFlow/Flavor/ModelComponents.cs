using System.Collections.Generic;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor;

/// <summary>The resources that a model consists of: its own, then those of its components, and of the components' components.</summary>
internal static class ModelComponents
{
    /// <summary>All resources of a bundle, each once, its head first.</summary>
    /// <exception cref="BigMlFlow.Models.ResourceException">A component is missing.</exception>
    internal static IReadOnlyList<ResourceDocument> Of(ResourceBundle bundle)
    {
        if (bundle.IsList)
            return bundle.Documents;
        var documents = new List<ResourceDocument>();
        var seen = new HashSet<string>();
        var waiting = new Queue<ResourceDocument>();
        waiting.Enqueue(bundle.Head);
        seen.Add(bundle.Head.Id);
        while (waiting.Count > 0)
        {
            ResourceDocument document = waiting.Dequeue();
            documents.Add(document);
            if (document.Type is not ("ensemble" or "fusion"))
                continue;
            foreach (string id in new ResourceText(document).Ids("models"))
            {
                if (seen.Add(id))
                    waiting.Enqueue(bundle.Component(id));
            }
        }
        return documents;
    }
}
