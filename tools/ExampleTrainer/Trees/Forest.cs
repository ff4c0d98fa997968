using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>A random decision forest: an ensemble resource and its trees.</summary>
internal sealed class Forest
{
    private const int Candidates = 2;

    private readonly Resource _resource;

    private readonly TreeModel[] _trees;

    public Forest(string name, IReadOnlyList<Field> inputs, Field objective, int trees, ulong seed)
    {
        _resource = new Resource("ensemble", name, inputs, objective);
        var random = new SplitMix(seed);
        _trees = [.. Enumerable.Range(0, trees).Select(index => TreeModel.TrainRandom($"{name} - {index}", inputs, objective, Candidates, random))];
    }

    /// <summary>The class that most trees predict for a row of the training table.</summary>
    public double Predict(int row) =>
        _trees.GroupBy(tree => tree.Predict(row)).OrderByDescending(votes => votes.Count()).ThenBy(votes => votes.Key).First().Key;

    /// <summary>The documents by their file names: ensemble.json and each tree's.</summary>
    public IEnumerable<(string Name, JsonObject Document)> Documents()
    {
        yield return ("ensemble.json", _resource.Document(EnsembleAttributes.Of(
            _resource, [.. _trees.Select(tree => (tree.Resource, tree.Root.Importance(), tree.Distributions()))], new JsonObject
            {
                ["boosting"] = null,
                ["random_candidates"] = Candidates,
                ["randomize"] = true,
                ["type"] = 0,
            })));
        foreach (var (index, tree) in _trees.Index())
        {
            yield return (tree.Resource.FileName, tree.Document(new JsonObject
            {
                ["ensemble"] = true,
                ["ensemble_id"] = _resource.Id.Split('/')[1],
                ["ensemble_index"] = index,
                ["random_candidates"] = Candidates,
                ["randomize"] = true,
                ["replacement"] = true,
            }));
        }
    }
}
