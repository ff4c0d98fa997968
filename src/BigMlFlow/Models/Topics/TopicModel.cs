using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Topics;

/// <summary>A topic model (latent Dirichlet allocation): says how much a row's texts are about each of its topics (bindings: topicmodel.py).</summary>
public sealed class TopicModel : BigMLModel
{
    private readonly Dictionary<string, int> _terms;
    private readonly string? _language;
    private readonly bool _caseSensitive;
    private readonly bool _bigrams;
    private readonly TermWeights _weights;
    private readonly double _alpha;
    private readonly ulong _seed;

    private TopicModel(ResourceView resource, FieldSet fields, JsonView model)
        : base(resource, fields)
    {
        string? language = model.OptionalString("language");
        _language = Language.IsStemmed(language) ? language : null;
        _caseSensitive = model.Flag("case_sensitive");
        _bigrams = model.Flag("bigrams");
        _seed = Magnitude(model["hashed_seed"]);
        _alpha = model.Number("alpha");
        if (_alpha <= 0)
            throw model.Error("alpha", "Expected a number above 0.");
        string[] termset = model.Array("termset").Strings();
        _terms = Stems(termset);
        JsonView assignments = model.Array("term_topic_assignments");
        _weights = new TermWeights(assignments, model.Number("beta"), _terms.Count);
        if (_weights.Count < termset.Length)
            throw assignments.Error($"Expected {termset.Length} lists, one a term of the termset.");
        List<string> topics = model.Array("topics").Items().Select(topic => topic.String("name")).ToList();
        if (topics.Count < _weights.Topics)
            throw model.Error("topics", $"Expected {_weights.Topics} topics, as many as the terms are assigned to.");
        Topics = new NameList(topics.GetRange(0, _weights.Topics));
    }

    /// <summary>The names of the topics.</summary>
    public NameList Topics { get; }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A topic model");
        return new TopicModelPredictor(this, options.Full);
    }

    internal static TopicModel Read(ResourceView resource)
    {
        JsonView model = resource.Body.Object("topic_model");
        List<Field> all = FieldReader.Read(model.Object("fields"));
        var fields = new FieldSet(all, null, FieldReader.Inputs(resource.Body["input_fields"], all), missingTokens: FieldReader.MissingTokens(model));
        return new TopicModel(resource, fields, model);
    }

    internal TermReader CreateReader() => new(_terms, _language is null ? null : Stemmer.Of(_language), _caseSensitive, _bigrams);

    internal TopicSampler CreateSampler() => new(_weights, _alpha, _seed);

    /// <summary>The places of the terms by their stems. Of terms with one stem, the last counts.</summary>
    private Dictionary<string, int> Stems(string[] terms)
    {
        Stemmer? stemmer = _language is null ? null : Stemmer.Of(_language);
        var stems = new Dictionary<string, int>(terms.Length, StringComparer.Ordinal);
        for (int place = 0; place < terms.Length; place++)
            stems[stemmer is null ? terms[place] : stemmer.Stem(terms[place])] = place;
        return stems;
    }

    private static ulong Magnitude(JsonView seed)
    {
        if (!seed.IsNumber)
            throw seed.Expected("a whole number");
        if (seed.Element.TryGetInt64(out long number))
            return number < 0 ? (ulong)-(number + 1) + 1 : (ulong)number;
        return seed.Element.TryGetUInt64(out ulong large) ? large : throw seed.Expected("a whole number of at most 64 bits");
    }
}
