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

/// <summary>
/// A figure for each class: the answer to <see cref="AnswerForm.Probabilities"/>, Confidences and Votes. It is no list itself:
/// a pipeline would take it apart, and lose which row it answers.
/// </summary>
public sealed class ClassFigures : Prediction
{
    internal ClassFigures(string key, IReadOnlyList<ClassFigure> figures, bool isCompact)
    {
        Key = key;
        Figures = new FigureList(figures);
        IsCompact = isCompact;
    }

    /// <summary>The class with the highest figure; of equal ones the first.</summary>
    public string? Prediction => Best.Category;

    /// <summary>The classes with their figures, by the code points of their names.</summary>
    public FigureList Figures { get; }

    /// <summary>What the bindings call the figure: probability, confidence or votes.</summary>
    internal string Key { get; }

    /// <summary>Whether the bindings give the figures as a bare list.</summary>
    internal bool IsCompact { get; }

    private ClassFigure Best => Figures.OrderByDescending(figure => figure.Value).FirstOrDefault();

    /// <summary>The classes with their figures on one line.</summary>
    public override string ToString() => Figures.ToString();

    internal override CompactPrediction ToCompact()
    {
        ClassFigure best = Best;
        return new CompactPrediction(best.Category, double.NaN, Key == "probability" ? best.Value : double.NaN, Key == "confidence" ? best.Value : double.NaN);
    }

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (ClassFigure figure in Figures)
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

/// <summary>Classes with their figures, which print on one line.</summary>
public sealed class FigureList : PrintedList<ClassFigure>
{
    private readonly IReadOnlyList<ClassFigure> _figures;

    internal FigureList(IReadOnlyList<ClassFigure> figures) => _figures = figures;

    private protected override IReadOnlyList<ClassFigure> Items => _figures;

    /// <summary>The figure of a class, for scripts: <c>$p.Figures['Iris-setosa']</c>.</summary>
    /// <param name="category">The class.</param>
    /// <returns>The figure; null if there is no such class.</returns>
    public double? this[string category]
    {
        get
        {
            foreach (ClassFigure figure in _figures)
            {
                if (figure.Category == category)
                    return figure.Value;
            }
            return null;
        }
    }
}
