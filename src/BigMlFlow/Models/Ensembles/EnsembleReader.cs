using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// Reads an ensemble and its trees. In a list [ensemble, model, …] the bindings build each tree on its own fields; where the
/// trees are files beside the ensemble's, on the ensemble's fields (bigml-facts 32).
/// </summary>
internal sealed class EnsembleReader
{
    /// <summary>The <c>type</c> of boosted ensembles (bindings: ensemble.py, BOOSTING).</summary>
    private const int BoostedType = 1;

    private readonly ResourceView _view;
    private readonly bool _isList;
    private readonly ResourceDocument[] _components;
    private readonly bool _isBoosted;
    private readonly FieldSet _fields;
    private readonly bool _isRegression;
    private readonly string[] _classes = [];
    private readonly List<string> _voteClasses;
    private readonly Dictionary<string, int> _voteClassPlaces = new(StringComparer.Ordinal);

    private EnsembleReader(ResourceView view)
    {
        _view = view;
        _isList = view.Bundle.IsList && view.Document == view.Bundle.Head && view.Bundle.Documents.Count > 1;
        _isBoosted = view.Body["type"].IsNumber && view.Body.Number("type") == BoostedType;
        _components = Components();
        _fields = ReadFields();
        Field objective = _fields.Objective!;
        _isRegression = objective.OpType == OpType.Numeric;
        if (!_isRegression)
        {
            _classes = objective.Categories.Select(category => category.Name).Distinct(StringComparer.Ordinal).OrderBy(name => name, PythonText.CodePointOrder).ToArray();
            if (_classes.Length == 0)
                throw view.Body["ensemble"].Error($"The objective field {objective.Id} has no categories in its summary: there is nothing to predict.");
        }
        _voteClasses = [.. _classes];
        for (int index = 0; index < _classes.Length; index++)
            _voteClassPlaces.Add(_classes[index], index);
    }

    internal static EnsembleContent Read(ResourceView view)
    {
        var reader = new EnsembleReader(view);
        (EnsembleTree[] trees, TreeGroup[] groups) = reader.ReadTogether() ?? reader.ReadSeparately();
        if (trees.Length == 0)
            throw view.Body["models"].Error("None of the ensemble's models has a tree ('root').");
        return new EnsembleContent(reader._fields, trees, groups, reader._classes, [.. reader._voteClasses])
        {
            IsBoosted = reader._isBoosted,
            InitialOffset = reader._isRegression ? view.Body.OptionalNumber("initial_offset") ?? 0 : 0,
            InitialOffsets = reader._isBoosted && !reader._isRegression ? reader.ReadOffsets() : [],
        };
    }

    private ResourceDocument[] Components()
    {
        JsonView models = _view.Body.Array("models");
        if (models.Count == 0)
            throw models.Error("The ensemble has no models.");
        if (!_isList)
            return [.. models.Strings().Select(_view.Bundle.Component)];
        ResourceDocument[] components = [.. _view.Bundle.Documents.Skip(1)];
        if (components.Length != models.Count)
            throw models.Error($"The provided list of models does not match the ensemble list of models: it has {components.Length} models, the ensemble {models.Count}.");
        return components;
    }

    // ---- fields

    private FieldSet ReadFields()
    {
        JsonView inner = _view.Body["ensemble"];
        JsonView ids = _view.Body["input_fields"];
        List<Field> all;
        Field objective;
        if (inner["fields"].IsObject)
        {
            all = FieldReader.Read(inner["fields"]);
            objective = FieldSetReader.Objective(_view.Body, all);
        }
        else
            (all, objective) = MergeFields();
        HashSet<string> wanted = new(ids.Count > 0 ? ids.Strings() : [], StringComparer.Ordinal);
        IReadOnlyList<Field> inputs = wanted.Count > 0
            ? all.Where(field => wanted.Contains(field.Id)).ToList()
            : FieldReader.Inputs(ids, all, objective);
        JsonView value = _view.Envelope["default_numeric_value"];
        // Read outside the body, where exports never have it: so do the bindings.
        string? defaultValue = _view.Envelope["object"].IsObject && value.IsString ? value.AsString() : null;
        return new FieldSet(all, objective, inputs, null, null, defaultValue);
    }

    /// <summary>Old ensembles have no fields of their own: those of their models, of which later ones replace earlier ones.</summary>
    private (List<Field> All, Field Objective) MergeFields()
    {
        var order = new List<string>();
        var byId = new Dictionary<string, Field>(StringComparer.Ordinal);
        string? objective = null;
        foreach (ResourceDocument component in _components)
        {
            FieldSet? fields = ModelReader.Compile(_view.Bundle, component, view => view.Tree is null ? null : new TreeResource(view).Fields);
            if (fields is null)
                continue;
            objective ??= fields.Objective!.Id;
            foreach (Field field in fields.All)
            {
                if (!byId.ContainsKey(field.Id))
                    order.Add(field.Id);
                byId[field.Id] = field;
            }
        }
        if (objective is null)
            throw _view.Body["models"].Error("None of the ensemble's models has a tree ('root').");
        List<Field> all = order.Select((id, slot) => byId[id].At(slot)).ToList();
        return (all, all.First(field => field.Id == objective));
    }

    // ---- trees

    /// <summary>Reads all trees into one group.</summary>
    /// <returns>Null where the trees' own models would read a row in different ways.</returns>
    private (EnsembleTree[] Trees, TreeGroup[] Groups)? ReadTogether()
    {
        var matchers = new MatcherSet();
        var trees = new List<EnsembleTree>();
        var used = new HashSet<Field>();
        FieldSet? first = null;
        foreach (ResourceDocument component in _components)
        {
            bool isAlike = true;
            EnsembleTree? tree = ReadTree(component, resource =>
            {
                first ??= resource.Fields;
                isAlike = RowCompatibility.ReadAlike(resource.Fields, first, _fields, used);
                if (!isAlike)
                    return null;
                Tree tree = resource.Compile(_fields, matchers, out IReadOnlyCollection<Field> asked);
                isAlike = asked.All(resource.Fields.IsUsed);
                return tree;
            }, 0);
            if (!isAlike)
                return null;
            if (tree is not null)
                trees.Add(tree);
        }
        var fields = new FieldSet(_fields.All, _fields.Objective, _fields.Inputs, used, first?.MissingTokens, first?.DefaultNumericValue);
        return ([.. trees], [new TreeGroup(fields, matchers)]);
    }

    /// <summary>Reads each tree into a group of its own.</summary>
    private (EnsembleTree[] Trees, TreeGroup[] Groups) ReadSeparately()
    {
        var trees = new List<EnsembleTree>();
        var groups = new List<TreeGroup>();
        foreach (ResourceDocument component in _components)
        {
            var matchers = new MatcherSet();
            FieldSet? fields = null;
            EnsembleTree? tree = ReadTree(component, resource => resource.Compile(fields = resource.Fields, matchers, out _), groups.Count);
            if (tree is null)
                continue;
            trees.Add(tree);
            groups.Add(new TreeGroup(fields!, matchers));
        }
        return ([.. trees], [.. groups]);
    }

    private EnsembleTree? ReadTree(ResourceDocument component, Func<TreeResource, Tree?> compile, int group)
    {
        if (component.Type != "model")
            throw _view.Body["models"].Error($"The ensemble's components have to be models, and {component.Id} is none.");
        return ModelReader.Compile(_view.Bundle, component, view =>
        {
            // Models without a tree do not vote. In a list the bindings fail on them.
            if (view.Tree is null)
                return null;
            var resource = new TreeResource(view, _isList ? null : _fields);
            CheckKind(view, resource);
            return compile(resource) is { } tree ? new EnsembleTree(resource.Id, tree, group, MapClasses(tree), resource.Boosting) : null;
        });
    }

    private void CheckKind(ResourceView view, TreeResource resource)
    {
        if (_isBoosted != resource.Boosting is not null)
        {
            throw view.Body["boosting"].Error(_isBoosted
                ? "The ensemble is boosted, and this model of it is not."
                : "The model is boosted, and the ensemble is not: boosted ensembles cannot be built from a list of boosting models.");
        }
        if (!_isBoosted && _isRegression != (resource.Kind == TreeKind.Regression))
            throw view.Body["objective_fields"].Error("The model does not predict what the ensemble predicts: one predicts classes, the other numbers.");
        if (_isBoosted && !_isRegression && (resource.Boosting!.ObjectiveClass is not { } name || Array.IndexOf(_classes, name) < 0))
            throw view.Body["boosting"].Error("The class that the tree adds to (objective_class) is not among the ensemble's classes.");
    }

    private int[] MapClasses(Tree tree)
    {
        var map = new int[tree.Classes.Length];
        for (int index = 0; index < map.Length; index++)
        {
            string name = tree.Classes[index];
            if (!_voteClassPlaces.TryGetValue(name, out map[index]))
            {
                map[index] = _voteClasses.Count;
                _voteClassPlaces.Add(name, map[index]);
                _voteClasses.Add(name);
            }
        }
        return map;
    }

    /// <summary>Pairs of a class and where its score begins; of a repeated class the last counts.</summary>
    private double[] ReadOffsets()
    {
        var offsets = new double[_classes.Length];
        JsonView pairs = _view.Body["initial_offsets"];
        if (pairs.IsNull)
            return offsets;
        foreach (JsonView pair in pairs.Items())
        {
            if (_voteClassPlaces.TryGetValue(pair.ItemAt(0).AsString(), out int place) && place < offsets.Length)
                offsets[place] = pair.ItemAt(1).AsNumber();
        }
        return offsets;
    }
}
