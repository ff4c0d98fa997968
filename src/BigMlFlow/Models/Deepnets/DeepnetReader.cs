using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Deepnets;

/// <summary>
/// Compiles a <c>deepnet</c> (bindings: deepnet.py, laminar/): columns of the raw input, how they are preprocessed, tree
/// embeddings, and networks, all over one workspace: [embeddings | preprocessed inputs | outputs of layers].
/// </summary>
internal sealed class DeepnetReader
{
    private readonly List<Column> _columns = [];
    private readonly JsonView _network;

    private DeepnetReader(JsonView inner, FieldSet fields)
    {
        _network = inner.Object("network");
        RefuseImages();
        Counters = [.. fields.All.Select(field => TermCounter.Of(field))];
        foreach (Field field in fields.Inputs)
            AddColumns(field, inner.Flag("missing_numerics"));
        Features = [.. ReadFeatures()];
        if (Features.Length == 0)
            throw _network.Error("preprocess", "The network has no inputs.");
        int width = Features.Sum(feature => feature.Width);
        Forests = Forest.ReadAll(_network["trees"], width);
        int embedded = Forests.Sum(forest => forest.Outputs);
        Inputs = new Stretch(embedded, width);
        Networks = [.. ReadNetworks()];
        Workspace = Networks.Max(network => network.End);
    }

    /// <summary>By slot of the field, what counts its terms or items; null for other fields.</summary>
    internal TermCounter?[] Counters { get; }

    /// <summary>The preprocessed inputs, in their order.</summary>
    internal Feature[] Features { get; }

    /// <summary>The tree embeddings.</summary>
    internal Forest[] Forests { get; }

    /// <summary>Where the preprocessed inputs lie in the workspace; the embeddings are before them.</summary>
    internal Stretch Inputs { get; }

    /// <summary>The networks whose outputs are brought together; one, if the deepnet was not searched for.</summary>
    internal Network[] Networks { get; }

    /// <summary>Whether the networks are the results of a search: their outputs are then normalized, even those of one.</summary>
    internal bool IsSearch { get; private set; }

    /// <summary>How long a workspace has to be.</summary>
    internal int Workspace { get; }

    internal static DeepnetReader Read(JsonView inner, FieldSet fields) => new(inner, fields);

    /// <summary>The mean and the deviation by which numeric outputs were standardized.</summary>
    internal (double Mean, double Deviation) OutputMoments()
    {
        JsonView exposition = _network["output_exposition"];
        if (exposition.IsNull && IsSearch)
            exposition = _network.Array("networks").ItemAt(0)["output_exposition"];
        if (exposition.IsNull)
            throw _network.Error("output_exposition", "The network does not say how its outputs were standardized.");
        return (exposition.Number("mean"), exposition.Number("stdev"));
    }

    private void RefuseImages()
    {
        bool readsImages = _network.Has("image_network")
            || (_network["preprocess"].IsArray && _network["preprocess"].Items().Any(spec => spec["type"].IsString && spec.String("type") == "image"));
        if (readsImages)
            throw _network.Error("This deepnet reads images, which is not supported: their pixels go through convolutional networks that BigML runs with TensorFlow, which this module does not have.");
    }

    private void AddColumns(Field field, bool hasMissingNumerics)
    {
        if (Counters[field.Slot] is { } counter)
            _columns.AddRange(Enumerable.Range(0, counter.CloudSize).Select(term => new Column(ColumnKind.Count, field, term)));
        else if (field.OpType == OpType.Categorical)
            _columns.Add(new Column(ColumnKind.Category, field));
        else if (field.OpType != OpType.Numeric)
            _columns.Add(new Column(ColumnKind.Nothing, field));
        else if (hasMissingNumerics && field.MissingCount > 0)
            _columns.AddRange([new Column(ColumnKind.NumberOrZero, field), new Column(ColumnKind.MissingFlag, field)]);
        else
            _columns.Add(new Column(ColumnKind.Number, field));
    }

    /// <summary>The preprocessing, which picks columns by their place, in an order of its own.</summary>
    private IEnumerable<Feature> ReadFeatures()
    {
        int start = 0;
        foreach (JsonView spec in _network.Array("preprocess").Items())
        {
            int index = spec.Integer("index");
            if (index < 0 || index >= _columns.Count)
                throw spec.Error("index", $"There is no column {index}: the inputs make {_columns.Count}.");
            Feature feature = ReadFeature(spec, _columns[index], start);
            start += feature.Width;
            yield return feature;
        }
    }

    private static Feature ReadFeature(JsonView spec, Column column, int start)
    {
        bool isCategory = column.Kind == ColumnKind.Category;
        string type = spec.String("type");
        if (type != (isCategory ? "categorical" : "numeric"))
            throw spec.Error("type", $"A column of the {column.Field.OpType.ToString().ToLowerInvariant()} field {column.Field.Id} cannot be preprocessed as '{type}'.");
        if (isCategory)
        {
            var places = new CategoryPlaces(column.Field, spec.Array("values"));
            return new Feature(column, start) { Width = places.Count, Places = places };
        }
        if (spec.Has("stdev"))
            return new Feature(column, start) { Mean = spec.Number("mean"), Deviation = spec.Number("stdev") };
        if (spec.Has("zero_value"))
            return new Feature(column, start) { One = spec.Number("one_value") };
        throw spec.Error("Expected the 'mean' and 'stdev' of the numbers, or their 'zero_value' and 'one_value'.");
    }

    private IEnumerable<Network> ReadNetworks()
    {
        JsonView searched = _network["networks"];
        IsSearch = searched.Count > 0;
        if (!IsSearch)
        {
            yield return NetworkReader.Read(_network.Array("layers"), WithForests(Forests.Length > 0), Inputs.End);
            yield break;
        }
        foreach (JsonView network in searched.Items())
            yield return NetworkReader.Read(network.Array("layers"), WithForests(network.Flag("trees")), Inputs.End);
    }

    private Stretch WithForests(bool uses) => uses ? new Stretch(0, Inputs.End) : Inputs;
}
