using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>A topic, and how much a text is about it.</summary>
/// <param name="Name">The name of the topic.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
public readonly record struct TopicProbability(string Name, double Probability)
{
    /// <summary>The topic and its probability: <c>name: 0.5</c>.</summary>
    public override string ToString() => $"{Name}: {NumberFormatter.Shortest(Probability)}";
}

/// <summary>A list of topics that prints as the topics with their probabilities.</summary>
public sealed class TopicList : PrintedList<TopicProbability>
{
    private readonly IReadOnlyList<TopicProbability> _topics;

    internal TopicList(IReadOnlyList<TopicProbability> topics) => _topics = topics;

    private protected override IReadOnlyList<TopicProbability> Items => _topics;
}

/// <summary>The answer of a topic model: how much a row's texts are about each topic.</summary>
public sealed class TopicDistribution : Prediction
{
    private readonly bool _isFull;

    internal TopicDistribution(IReadOnlyList<TopicProbability> topics, bool isFull)
    {
        Topics = new TopicList(topics);
        _isFull = isFull;
        TopicProbability best = topics[0];
        foreach (TopicProbability topic in topics)
        {
            if (topic.Probability > best.Probability)
                best = topic;
        }
        (Topic, Probability) = best;
    }

    /// <summary>The name of the most probable topic; of equally probable ones the first.</summary>
    public string Topic { get; }

    /// <summary>Its probability, 0 to 1.</summary>
    public double Probability { get; }

    /// <summary>All topics in the model's order; the probabilities add up to 1.</summary>
    public TopicList Topics { get; }

    /// <summary>The topics with their probabilities.</summary>
    public override string ToString() => Topics.ToString();

    internal override CompactPrediction ToCompact() => new(Topic, double.NaN, Probability);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (_isFull)
            WriteByName(writer);
        else
            WriteList(writer);
    }

    /// <summary>The bindings' <c>distribution</c>: a list of objects.</summary>
    private void WriteList(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (TopicProbability topic in Topics)
        {
            writer.WriteStartObject();
            writer.WriteString("name", topic.Name);
            writer.WriteNumberText("probability", topic.Probability);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The bindings' <c>predict</c> in full: an object of probabilities by name. Of topics with one name the last counts.</summary>
    private void WriteByName(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (IGrouping<string, TopicProbability> topics in Topics.GroupBy(topic => topic.Name))
            writer.WriteNumberText(topics.Key, topics.Last().Probability);
        writer.WriteEndObject();
    }
}
