using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Logistic;

/// <summary>A logistic regression: a logit for each class, whose probabilities are brought to the sum of 1 (bindings: logistic.py).</summary>
public sealed class LogisticRegression : BigMLModel
{
    internal const string ResourceType = "logisticregression";

    private LogisticRegression(ResourceView resource, FieldSet fields, JsonView inner)
        : base(resource, fields)
    {
        Compiled = LogisticReader.Read(inner, fields);
        WeightField = fields.ById(resource.Body["weight_field"].IsString ? resource.Body.String("weight_field") : string.Empty);
    }

    /// <summary>The classes by the code points of their names; an empty one stands for a missing objective.</summary>
    public override IReadOnlyList<string> Classes => Compiled.Classes;

    /// <summary>The coefficients and how to use them; read-only by now.</summary>
    internal LogisticReader Compiled { get; }

    /// <summary>The field whose values weighed the training instances; null if none did.</summary>
    internal Field? WeightField { get; }

    /// <summary>The numeric fields, unless the model was trained to do without numbers, or has one to put in their place.</summary>
    public override IReadOnlyList<Field> RequiredFields => Compiled.HasMissingNumerics || Fields.DefaultNumericValue is not null
        ? []
        : [.. Fields.All.Where(each => each.OpType == OpType.Numeric && each != WeightField && Fields.IsUsed(each))];

    /// <summary>Builds the model of a resource.</summary>
    internal static LogisticRegression Read(ResourceView resource)
    {
        JsonView inner = resource.Body.Object("logistic_regression");
        return new LogisticRegression(resource, FieldSetReader.Read(resource.Body, inner, hasObjective: true), inner);
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A logistic regression", ClassAnswers.Options);
        return new LogisticPredictor(this, options);
    }
}
