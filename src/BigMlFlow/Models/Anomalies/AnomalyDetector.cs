using System;
using System.Collections.Generic;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Trees;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Anomalies;

/// <summary>An anomaly detector: an isolation forest, which scores how unlike its training data a row is (bindings: anomaly.py).</summary>
public sealed class AnomalyDetector : BigMLModel
{
    /// <summary>Euler's constant, with the digits that the bindings have of it.</summary>
    internal const double EulerGamma = 0.5772156649;

    /// <summary>The decimals to which defaults are rounded, as any number in a row is.</summary>
    private const int Decimals = 5;

    private AnomalyDetector(ResourceView resource, FieldSet fields, IsolationForest forest, MatcherSet matchers, double norm)
        : base(resource, fields)
    {
        Forest = forest;
        Matchers = matchers;
        Norm = norm;
    }

    /// <inheritdoc/>
    public override int? ModelCount => Forest.TreeCount;

    internal IsolationForest Forest { get; }

    internal MatcherSet Matchers { get; }

    /// <summary>The depth at which a row scores one half; NaN where every row scores 1, since there was one instance to learn from.</summary>
    internal double Norm { get; }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("An anomaly detector");
        return new AnomalyPredictor(this, options.Full);
    }

    internal static AnomalyDetector Read(ResourceView resource)
    {
        JsonView body = resource.Body;
        JsonView model = body.Object("model");
        List<Field> all = FieldReader.Read(model.Object("fields"));
        string? defaultNumericValue = body.OptionalString("default_numeric_value");
        string[] idFields = body["id_fields"].IsNull ? [] : body["id_fields"].Strings();
        var fields = new FieldSet(
            all,
            null,
            FieldReader.Inputs(body["input_fields"], all),
            missingTokens: FieldReader.MissingTokens(model),
            defaultNumericValue: defaultNumericValue,
            defaultFor: field => Array.IndexOf(idFields, field.Id) >= 0 ? double.NaN : Default(field, defaultNumericValue));
        var matchers = new MatcherSet();
        var reader = new IsolationForestReader(new PredicateCompiler(fields, fields, matchers), body.Flag("normalize_repeats"));
        IsolationForest forest = reader.Read(model.Array("trees"));
        if (forest.TreeCount == 0)
            throw model.Error("trees", "The anomaly detector has no trees, and cannot score.");
        return new AnomalyDetector(resource, fields, forest, matchers, ReadNorm(body, model));
    }

    /// <summary>What stands in for a missing number: a summary's entry, and where there is none, nothing.</summary>
    private static double Default(Field field, string? name)
        => name == "zero" ? 0
            : name is not null && field.Statistics.TryGetValue(name, out double value) ? PythonMath.Round(value, Decimals)
            : double.NaN;

    /// <summary>The norm that the resource gives, or else the lesser of the mean depth and that of a random tree of the sample (bindings: norm_factor).</summary>
    private static double ReadNorm(JsonView body, JsonView model)
    {
        double meanDepth = model.Number("mean_depth");
        double sample = body.Number("sample_size");
        if (model.OptionalNumber("normalization_factor") is { } factor)
            return factor > 0 ? factor : throw model.Error("normalization_factor", "Expected a number above 0.");
        if (sample == 1)
            return double.NaN;
        if (!(sample > 1))
            throw body.Error("sample_size", "Expected a number of 1 or more.");
        double norm = Math.Min(meanDepth, 2 * (EulerGamma + Math.Log(sample - 1) - (sample - 1) / sample));
        return norm > 0 ? norm : throw model.Error("mean_depth", "Expected a depth above 0.");
    }
}
