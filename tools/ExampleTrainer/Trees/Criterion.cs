using System;
using BigMlFlow.ExampleTrainer.Data;

namespace BigMlFlow.ExampleTrainer.Trees;

/// <summary>
/// What a split is judged by. Each row contributes a few numbers; rows together are scored by the sums of these; and
/// the gain of a split is the score of its parts less that of the whole.
/// </summary>
internal abstract class Criterion
{
    /// <summary>How many numbers a row contributes.</summary>
    public abstract int Width { get; }

    /// <summary>Adds a row's numbers, times <paramref name="sign"/>, to the sums.</summary>
    public abstract void Add(int row, double sign, Span<double> sums);

    /// <summary>The score of rows of these sums; the more alike they are, the higher.</summary>
    public abstract double Score(ReadOnlySpan<double> sums);
}

/// <summary>The fall of Gini's impurity, for classes.</summary>
internal sealed class GiniImpurity(Field objective) : Criterion
{
    public override int Width => objective.Categories!.Length;

    public override void Add(int row, double sign, Span<double> sums) => sums[(int)objective.Values[row]] += sign;

    public override double Score(ReadOnlySpan<double> sums)
    {
        double total = 0, squares = 0;
        foreach (double count in sums)
        {
            total += count;
            squares += count * count;
        }
        return squares / total;
    }
}

/// <summary>The fall of the squared error, for numbers.</summary>
internal sealed class SquaredError(Field objective) : Criterion
{
    public override int Width => 2;

    public override void Add(int row, double sign, Span<double> sums)
    {
        sums[0] += sign;
        sums[1] += sign * objective.Values[row];
    }

    public override double Score(ReadOnlySpan<double> sums) => sums[1] * sums[1] / sums[0];
}

/// <summary>The fall of the second-order approximation of a loss, for boosting (Chen and Guestrin 2016).</summary>
internal sealed class Gradient(double[] first, double[] second, double lambda) : Criterion
{
    public override int Width => 2;

    public override void Add(int row, double sign, Span<double> sums)
    {
        sums[0] += sign * first[row];
        sums[1] += sign * second[row];
    }

    public override double Score(ReadOnlySpan<double> sums) => sums[0] * sums[0] / (sums[1] + lambda) / 2;
}
