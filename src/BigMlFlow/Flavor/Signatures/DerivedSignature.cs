using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Projections;
using BigMlFlow.Models.Topics;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>The signature of a model, from its fields and the kind of its answers.</summary>
internal static class DerivedSignature
{
    internal static ModelSignature Of(BigMLModel model, SignatureKind kind, PythonFunction function)
    {
        if (model.Type == "timeseries" && kind == SignatureKind.Typed)
            throw new FlavorException(FlavorError.InvalidOption, $"{model.Resource} is a time series: it takes a request for each field, which is no number or text. Use a signature of kind Any, or none.");
        var inputs = new List<ColumnSpec>();
        // a date stands for the fields that are generated of it
        foreach (Field field in model.Fields.Inputs.Union(model.Fields.Expansions.Select(expansion => expansion.Parent)))
        {
            DataType type = kind == SignatureKind.Any ? DataType.Any : field.OpType == OpType.Numeric ? DataType.Double : DataType.String;
            inputs.Add(new ColumnSpec(type, field.Name, model.RequiredFields.Contains(field)));
        }
        ColumnSpec[] outputs = [.. Outputs(model)];
        return new ModelSignature
        {
            Inputs = inputs.Count > 0 ? inputs : null,
            Outputs = outputs.Length > 0 ? outputs : null,
            Parameters = function == PythonFunction.DataFrame ? [new ParameterSpec("output", DataType.String, string.Empty)] : null,
        };
    }

    /// <summary>The columns of every answer to a full prediction that are one number or text: what Spark can make a structure of.</summary>
    private static IEnumerable<ColumnSpec> Outputs(BigMLModel model) => model switch
    {
        { Classes.Count: > 0 } => [new ColumnSpec(DataType.String, "prediction"), new ColumnSpec(DataType.Double, "probability")],
        { Objective: not null } => [new ColumnSpec(DataType.Double, "prediction")],
        { Type: "cluster" } => [new ColumnSpec(DataType.String, "centroid_name"), new ColumnSpec(DataType.Double, "distance")],
        { Type: "anomaly" } => [new ColumnSpec(DataType.Double, "score")],
        Pca pca => Enumerable.Range(1, pca.ComponentCount).Select(number => new ColumnSpec(DataType.Double, $"PC{number}")),
        TopicModel topics => topics.Topics.Distinct().Select(name => new ColumnSpec(DataType.Double, name)),
        _ => [], // rules and forecasts are lists
    };
}
