using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Parity;

/// <summary>The verdicts on all cases of one model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Type">Its resource type.</param>
/// <param name="Results">A result a case, in the order of the cases.</param>
internal sealed record ModelReport(ReferenceModel Model, string Type, IReadOnlyList<CaseResult> Results)
{
    internal int Count(Verdict verdict) => Results.Count(result => result.Verdict == verdict);
}

/// <summary>Puts the cases of a model to the program, and compares.</summary>
internal static class ParityRun
{
    /// <summary>How a mismatch of types begins in the bindings' words, which the program uses too.</summary>
    private const string Mismatch = "Mismatch input data type";

    /// <summary>Runs all cases of a model.</summary>
    /// <param name="reference">The model.</param>
    /// <param name="read">Reads it from somewhere else; null for its own file.</param>
    internal static ModelReport Run(ReferenceModel reference, Func<ResourceBundle>? read = null)
    {
        ReferenceCase[] cases = reference.ReadCases().ToArray();
        ResourceBundle bundle;
        BigMLModel model;
        string type = "?";
        try
        {
            bundle = read is null ? ResourceBundle.FromFile(reference.ModelPath) : read();
            type = bundle.Head.Type;
            if (!ModelReader.SupportedTypes.Contains(type))
                return Everywhere(reference, type, cases, Verdict.Unsupported, null, $"models of type '{type}' cannot be read");
            model = BigMLModel.Load(bundle);
        }
        catch (Exception error)
        {
            return Everywhere(reference, type, cases, Verdict.Differed, error, $"the model does not load: {Describe(error)}");
        }

        IReadOnlyList<JsonElement> rows = reference.ReadRows();
        var tolerances = new ToleranceRules(model);
        var predictors = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        var results = new List<CaseResult>(cases.Length);
        foreach (ReferenceCase each in cases)
            results.Add(Judge(each, rows[each.Row], Answer(model, predictors, each, rows[each.Row]), tolerances));
        return new ModelReport(reference, type, results);
    }

    /// <summary>What the program answers to a case, or the error with which it refuses.</summary>
    private static (JsonElement Answer, Exception? Error) Answer(BigMLModel model, Dictionary<string, Predictor> predictors, ReferenceCase each, JsonElement row)
    {
        try
        {
            string call = each.Method + each.Options.GetRawText();
            if (!predictors.TryGetValue(call, out Predictor? predictor))
            {
                AnswerForm form = FormOf(each.Method);
                bool full = form != AnswerForm.Prediction || each.Method == "centroid"; // these have no short answer
                predictor = model.CreatePredictor(ReferenceOptions.Read(each.Options, model.Type, form, full));
                predictors.Add(call, predictor);
            }
            Prediction prediction = predictor.Predict(row.EnumerateObject().Select(cell => new KeyValuePair<string, object?>(cell.Name, cell.Value)));
            return (JsonSerializer.Deserialize<JsonElement>(prediction.ToJson()), null);
        }
        catch (Exception error) // whatever it is, the next case is to be judged too
        {
            return (default, error);
        }
    }

    private static CaseResult Judge(ReferenceCase each, JsonElement row, (JsonElement Answer, Exception? Error) outcome, ToleranceRules tolerances)
    {
        (JsonElement answer, Exception? error) = outcome;
        if (error is not null)
        {
            var refusal = new CaseResult(each, Verdict.Refused, default, error.GetType().Name, error.Message);
            if (error is not BigMLException) // an accident of ours, which a quirk of the reference does not excuse
                return refusal with { Verdict = Verdict.Differed, Difference = $"crashed: {error}" };
            if (each.IsQuirk)
                return refusal with { Verdict = each.IsRefused ? Verdict.Refused : Verdict.Quirk };
            if (!each.IsRefused)
                return refusal with { Verdict = Verdict.Differed, Difference = $"$: expected {Comparison.Shorten(each.Expected)}, got {Describe(error)}" };
            bool sameWords = error is not RowException || each.ErrorMessage?.StartsWith(Mismatch, StringComparison.Ordinal) != true || each.ErrorMessage == error.Message;
            return sameWords ? refusal : refusal with { Verdict = Verdict.Differed, Difference = $"message: expected {each.ErrorMessage}, got {error.Message}" };
        }
        if (each.IsRefused)
        {
            return new CaseResult(each, each.IsQuirk ? Verdict.Quirk : Verdict.Differed, answer,
                Difference: $"$: expected {each.ErrorType}: {each.ErrorMessage}, got {Comparison.Shorten(answer)}");
        }
        var comparison = new Comparison(member => tolerances.For(each, row, member));
        if (comparison.Difference(each.Expected, answer) is { } difference)
            return new CaseResult(each, each.IsQuirk ? Verdict.Quirk : Verdict.Differed, answer, Difference: difference);
        return new CaseResult(each, Verdict.Agreed, answer, IsExact: comparison.IsExact, IsTied: comparison.IsTied);
    }

    private static AnswerForm FormOf(string method) => method switch
    {
        "predict_probability" => AnswerForm.Probabilities,
        "predict_confidence" => AnswerForm.Confidences,
        "predict_votes" => AnswerForm.Votes,
        "predict" or "centroid" or "anomaly_score" or "distribution" or "association_set" or "projection" or "forecast" => AnswerForm.Prediction,
        _ => throw new NotSupportedException($"No model has a method '{method}'."),
    };

    private static ModelReport Everywhere(ReferenceModel reference, string type, ReferenceCase[] cases, Verdict verdict, Exception? error, string difference)
    {
        CaseResult[] results = cases
            .Select(each => new CaseResult(each, verdict, default, error?.GetType().Name ?? "Unsupported", error?.Message ?? difference, difference))
            .ToArray();
        return new ModelReport(reference, type, results);
    }

    private static string Describe(Exception error) => $"{error.GetType().Name}: {error.Message}";
}
