namespace BigMlFlow.Models;

/// <summary>What trees do where the value that a split asks for is missing.</summary>
public enum MissingStrategy
{
    /// <summary>The answer is that of the last node reached.</summary>
    Last = 0,

    /// <summary>Both branches are followed, and their answers are weighted by the instances they were built on.</summary>
    Proportional = 1,
}

/// <summary>The figure that decides, or that is asked for, among the classes of a classification.</summary>
public enum OperatingKind
{
    /// <summary>Probabilities.</summary>
    Probability,

    /// <summary>Confidences, which are lower bounds of probabilities.</summary>
    Confidence,

    /// <summary>The models' votes, in ensembles.</summary>
    Votes,
}

/// <summary>How an ensemble's models are combined.</summary>
public enum CombinationMethod
{
    /// <summary>Each model has one vote; numbers are averaged.</summary>
    Plurality = 0,

    /// <summary>Votes weigh by the models' confidence; numbers by their error.</summary>
    Confidence = 1,

    /// <summary>Votes weigh by the classes' shares in each model's answer; numbers are averaged.</summary>
    Probability = 2,

    /// <summary>A category needs a number of votes to win.</summary>
    Threshold = 3,
}

/// <summary>The point of a classifier's ROC curve to work at: a class wins if its figure is above a threshold.</summary>
/// <param name="PositiveClass">The class.</param>
/// <param name="Threshold">The threshold, from 0 to 1.</param>
/// <param name="Kind">The figure: probability, confidence or, in ensembles, votes.</param>
public sealed record OperatingPoint(string PositiveClass, double Threshold, OperatingKind Kind = OperatingKind.Probability);

/// <summary>What is asked of a classifier.</summary>
public enum AnswerForm
{
    /// <summary>One prediction.</summary>
    Prediction,

    /// <summary>The probability of each class (bindings: predict_probability).</summary>
    Probabilities,

    /// <summary>The confidence of each class (bindings: predict_confidence).</summary>
    Confidences,

    /// <summary>The votes for each class, in ensembles (bindings: predict_votes).</summary>
    Votes,
}

/// <summary>
/// How a model is to predict. All options are optional; one that a type of model has no meaning for is an
/// <see cref="OptionException"/> when a predictor is made. The names and meanings are those of the bindings' keyword arguments.
/// </summary>
public sealed record PredictionOptions
{
    /// <summary>The options of a plain prediction.</summary>
    public static PredictionOptions Default { get; } = new();

    /// <summary>What trees do with missing values; null is <see cref="Models.MissingStrategy.Last"/>.</summary>
    public MissingStrategy? MissingStrategy { get; init; }

    /// <summary>The operating point; classifications only.</summary>
    public OperatingPoint? OperatingPoint { get; init; }

    /// <summary>The figure that decides; classifications, and in ensembles regressions too.</summary>
    public OperatingKind? OperatingKind { get; init; }

    /// <summary>How the models of an ensemble are combined.</summary>
    public CombinationMethod? Method { get; init; }

    /// <summary>How many votes the category of <see cref="CombinationMethod.Threshold"/> needs.</summary>
    public int? ThresholdVotes { get; init; }

    /// <summary>The category that needs them.</summary>
    public string? ThresholdCategory { get; init; }

    /// <summary>Whether the models of a regression ensemble vote with the medians of their nodes.</summary>
    public bool Median { get; init; }

    /// <summary>What is asked of a classifier.</summary>
    public AnswerForm Form { get; init; }

    /// <summary>Whether everything about the prediction is wanted. Some types round their number only then, as the bindings do.</summary>
    public bool Full { get; init; } = true;

    /// <summary>Whether the figures of a form come as a bare list, in the order of the classes.</summary>
    public bool Compact { get; init; }

    /// <summary>How many components of a PCA to give at most.</summary>
    public int? MaxComponents { get; init; }

    /// <summary>The share of the variance, 0 to 1, after which the components of a PCA are cut off.</summary>
    public double? VarianceThreshold { get; init; }

    /// <summary>How many items an association set has at most; null is 100.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The measure by which association rules score: lhs_cover, support, confidence, leverage or lift; null is the one that the model was searched by.</summary>
    public string? ScoreBy { get; init; }
}
