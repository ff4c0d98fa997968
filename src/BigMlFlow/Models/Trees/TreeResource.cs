using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Trees;

/// <summary>What makes a tree a step of a boosted ensemble.</summary>
/// <param name="Weight">How much its output counts.</param>
/// <param name="Lambda">The regularization of outputs that are computed from gradients.</param>
/// <param name="ObjectiveClass">The class whose score it adds to; null in a regression.</param>
internal sealed record BoostingStep(double Weight, double Lambda, string? ObjectiveClass);

/// <summary>A resource of the type <c>model</c> while it is read: its fields, and what its tree predicts (bindings: basemodel.py, model.py).</summary>
internal sealed class TreeResource
{
    private readonly SubtreeText? _root;
    private readonly JsonView _training;
    private readonly Dictionary<Field, string> _nextNames = [];

    /// <param name="resource">The resource.</param>
    /// <param name="shared">The fields of the ensemble it is part of, where the bindings build it on those; null for its own.</param>
    internal TreeResource(ResourceView resource, FieldSet? shared = null)
    {
        JsonView body = resource.Body;
        JsonView inner = body.Object("model");
        _root = resource.Tree;
        Id = resource.Document.Id;
        Path = inner.Path.Member("root");
        Boosting = ReadBoosting(body);
        Fields = shared is null ? ReadOwnFields(body, inner) : ReadSharedFields(body, inner, shared);
        Kind = Boosting is not null ? TreeKind.Boosted
            : Fields.Objective!.OpType == OpType.Numeric ? TreeKind.Regression
            : TreeKind.Classification;
        _training = inner["distribution"]["training"];
        if (Kind == TreeKind.Classification)
            Classes = ReadClasses();
    }

    /// <summary>The resource id.</summary>
    internal string Id { get; }

    internal TreeKind Kind { get; }

    /// <summary>Null unless the tree is boosted.</summary>
    internal BoostingStep? Boosting { get; }

    internal FieldSet Fields { get; }

    /// <summary>The classes by code points; empty unless it predicts classes.</summary>
    internal string[] Classes { get; } = [];

    /// <summary>Whether there is a tree at all.</summary>
    internal bool HasRoot => _root is not null;

    private JsonPath Path { get; }

    /// <summary>The name of a field as the bindings give it for the <c>next</c> question of a tree.</summary>
    internal string NextName(Field field) => _nextNames.TryGetValue(field, out string? name) ? name : field.Id;

    /// <summary>Reads and compiles the tree.</summary>
    /// <param name="row">The fields of the rows that it will see.</param>
    /// <param name="matchers">Where matchers are collected.</param>
    /// <param name="asked">The fields that it asks for, as this resource defines them.</param>
    /// <exception cref="ResourceException">There is no tree, or it is malformed.</exception>
    internal Tree Compile(FieldSet row, MatcherSet matchers, out IReadOnlyCollection<Field> asked)
    {
        if (_root is null)
            throw new ResourceException($"The model {Id} has no tree ('root') and cannot be used to predict.", Path.ToString());
        RawTree raw = TreeReader.Read(_root, Kind);
        var predicates = new PredicateCompiler(Fields, row, matchers);
        Tree tree = TreeCompiler.Compile(raw, Kind, Classes, Kind == TreeKind.Boosted ? null : ReadTraining(), predicates);
        asked = [.. predicates.AskedFields];
        return tree;
    }

    private static BoostingStep? ReadBoosting(JsonView body)
    {
        JsonView boosting = body["boosting"];
        if (!body.Flag("boosted_ensemble") || !boosting.IsTrue())
            return null;
        return new BoostingStep(
            boosting.OptionalNumber("weight") ?? 0,
            boosting.OptionalNumber("lambda") ?? 1,
            boosting.OptionalString("objective_class"));
    }

    private FieldSet ReadOwnFields(JsonView body, JsonView inner)
    {
        JsonView fields = inner.Object("fields");
        List<Field> all = FieldReader.Read(fields);
        Field objective = FieldSetReader.Objective(body, all);
        IReadOnlyList<Field> inputs = Inputs(body, all, objective);
        JsonView own = inner["model_fields"];
        if (own.IsNull)
        {
            var derived = new FieldSet(all, objective, inputs, null, FieldReader.MissingTokens(inner), DefaultNumericValue(body));
            foreach (Field field in inputs.Where(field => field.Preferred))
                _nextNames[field] = field.Name;
            return derived;
        }
        Dictionary<string, Field> byId = all.ToDictionary(field => field.Id, StringComparer.Ordinal);
        var modelFields = new List<Field>();
        foreach (KeyValuePair<string, JsonView> member in own.Members())
        {
            if (!byId.TryGetValue(member.Key, out Field? field))
                throw member.Value.Error($"The field {member.Key} is not among the model's fields: the export lacks fields. Export it with all of them.");
            modelFields.Add(field);
            // The bindings correct the names here only where they also find a summary.
            _nextNames[field] = fields[member.Key].Has("summary") ? field.OriginalName : member.Value.OptionalString("name") ?? field.OriginalName;
        }
        return new FieldSet(all, objective, inputs, modelFields, FieldReader.MissingTokens(inner), DefaultNumericValue(body));
    }

    private static FieldSet ReadSharedFields(JsonView body, JsonView inner, FieldSet shared)
    {
        Field objective = FieldSetReader.Objective(body, shared.All);
        return new FieldSet(shared.All, objective, Inputs(body, shared.All, objective), null, FieldReader.MissingTokens(inner), DefaultNumericValue(body));
    }

    /// <summary>The inputs. Those that are not among the fields are of no use to a tree, and no harm.</summary>
    private static List<Field> Inputs(JsonView body, IReadOnlyList<Field> all, Field objective)
    {
        JsonView ids = body["input_fields"];
        if (ids.Count == 0)
            return FieldReader.Inputs(ids, all, objective);
        var wanted = new HashSet<string>(ids.Strings(), StringComparer.Ordinal);
        return all.Where(field => wanted.Contains(field.Id)).ToList();
    }

    private static string? DefaultNumericValue(JsonView body)
        => body["default_numeric_value"].IsNull ? null : body.OptionalString("default_numeric_value");

    private string[] ReadClasses()
    {
        var classes = new SortedSet<string>(PythonText.CodePointOrder);
        foreach (JsonView pair in Training("categories").Items())
            classes.Add(pair.ItemAt(0).AsString());
        return [.. classes];
    }

    private JsonView Training(string unit)
        => _training[unit].IsArray ? _training[unit] : throw _training[unit].Expected("the distribution of the training data");

    private TrainingDistribution ReadTraining()
    {
        if (Kind == TreeKind.Classification)
        {
            var codes = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string name in Classes)
                codes.Add(name, codes.Count);
            return new TrainingDistribution(
                [.. Training("categories").Items().Select(pair => new Bin(codes[pair.ItemAt(0).AsString()], Weight(pair)))],
                DistributionUnit.Categories);
        }
        DistributionUnit unit = _training["bins"].IsArray ? DistributionUnit.Bins : DistributionUnit.Counts;
        JsonView bins = Training(unit == DistributionUnit.Bins ? "bins" : "counts");
        return new TrainingDistribution([.. bins.Items().Select(pair => new Bin(pair.ItemAt(0).AsNumber(), Weight(pair)))], unit);
    }

    private static double Weight(JsonView pair)
    {
        double weight = pair.ItemAt(1).AsNumber();
        return weight >= 0 ? weight : throw pair.ItemAt(1).Expected("a number of instances");
    }
}
