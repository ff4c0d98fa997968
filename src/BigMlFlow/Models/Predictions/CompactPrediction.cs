namespace BigMlFlow.Models.Predictions;

/// <summary>The scalars of an answer: what a file of predictions needs, in a value that costs nothing to make.</summary>
/// <param name="Category">The predicted class, centroid or the like; null where the answer is a number.</param>
/// <param name="Number">The predicted number or score, the distance of a centroid; NaN where the answer is a class.</param>
/// <param name="Probability">The probability of the class; NaN where the answer has none.</param>
/// <param name="Confidence">The confidence of the class, or the error of the number; NaN where the answer has none.</param>
public readonly record struct CompactPrediction(
    string? Category,
    double Number,
    double Probability = double.NaN,
    double Confidence = double.NaN);
