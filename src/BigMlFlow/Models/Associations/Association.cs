using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Associations;

/// <summary>An association: rules between items, which tell what is likely to go with the items of a row (bindings: association.py).</summary>
public sealed class Association : BigMLModel
{
    private const string Strategy = "leverage";

    private readonly string _strategy;

    private Association(ResourceView resource, FieldSet fields, JsonView model)
        : base(resource, fields)
    {
        Items = model["items"].IsNull ? [] : model["items"].Items().Select(item => new AssociationItem(item, fields)).ToArray();
        Rules = model["rules"].IsNull ? [] : model["rules"].Items().Select(rule => new AssociationRule(rule, Items)).ToArray();
        Groups = Group(Rules);
        Matchers = MatchersOf(Items);
        _strategy = model.OptionalString("search_strategy") ?? Strategy;
    }

    internal AssociationItem[] Items { get; }

    internal AssociationRule[] Rules { get; }

    /// <summary>By rule: the number of its right side, the same for the same items.</summary>
    internal int[] Groups { get; }

    /// <summary>The matchers of the items that are terms, or items of a list.</summary>
    internal IReadOnlyList<OccurrenceMatcher> Matchers { get; }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("An association", nameof(options.MaxItems), nameof(options.ScoreBy));
        if (options.MaxItems < 0)
            throw new OptionException("MaxItems has to be 0 or more.");
        return new AssociationPredictor(this, options, Scores(options.ScoreBy));
    }

    internal static Association Read(ResourceView resource)
    {
        JsonView model = resource.Body.Object("associations");
        List<Field> all = FieldReader.Read(model.Object("fields"));
        var fields = new FieldSet(
            all,
            null,
            FieldReader.Inputs(resource.Body["input_fields"], all),
            missingTokens: FieldReader.MissingTokens(model),
            defaultNumericValue: resource.Body.OptionalString("default_numeric_value"));
        return new Association(resource, fields, model);
    }

    /// <summary>The measure of each rule that scores it.</summary>
    private double[] Scores(string? scoreBy)
    {
        string available = string.Join(", ", AssociationRule.Measures);
        int place = Array.IndexOf([.. AssociationRule.Measures], scoreBy ?? MeasureOfStrategy());
        if (place < 0)
        {
            throw new OptionException(scoreBy is null
                ? $"The association was searched by '{_strategy}', which cannot score its rules. Give ScoreBy, one of {available}."
                : $"The available values of score_by are: {available}. '{scoreBy}' is none.");
        }
        return Rules
            .Select(rule => rule.MeasureAt(place) ?? throw new OptionException($"The rules cannot be scored by {AssociationRule.Measures[place]}: the rule {rule.Id} has none. Give another ScoreBy, one of {available}."))
            .ToArray();
    }

    /// <summary>The measure that the rules were searched by; BigML's word for the coverage of the left side is another than the rules'.</summary>
    private string MeasureOfStrategy() => _strategy == "coverage" ? "lhs_cover" : _strategy;

    private static int[] Group(AssociationRule[] rules)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new int[rules.Length];
        for (int rule = 0; rule < rules.Length; rule++)
        {
            string items = string.Join(",", rules[rule].Right);
            if (!numbers.TryGetValue(items, out groups[rule]))
                numbers.Add(items, groups[rule] = numbers.Count);
        }
        return groups;
    }

    private static List<OccurrenceMatcher> MatchersOf(AssociationItem[] items)
    {
        var matchers = new List<OccurrenceMatcher>();
        foreach (AssociationItem item in items.Where(item => item.IsMatched))
        {
            item.Matcher = matchers.Count;
            matchers.Add(OccurrenceMatcher.For(item.Field, item.Field.Slot, item.Name!));
        }
        return matchers;
    }
}
