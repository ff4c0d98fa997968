using System;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Fields;

namespace BigMlFlow.Parity;

/// <summary>How far a number may be from the reference's.</summary>
/// <param name="Absolute">In the number's own unit.</param>
/// <param name="Relative">As a share of the greater of the two.</param>
/// <param name="IsRounded">Whether the number is rounded to 5 decimals: then the share counts only above 1e5.</param>
internal readonly record struct Tolerance(double Absolute, double Relative, bool IsRounded = false)
{
    /// <summary>A number that the bindings round to 5 decimals.</summary>
    internal static readonly Tolerance Rounded = new(1.01e-5, 1e-9, IsRounded: true);

    /// <summary>A number that they do not round.</summary>
    internal static readonly Tolerance Exact = new(1e-12, 1e-9);

    internal bool Holds(double expected, double got)
    {
        double size = Math.Max(Math.Abs(expected), Math.Abs(got));
        double share = IsRounded && size <= 1e5 ? 0 : Relative * size;
        return Math.Abs(expected - got) <= Math.Max(Absolute, share);
    }
}

/// <summary>The tolerances for one model's answers, by type, method, options and the member that holds the number: gold/README.md, "Comparing".</summary>
internal sealed class ToleranceRules
{
    private static readonly Tolerance Rounded = Tolerance.Rounded;
    private static readonly Tolerance Exact = Tolerance.Exact;

    private readonly string _type;
    private readonly bool _isClassification;
    private readonly bool _isBoosted;
    private readonly bool _hasObjectiveClass;

    internal ToleranceRules(BigMLModel model)
    {
        _type = model.Type;
        _isClassification = model.Objective?.OpType == OpType.Categorical;
        using JsonDocument head = JsonDocument.Parse(model.Documents[0].ToArray(), new JsonDocumentOptions { MaxDepth = 4_000 });
        JsonElement body = head.RootElement.TryGetProperty("object", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : head.RootElement;
        _isBoosted = body.TryGetProperty("boosting", out JsonElement boosting) && boosting.ValueKind == JsonValueKind.Object;
        _hasObjectiveClass = _isBoosted && boosting.TryGetProperty("objective_class", out JsonElement objective) && objective.ValueKind == JsonValueKind.String;
    }

    /// <summary>The tolerance of a number in the answer to a case.</summary>
    /// <param name="call">The case.</param>
    /// <param name="row">Its row.</param>
    /// <param name="member">The name of the innermost member that holds it; "prediction" where the answer is the bare number.</param>
    internal Tolerance For(ReferenceCase call, JsonElement row, string member) => _type switch
    {
        "model" when _isBoosted => member == "prediction" && !_hasObjectiveClass ? Rounded : Exact,
        "model" when _isClassification => AsksForFigures(call) || member == "confidence" ? Rounded : Exact,
        "model" => Tree(call, member),
        "ensemble" when _isBoosted => _isClassification || FullNumber(call) ? Rounded : Exact,
        "ensemble" when _isClassification => Ensemble(call, member),
        "ensemble" => member == "confidence" ? Rounded : Exact,
        "logisticregression" => Rounded,
        "linearregression" => member == "prediction" ? Rounded : new Tolerance(1e-12, 1e-6),
        "deepnet" => _isClassification || FullNumber(call) ? Rounded : new Tolerance(1e-12, 1e-6),
        "fusion" => _isClassification ? Rounded : Exact,
        "anomaly" => Rounded,
        "topicmodel" => new Tolerance(0, 1e-12),
        "pca" => new Tolerance(1e-9, 1e-9),
        "timeseries" => member == "point_forecast" && row.EnumerateObject().MoveNext() ? Rounded : Exact, // without a request: the stored forecast
        _ => Exact,
    };

    private static Tolerance Tree(ReferenceCase call, string member) => member switch
    {
        "prediction" => Rounded,
        "confidence" when call.Code("missing_strategy") == 1 => new Tolerance(1.01e-5, 1e-6), // a chi-square quantile
        _ => Exact,
    };

    private static Tolerance Ensemble(ReferenceCase call, string member) => member switch
    {
        _ when !call.Has("method") => Rounded,
        "confidence" => Rounded,
        "probability" when call.Code("method") == 2 => Rounded,
        _ => Exact,
    };

    /// <summary>Whether figures of classes were asked for, or decide: these are all rounded.</summary>
    private static bool AsksForFigures(ReferenceCase call)
        => call.Method != "predict" || call.Has("operating_kind") || call.Has("operating_point");

    /// <summary>Whether a number was asked for in the way that the bindings round it: predict with full, predict_probability without compact.</summary>
    private static bool FullNumber(ReferenceCase call) => call.Method == "predict" ? call.IsFull : !call.IsCompact;
}
