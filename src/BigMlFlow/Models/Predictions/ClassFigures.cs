using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>A class and its figure.</summary>
/// <param name="Category">The class.</param>
/// <param name="Value">Its probability, confidence or share of the votes, 0 to 1.</param>
public readonly record struct ClassFigure(string Category, double Value)
{
    /// <summary>The class and its figure: <c>class: figure</c>.</summary>
    public override string ToString() => $"{Category}: {NumberFormatter.Shortest(Value)}";
}

/// <summary>A figure for each class: the answer to <see cref="AnswerForm.Probabilities"/>, Confidences and Votes.</summary>
public sealed class ClassFigures : Prediction, IReadOnlyList<ClassFigure>
{
    private readonly IReadOnlyList<ClassFigure> _figures;

    internal ClassFigures(string key, IReadOnlyList<ClassFigure> figures, bool isCompact)
    {
        Key = key;
        _figures = figures;
        IsCompact = isCompact;
    }

    /// <summary>The classes with their figures, by the code points of their names.</summary>
    public IReadOnlyList<ClassFigure> Figures => _figures;

    /// <summary>How many classes there are.</summary>
    public int Count => _figures.Count;

    /// <summary>What the bindings call the figure: probability, confidence or votes.</summary>
    internal string Key { get; }

    /// <summary>Whether the bindings give the figures as a bare list.</summary>
    internal bool IsCompact { get; }

    /// <summary>A class and its figure.</summary>
    /// <param name="index">Its place.</param>
    public ClassFigure this[int index] => _figures[index];

    /// <summary>The classes with their figures.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<ClassFigure> GetEnumerator() => _figures.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The classes with their figures on one line.</summary>
    public override string ToString() => string.Join(", ", _figures);

    internal override CompactPrediction ToCompact()
    {
        ClassFigure best = _figures.OrderByDescending(figure => figure.Value).First();
        return new CompactPrediction(best.Category, double.NaN, Key == "probability" ? best.Value : double.NaN, Key == "confidence" ? best.Value : double.NaN);
    }

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (ClassFigure figure in _figures)
        {
            if (IsCompact)
            {
                writer.WriteNumberText(figure.Value);
                continue;
            }
            writer.WriteStartObject();
            writer.WriteString("category", figure.Category);
            writer.WriteNumberText(Key, figure.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
