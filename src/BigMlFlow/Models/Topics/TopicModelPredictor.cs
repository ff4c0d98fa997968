using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.Models.Topics;

/// <summary>Infers the topics of rows: of their texts, joined in the order in which the row has them (bindings: topicmodel.py, distribution).</summary>
internal sealed class TopicModelPredictor : Predictor
{
    private readonly NameList _topics;
    private readonly TermReader _reader;
    private readonly TopicSampler _sampler;
    private readonly bool _full;
    private readonly List<KeyValuePair<Field, string>> _texts = [];
    private readonly List<int> _document = [];

    internal TopicModelPredictor(TopicModel model, bool full)
        : base(model.Fields)
    {
        _topics = model.Topics;
        _reader = model.CreateReader();
        _sampler = model.CreateSampler();
        _full = full;
    }

    public override Prediction Predict()
    {
        _document.Clear();
        _reader.Read(string.Join("\n\n", _texts.Select(text => text.Value)), _document);
        double[] probabilities = _sampler.Infer(_document);
        return new TopicDistribution(_topics.Select((name, topic) => new TopicProbability(name, probabilities[topic])).ToList(), _full);
    }

    private protected override void ClearRow() => _texts.Clear();

    /// <summary>Takes a text, or the text of another value. Of two for one field the later counts, in the place of the first.</summary>
    private protected override void Assign(Field field, in Cell cell)
    {
        if (cell.Kind == CellKind.Missing)
            return;
        string text = cell.ToString();
        if (cell.Kind == CellKind.Text && Fields.IsMissingToken(text))
            return;
        var entry = new KeyValuePair<Field, string>(field, text);
        int place = _texts.FindIndex(earlier => earlier.Key == field);
        if (place >= 0)
            _texts[place] = entry;
        else
            _texts.Add(entry);
    }
}
