using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Projections;
using BigMlFlow.Models.Topics;

namespace BigMlFlow.Tabular;

/// <summary>The columns that a kind of answer takes in a table.</summary>
internal abstract class PredictionColumns
{
    /// <summary>Their names, which are the bindings' keys.</summary>
    internal abstract IReadOnlyList<string> Names { get; }

    /// <summary>Predicts, and only then adds the cells.</summary>
    /// <exception cref="RowException">The model refuses the row; nothing has been added.</exception>
    internal abstract void Add(Predictor predictor, CsvCells cells);

    /// <summary>The columns of a model's answers.</summary>
    internal static PredictionColumns For(BigMLModel model, PredictionOptions options) => model.Type switch
    {
        _ when options.Form != AnswerForm.Prediction && model.Classes.Count > 0 => new FigureColumns(model.Classes, options.Form),
        "timeseries" or "association" => new JsonColumn(),
        "topicmodel" => new TopicColumns(((TopicModel)model).Topics),
        "anomaly" => new ScoreColumn(),
        "cluster" => new CentroidColumns(),
        "pca" => new ComponentColumns(((Pca)model).ComponentsUnder(options)),
        _ when model.Classes.Count > 0 => new ClassColumns(),
        _ => new NumberColumns(),
    };

    /// <summary>A class, its probability and its confidence.</summary>
    private sealed class ClassColumns : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = ["prediction", "probability", "confidence"];

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            CompactPrediction answer = predictor.PredictCompact();
            cells.Add(answer.Category.AsSpan());
            cells.Add(answer.Probability);
            cells.Add(answer.Confidence);
        }
    }

    /// <summary>A number and its error.</summary>
    private sealed class NumberColumns : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = ["prediction", "confidence"];

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            CompactPrediction answer = predictor.PredictCompact();
            cells.Add(answer.Number);
            cells.Add(answer.Confidence);
        }
    }

    /// <summary>How anomalous a row is.</summary>
    private sealed class ScoreColumn : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = ["score"];

        internal override void Add(Predictor predictor, CsvCells cells) => cells.Add(predictor.PredictCompact().Number);
    }

    /// <summary>A figure for each class.</summary>
    private sealed class FigureColumns(IReadOnlyList<string> classes, AnswerForm form) : PredictionColumns
    {
        private readonly string _figure = form switch
        {
            AnswerForm.Probabilities => "probability",
            AnswerForm.Confidences => "confidence",
            _ => "votes",
        };

        internal override IReadOnlyList<string> Names => classes.Select(name => $"{name} {_figure}").ToArray();

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            foreach (ClassFigure figure in ((ClassFigures)predictor.Predict()).Figures)
                cells.Add(figure.Value);
        }
    }

    /// <summary>The nearest centroid and how far it is.</summary>
    private sealed class CentroidColumns : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = ["centroid_name", "distance"];

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            CompactPrediction answer = predictor.PredictCompact();
            cells.Add(answer.Category.AsSpan());
            cells.Add(answer.Number);
        }
    }

    /// <summary>A number for each principal component.</summary>
    private sealed class ComponentColumns(int count) : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, count).Select(Projection.NameOf)];

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            foreach (double component in ((Projection)predictor.Predict()).Components)
                cells.Add(component);
        }
    }

    /// <summary>The probability of each topic. A name that several topics have gets a number.</summary>
    private sealed class TopicColumns(IReadOnlyList<string> topics) : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } =
            [.. topics.Select((name, place) => topics.Take(place).Count(other => other == name) is var before and > 0 ? FormattableString.Invariant($"{name} ({before + 1})") : name)];

        internal override void Add(Predictor predictor, CsvCells cells)
        {
            foreach (TopicProbability topic in ((TopicDistribution)predictor.Predict()).Topics)
                cells.Add(topic.Probability);
        }
    }

    /// <summary>An answer of many parts, as JSON in one cell.</summary>
    private sealed class JsonColumn : PredictionColumns
    {
        internal override IReadOnlyList<string> Names { get; } = ["prediction"];

        internal override void Add(Predictor predictor, CsvCells cells) => cells.Add(predictor.Predict().ToJson().AsSpan());
    }
}
