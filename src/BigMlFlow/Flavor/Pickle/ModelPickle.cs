using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// The pickle that Python loads from a model directory. It holds the model's JSON, deflated, and says no more than which class
/// of BigML's bindings is to be built of it: the rest is the bindings' own work. The connection in it is one to nowhere, so
/// that nothing is asked of BigML's API, no credentials are read, and no folder is made.
/// </summary>
internal sealed class ModelPickle
{
    /// <summary>Raw deflate, in the terms of Python's zlib.decompress.</summary>
    private const int RawDeflate = -15;

    private static readonly IReadOnlyDictionary<string, (string Module, string Name)> Classes = new Dictionary<string, (string, string)>
    {
        ["model"] = ("bigml.supervised", "SupervisedModel"),
        ["ensemble"] = ("bigml.supervised", "SupervisedModel"),
        ["logisticregression"] = ("bigml.supervised", "SupervisedModel"),
        ["linearregression"] = ("bigml.supervised", "SupervisedModel"),
        ["deepnet"] = ("bigml.supervised", "SupervisedModel"),
        ["cluster"] = ("bigml.cluster", "Cluster"),
        ["anomaly"] = ("bigml.anomaly", "Anomaly"),
        ["topicmodel"] = ("bigml.topicmodel", "TopicModel"),
        ["association"] = ("bigml.association", "Association"),
        ["pca"] = ("bigml.pca", "PCA"),
        ["timeseries"] = ("bigml.timeseries", "TimeSeries"),
    };

    private readonly ResourceBundle _bundle;
    private readonly PickleWriter _writer;
    private int? _connection;

    private ModelPickle(ResourceBundle bundle, PickleWriter writer)
    {
        _bundle = bundle;
        _writer = writer;
    }

    /// <summary>Writes the pickle of a model.</summary>
    /// <param name="bundle">The model's resources.</param>
    /// <param name="stream">Where to write.</param>
    internal static void Write(ResourceBundle bundle, Stream stream)
    {
        var writer = new PickleWriter(stream);
        new ModelPickle(bundle, writer).WriteHead();
        writer.Stop();
    }

    private void WriteHead()
    {
        ResourceDocument head = _bundle.Head;
        switch (head.Type)
        {
            case "ensemble":
                WriteEnsemble();
                break;
            case "fusion":
                _writer.Global(PythonShim.Module, PythonShim.Fusion);
                _writer.BeginList();
                foreach (ResourceDocument document in ModelComponents.Of(_bundle))
                    WriteDocument(Ready(document).Deflate());
                _writer.EndList();
                _writer.Call(1);
                break;
            default:
                ResourceText text = Ready(head);
                // A boosted tree of one class has no list of classes, which SupervisedModel asks it for.
                (string module, string name) = head.Type == "model" && text.Has("boosting", "objective_class")
                    ? ("bigml.model", "Model")
                    : Classes[head.Type];
                _writer.Global(module, name);
                WriteDocument(text.Deflate());
                WriteConnection();
                _writer.Call(2);
                break;
        }
    }

    /// <summary>
    /// An ensemble and its trees, as objects: of trees as documents the bindings would build connections of their own. A tree
    /// without a root is skipped, as they skip it. Trees in files share the ensemble's fields; those of a list have their own.
    /// </summary>
    private void WriteEnsemble()
    {
        ResourceText head = Ready(_bundle.Head);
        IEnumerable<ResourceDocument> listed = _bundle.IsList ? _bundle.Documents.Skip(1) : head.Ids("models").Select(_bundle.Component);
        var trees = new List<(ResourceDocument Document, ReadOnlyMemory<byte> Deflated)>();
        foreach (ResourceDocument document in listed)
        {
            ResourceText tree = Ready(document);
            if (tree.Has("model", "root"))
                trees.Add((document, tree.Deflate()));
        }
        if (!head.Ids("models").SequenceEqual(trees.Select(tree => tree.Document.Id), StringComparer.Ordinal))
            head = head.With("models", "[" + string.Join(",", trees.Select(tree => $"\"{tree.Document.Id}\"")) + "]");
        string? shared = _bundle.IsList ? null : SharedFields.Of(head, trees.Select(tree => tree.Document));
        int? fields = null;

        (string module, string name) = Classes["ensemble"];
        _writer.Global(module, name);
        _writer.BeginList();
        WriteDocument(head.Deflate());
        foreach ((_, ReadOnlyMemory<byte> tree) in trees)
        {
            _writer.Global("bigml.model", "Model");
            WriteDocument(tree);
            WriteConnection();
            if (fields is { } place)
                _writer.Recall(place);
            else if (shared is not null)
                fields = WriteFields(shared);
            _writer.Call(shared is null ? 2 : 3);
        }
        _writer.EndList();
        WriteConnection();
        _writer.Call(2);
    }

    private void WriteDocument(ReadOnlyMemory<byte> deflated)
    {
        _writer.Global("json", "loads");
        _writer.Global("zlib", "decompress");
        _writer.Bytes(deflated);
        _writer.Integer(RawDeflate);
        _writer.Call(2);
        _writer.Call(1);
    }

    private int WriteFields(string json)
    {
        _writer.Global("json", "loads");
        _writer.Text(json);
        _writer.Call(1);
        return _writer.Memoize();
    }

    private void WriteConnection()
    {
        if (_connection is { } place)
        {
            _writer.Recall(place);
            return;
        }
        _writer.Global("bigml.api", "BigML");
        _writer.Text(string.Empty);
        _writer.Text(string.Empty);
        _writer.Call(2);
        _connection = _writer.Memoize();
    }

    /// <summary>
    /// The document as the bindings take it without asking the API for another: an ensemble in the API's envelope, no other
    /// envelope half there, and a time series with the key that they look for beside the one that exports have.
    /// </summary>
    private static ResourceText Ready(ResourceDocument document)
    {
        var text = new ResourceText(document);
        if (document.Type == "timeseries" && !text.Has("timeseries"))
            text = text.With("timeseries", $$"""{"fields":{{text.Member("time_series", "fields") ?? "{}"}}}""");
        return text.HasEnvelope ? text.IsReady ? text : text.InEnvelope() : document.Type == "ensemble" ? text.InEnvelope() : text;
    }
}
