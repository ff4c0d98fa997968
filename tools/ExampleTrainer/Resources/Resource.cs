using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Data;

namespace BigMlFlow.ExampleTrainer.Resources;

/// <summary>A finished BigML resource in the form in which the API gives it: an envelope around the attributes that all types share and those of its own.</summary>
/// <param name="type">"model", "ensemble" …, the first part of the identifier.</param>
/// <param name="name">Its name, from which the identifier derives.</param>
/// <param name="inputs">The fields that it predicts from.</param>
/// <param name="objective">The field that it predicts, if it is supervised.</param>
internal sealed class Resource(string type, string name, IReadOnlyList<Field> inputs, Field? objective = null)
{
    private const string Created = "2025-01-01T00:00:00.000000";

    public string Type { get; } = type;

    public string Name { get; } = name;

    public IReadOnlyList<Field> Inputs { get; } = inputs;

    public Field? Objective { get; } = objective;

    /// <summary>"type/" and 24 hexadecimal digits, always the same for a type and name.</summary>
    public string Id { get; } = MakeId(type, name);

    /// <summary>The name of a file of it beside the ensemble or fusion that it belongs to.</summary>
    public string FileName => Id.Replace('/', '_');

    public IEnumerable<Field> Fields => Objective is null ? Inputs : Inputs.Append(Objective);

    /// <summary>The tokens that stand for a missing value: BigML's default list.</summary>
    public static JsonArray MissingTokens() =>
        ["", "NaN", "NULL", "N/A", "null", "-", "#REF!", "#VALUE!", "?", "#NULL!", "#NUM!", "#DIV/0", "n/a", "#NAME?", "NIL", "nil", "na", "#N/A", "NA"];

    /// <summary>The resource's document. Attributes in <paramref name="own"/> replace those that all types share.</summary>
    public JsonObject Document(JsonObject own)
    {
        int rows = Inputs[0].Values.Length;
        int fields = Fields.Count();
        var body = new JsonObject
        {
            ["resource"] = Id,
            ["name"] = Name,
            ["description"] = "Fisher's iris measurements",
            ["category"] = 0,
            ["code"] = 200,
            ["columns"] = fields,
            ["created"] = Created,
            ["dataset"] = MakeId("dataset", "iris"),
            ["dataset_field_types"] = FieldTypes(),
            ["dataset_status"] = true,
            ["excluded_fields"] = new JsonArray(),
            ["fields_meta"] = new JsonObject { ["count"] = fields, ["limit"] = -1, ["offset"] = 0, ["query_total"] = fields, ["total"] = fields },
            ["input_fields"] = new JsonArray([.. Inputs.Select(field => (JsonNode)field.Id)]),
            ["locale"] = "en-US",
            ["max_columns"] = fields,
            ["max_rows"] = rows,
            ["out_of_bag"] = false,
            ["private"] = true,
            ["range"] = new JsonArray(1, rows),
            ["replacement"] = false,
            ["rows"] = rows,
            ["sample_rate"] = 1,
            ["shared"] = false,
            ["source"] = MakeId("source", "iris"),
            ["status"] = new JsonObject { ["code"] = 5, ["elapsed"] = 1000, ["message"] = "The " + Words() + " has been created", ["progress"] = 1 },
            ["tags"] = new JsonArray("iris"),
            ["type"] = 0,
            ["updated"] = Created,
            ["white_box"] = false,
        };
        if (Objective is not null)
        {
            body["objective_field"] = Objective.Id;
            body["objective_fields"] = new JsonArray(Objective.Id);
            body["objective_field_name"] = Objective.Name;
            body["objective_field_type"] = Objective.OpType;
        }
        foreach (var (key, value) in own)
            body[key] = value?.DeepClone();
        return new JsonObject { ["code"] = 200, ["resource"] = Id, ["object"] = body, ["error"] = null };
    }

    private string Words() => Type switch
    {
        "logisticregression" => "logistic regression",
        "linearregression" => "linear regression",
        "anomaly" => "anomaly detector",
        _ => Type,
    };

    private JsonObject FieldTypes()
    {
        var json = new JsonObject();
        foreach (string optype in new[] { "categorical", "datetime", "items", "numeric", "text" })
            json[optype] = Fields.Count(field => field.OpType == optype);
        json["preferred"] = Fields.Count();
        json["total"] = Fields.Count();
        return json;
    }

    private static string MakeId(string type, string name) =>
        type + "/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("BigMlFlow example " + type + " " + name)))[..24];
}
