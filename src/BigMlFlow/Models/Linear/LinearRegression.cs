using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Linear;

/// <summary>A linear regression: a weighted sum of the inputs, with confidence bounds where the resource has the statistics (bindings: linear.py).</summary>
public sealed class LinearRegression : BigMLModel
{
    internal const string ResourceType = "linearregression";

    private LinearRegression(ResourceView resource, FieldSet fields, JsonView inner)
        : base(resource, fields)
    {
        Compiled = LinearReader.Read(inner, fields);
        WeightField = fields.ById(resource.Body["weight_field"].IsString ? resource.Body.String("weight_field") : string.Empty);
    }

    /// <summary>The coefficients and how to use them; read-only by now.</summary>
    internal LinearReader Compiled { get; }

    /// <summary>The field whose values weighed the training instances; null if none did.</summary>
    internal Field? WeightField { get; }

    /// <summary>The fields that were never missing in training: they may not be missing now.</summary>
    public override IReadOnlyList<Field> RequiredFields =>
    [
        .. Fields.All.Where(each => each.OpType != OpType.DateTime && each != WeightField && Fields.IsUsed(each)
            && each.Statistics.TryGetValue("missing_count", out double missing) && missing == 0),
    ];

    /// <summary>Builds the model of a resource.</summary>
    internal static LinearRegression Read(ResourceView resource)
    {
        JsonView inner = resource.Body.Object("linear_regression");
        return new LinearRegression(resource, FieldSetReader.Read(resource.Body, inner, hasObjective: true), inner);
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A linear regression", nameof(options.Form), nameof(options.Compact));
        if (options.Form is AnswerForm.Confidences or AnswerForm.Votes)
            throw new OptionException($"A linear regression has no Form {options.Form}. It takes Prediction or Probabilities.");
        return new LinearPredictor(this, options);
    }
}
