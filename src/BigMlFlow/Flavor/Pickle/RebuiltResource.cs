using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// A resource in BigML's JSON, rebuilt from the attributes of an object of the bindings: what predictions need, and no more.
/// Where fields share a name, the bindings may have kept only the names that they made unique; all else is the original's.
/// </summary>
internal sealed class RebuiltResource
{
    private readonly PickledDictionary _model;
    private readonly PickledJson _json;
    private readonly Utf8JsonWriter _writer;

    private RebuiltResource(PickledDictionary model, PickledJson json)
    {
        _model = model;
        _json = json;
        _writer = json.Writer;
    }

    /// <summary>The classes of the bindings, by the type of the resource that each is built of.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["bigml.model.Model"] = "model",
        ["bigml.ensemble.Ensemble"] = "ensemble",
        ["bigml.logistic.LogisticRegression"] = "logisticregression",
        ["bigml.linear.LinearRegression"] = "linearregression",
        ["bigml.deepnet.Deepnet"] = "deepnet",
    };

    /// <summary>The resource of an object; its trees, if it is an ensemble, are resources of their own.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="model">The attributes.</param>
    /// <param name="json">Where to write.</param>
    /// <exception cref="FlavorException">The attributes are not those of such a model.</exception>
    internal static ResourceDocument Build(string type, PickledDictionary model, PickledJson json)
    {
        if (model["resource_id"] is not string id || !ResourceId.IsValid(id) || ResourceId.TypeOf(id) != type)
            throw json.Malformed($"holds a {ResourceId.ModelTypes[type]} without the id of one");
        if (model["fields"] is not PickledDictionary)
            throw json.Malformed($"holds a {ResourceId.ModelTypes[type]} without fields");
        new RebuiltResource(model, json).Write(type, id);
        return new ResourceDocument(id, json.ToArray());
    }

    /// <summary>The trees of an ensemble, in their order.</summary>
    internal static List<object?> Trees(PickledDictionary ensemble)
        => (ensemble["multi_model"] as PickledObject)?.Attributes["models"] as List<object?> ?? [];

    private void Write(string type, string id)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("code", 200);
        _writer.WriteString("resource", id);
        _writer.WriteString("location", string.Empty);
        _writer.WriteNull("error");
        if (type == "ensemble") // the bindings look for it here
            Optional("default_numeric_value");
        _writer.WriteStartObject("object");
        _writer.WriteString("resource", id);
        _writer.WriteStartObject("status");
        _writer.WriteNumber("code", 5);
        _writer.WriteEndObject();
        foreach (string name in (string[])["name", "description", "input_fields"])
            _json.Member(name, _model[name]);
        _json.Member("dataset", _model["parent_id"]);
        _json.Member("objective_field", _model["objective_id"]);
        _json.Member("objective_fields", _model["objective_id"] is { } objective ? new List<object?> { objective } : null);
        foreach (string name in (string[])["default_numeric_value", "weight_field", "dataset_field_types", "locale"])
            Optional(name);
        switch (type)
        {
            case "model": WriteModel(); break;
            case "ensemble": WriteEnsemble(); break;
            case "logisticregression": WriteLogistic(); break;
            case "linearregression": WriteLinear(); break;
            case "deepnet": WriteDeepnet(); break;
        }
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteModel()
    {
        if (_model["boosting"] is PickledDictionary boosting)
        {
            _writer.WriteBoolean("boosted_ensemble", true);
            _json.Member("boosting", boosting);
        }
        Begin("model");
        Optional("model_fields");
        _json.Member("importance", _model["field_importance"]);
        _writer.WriteStartObject("distribution");
        Optional("training", "root_distribution");
        _writer.WriteEndObject();
        _writer.WritePropertyName("root");
        new PickledTree(_json, _model["offsets"] as PickledDictionary ?? throw _json.Malformed("holds a tree without its offsets")).Write(_model["tree"]);
        _writer.WriteEndObject();
    }

    private void WriteEnsemble()
    {
        bool isBoosted = _model["boosting"] is PickledDictionary;
        _writer.WriteNumber("type", isBoosted ? 1 : 0);
        Optional("boosting");
        Optional("distributions");
        _json.Member("models", Trees(_model).ConvertAll(tree => (tree as PickledObject)?.Attributes["resource_id"])); // model_ids names trees without a root too
        if (_model["boosting_offsets"] is PickledDictionary offsets)
            _json.Member("initial_offsets", offsets.Entries.ConvertAll(entry => (object?)new List<object?> { entry.Key, entry.Value }));
        else if (isBoosted)
            _json.Member("initial_offset", _model["boosting_offsets"] ?? 0L);
        Begin("ensemble");
        _writer.WriteEndObject();
    }

    private void WriteLogistic()
    {
        Begin("logistic_regression");
        if (_model["coefficients"] is not PickledDictionary coefficients)
            throw _json.Malformed("holds a logistic regression without coefficients");
        _json.Member("coefficients", coefficients.Entries.ConvertAll(entry => (object?)new List<object?> { entry.Key, entry.Value }));
        foreach (string name in (string[])["bias", "c", "eps", "balance_fields", "regularization", "missing_numerics", "field_codings"])
            _json.Member(name, _model[name]);
        _json.Member("normalize", _model["lr_normalize"]);
        _writer.WriteEndObject();
    }

    private void WriteLinear()
    {
        Begin("linear_regression");
        foreach (string name in (string[])["coefficients", "bias", "field_codings", "number_of_parameters"])
            _json.Member(name, _model[name]);
        if (_model["xtx_inverse"] is List<object?> { Count: > 0 } rows)
        {
            _writer.WriteStartObject("stats");
            foreach (string name in (string[])["mean_squared_error", "number_of_samples"])
                _json.Member(name, _model[name]);
            _json.Member("xtx_inverse", InvertBack(rows));
            _writer.WriteEndObject();
        }
        else
        {
            _writer.WriteNull("stats");
        }
        _writer.WriteEndObject();
    }

    private void WriteDeepnet()
    {
        Begin("deepnet");
        Optional("network");
        _json.Member("missing_numerics", _model["missing_numerics"]);
        _writer.WriteEndObject();
    }

    /// <summary>Begins the object that holds the model proper, with its fields and missing tokens.</summary>
    private void Begin(string name)
    {
        _writer.WriteStartObject(name);
        WriteFields((PickledDictionary)_model["fields"]!);
        Optional("missing_tokens");
    }

    /// <summary>The bindings move the terms of texts and the items out of the fields' summaries: back they go.</summary>
    private void WriteFields(PickledDictionary fields)
    {
        _writer.WriteStartObject("fields");
        foreach (KeyValuePair<object?, object?> entry in fields.Entries)
        {
            if (entry.Key is not string id || entry.Value is not PickledDictionary field)
                throw _json.Malformed("has a field that is none");
            _writer.WriteStartObject(id);
            foreach (KeyValuePair<object?, object?> member in field.Entries)
            {
                if (member is { Key: "summary", Value: PickledDictionary summary })
                    WriteSummary(id, summary);
                else if (member.Key is "name")
                    _json.Member("name", OriginalName(id) ?? member.Value);
                else
                    _json.Member(member.Key as string ?? throw _json.Malformed("has a field that is none"), member.Value);
            }
            _writer.WriteEndObject();
        }
        _writer.WriteEndObject();
    }

    private object? OriginalName(string id) => ((_model["model_fields"] as PickledDictionary)?[id] as PickledDictionary)?["name"];

    private void WriteSummary(string id, PickledDictionary summary)
    {
        _writer.WriteStartObject("summary");
        foreach (KeyValuePair<object?, object?> member in summary.Entries)
            _json.Member(member.Key as string ?? throw _json.Malformed("has a field that is none"), member.Value);
        foreach ((string attribute, string name) in ((string, string)[])[("tag_clouds", "tag_cloud"), ("items", "items")])
        {
            if (_model[attribute] is PickledDictionary terms && terms[id] is List<object?> list && summary[name] is null)
                _json.Member(name, list.ConvertAll(term => (object?)new List<object?> { term, 0L }));
        }
        _writer.WriteEndObject();
    }

    /// <summary>The bindings invert the matrix that BigML gives; resources hold the one from before.</summary>
    private List<object?> InvertBack(List<object?> rows)
    {
        int size = rows.Count;
        var matrix = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            double[]? numbers = rows[row] switch
            {
                PickledObject array => NumpyArray.Read(array),
                List<object?> list when list.All(number => number is double or long) => [.. list.Select(number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture))],
                _ => null,
            };
            if (numbers?.Length != size)
                throw _json.Malformed("holds a linear regression whose matrix is none");
            numbers.CopyTo(matrix, row * size);
        }
        double[] inverse = LinearAlgebra.Invert(matrix, size) ?? throw _json.Malformed("holds a linear regression whose matrix has no inverse");
        return [.. Enumerable.Range(0, size).Select(row => (object?)inverse.AsSpan(row * size, size).ToArray().Select(number => (object?)number).ToList())];
    }

    private void Optional(string name, string? attribute = null)
    {
        if (_model[attribute ?? name] is { } value)
            _json.Member(name, value);
    }
}
