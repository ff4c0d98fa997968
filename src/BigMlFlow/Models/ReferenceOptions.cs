using System;
using System.Text.Json;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models;

/// <summary>
/// Reads prediction options written as the keyword arguments of BigML's Python bindings, in JSON:
/// <c>{"missing_strategy": 1, "operating_point": {"kind": "probability", "positive_class": "yes", "threshold": 0.3}}</c>.
/// What one type of model does not take is told by that model when a predictor is made.
/// </summary>
public static class ReferenceOptions
{
    private const string Names = "full, missing_strategy, operating_point, operating_kind, method, options, median, compact, k, score_by, max_components, variance_threshold";

    /// <summary>Reads the keyword arguments of the method that answers with one prediction, asked in full.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="type">The type of the model, such as <c>ensemble</c>: fusions take an operating point without a kind.</param>
    /// <returns>The options.</returns>
    /// <exception cref="OptionException">No JSON object, a name that is no option, or a value that the option cannot take.</exception>
    public static PredictionOptions Parse(string json, string type)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, type, AnswerForm.Prediction, full: true);
        }
        catch (JsonException error)
        {
            throw new OptionException($"The options are not JSON: {error.Message} Give an object such as {{\"missing_strategy\": 1}}.");
        }
    }

    /// <param name="keywords">The keyword arguments.</param>
    /// <param name="type">The type of the model.</param>
    /// <param name="form">What the called method asks for.</param>
    /// <param name="full">Whether a full answer is meant where the arguments do not say.</param>
    internal static PredictionOptions Read(JsonElement keywords, string type, AnswerForm form, bool full)
    {
        if (keywords.ValueKind != JsonValueKind.Object)
            throw new OptionException($"The options have to be a JSON object, not {keywords.GetRawText()}.");
        var options = new PredictionOptions { Form = form, Full = full };
        foreach (JsonProperty keyword in keywords.EnumerateObject())
        {
            JsonElement value = keyword.Value;
            string name = keyword.Name;
            if (value.ValueKind == JsonValueKind.Null && name != "k")
                continue;
            options = name switch
            {
                "full" => options with { Full = Flag(name, value) },
                "compact" => options with { Compact = Flag(name, value) },
                "median" => options with { Median = Flag(name, value) },
                "missing_strategy" => options with { MissingStrategy = (MissingStrategy)Code(name, value, 1, "0 (last prediction) or 1 (proportional)") },
                "method" => options with { Method = (CombinationMethod)Code(name, value, 3, "0 (plurality), 1 (confidence), 2 (probability) or 3 (threshold)") },
                "options" => Threshold(options, value),
                "operating_kind" => options with { OperatingKind = Kind(value) },
                "operating_point" => options with { OperatingPoint = Point(value, type) },
                "k" => options with { MaxItems = value.ValueKind == JsonValueKind.Null ? int.MaxValue : Whole(name, value) }, // no k means 100, a null one no limit
                "score_by" => options with { ScoreBy = Text(name, value) },
                "max_components" => options with { MaxComponents = Whole(name, value) },
                "variance_threshold" => options with { VarianceThreshold = Number(name, value) },
                _ => throw new OptionException($"There is no prediction option '{name}'. Options are {Names}."),
            };
        }
        return options;
    }

    /// <summary>Operating kinds are taken in any case.</summary>
    private static OperatingKind Kind(JsonElement value)
        => TryKind(Text("operating_kind", value).ToLowerInvariant(), out OperatingKind kind)
            ? kind
            : throw new OptionException($"Allowed operating kinds are probability, confidence, votes. {value.GetString()} found.");

    /// <summary>Checks the parts of an operating point in the bindings' order and with their messages (model.py, parse_operating_point).</summary>
    private static OperatingPoint Point(JsonElement value, string type)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new OptionException("The operating_point option has to be an object with a kind, a positive_class and a threshold.");
        OperatingKind kind = OperatingKind.Probability;
        if (type != "fusion") // a fusion's points are always those of its probabilities (fusion.py, predict_operating)
        {
            if (!TryMember(value, "kind", out JsonElement given))
                throw new OptionException("Failed to find the kind of operating point.");
            if (given.ValueKind != JsonValueKind.String || !TryKind(given.GetString()!, out kind))
                throw new OptionException("Unexpected operating point kind. Allowed values are: probability, confidence, votes.");
        }
        if (!TryMember(value, "threshold", out JsonElement limit))
            throw new OptionException("Failed to find the threshold of the operating point.");
        double threshold = Number("threshold", limit);
        if (threshold is not (>= 0 and <= 1))
            throw new OptionException("The threshold value should be in the 0 to 1 range.");
        if (!TryMember(value, "positive_class", out JsonElement positive))
            throw new OptionException("The operating point needs to have a positive_class attribute.");
        return new OperatingPoint(positive.ValueKind == JsonValueKind.String ? positive.GetString()! : positive.GetRawText(), threshold, kind);
    }

    /// <summary>The number of votes that a category needs under the method of that name.</summary>
    private static PredictionOptions Threshold(PredictionOptions options, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new OptionException("The option 'options' has to be an object with a threshold and a category.");
        foreach (JsonProperty part in value.EnumerateObject())
        {
            options = part.Name switch
            {
                "threshold" => options with { ThresholdVotes = Whole("threshold", part.Value) },
                "category" => options with { ThresholdCategory = Text("category", part.Value) },
                _ => throw new OptionException($"The option 'options' has no member '{part.Name}': it takes a threshold and a category."),
            };
        }
        return options;
    }

    private static bool TryKind(string name, out OperatingKind kind)
    {
        (bool found, kind) = name switch
        {
            "probability" => (true, OperatingKind.Probability),
            "confidence" => (true, OperatingKind.Confidence),
            "votes" => (true, OperatingKind.Votes),
            _ => (false, default),
        };
        return found;
    }

    private static bool TryMember(JsonElement value, string name, out JsonElement member)
        => value.TryGetProperty(name, out member) && member.ValueKind != JsonValueKind.Null;

    private static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(name, value) != 0,
        _ => throw Wrong(name, value, "true or false"),
    };

    private static int Code(string name, JsonElement value, int last, string meaning)
    {
        double number = value.ValueKind == JsonValueKind.Number ? Number(name, value) : -1;
        return number >= 0 && number <= last && number == Math.Floor(number) ? (int)number : throw Wrong(name, value, meaning);
    }

    private static int Whole(string name, JsonElement value)
    {
        double number = value.ValueKind == JsonValueKind.Number ? Number(name, value) : -1;
        return number >= 0 && number <= int.MaxValue && number == Math.Floor(number) ? (int)number : throw Wrong(name, value, "a whole number");
    }

    private static double Number(string name, JsonElement value)
        => value.ValueKind == JsonValueKind.Number
            && BigMlFlow.Numbers.NumberParser.TryParse(value.GetRawText().AsSpan(), out double number)
            && Finite.Is(number)
            ? number
            : throw Wrong(name, value, "a number");

    private static string Text(string name, JsonElement value)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a text");

    private static OptionException Wrong(string name, JsonElement value, string meaning)
        => new($"The option '{name}' has to be {meaning}, not {value.GetRawText()}.");
}
