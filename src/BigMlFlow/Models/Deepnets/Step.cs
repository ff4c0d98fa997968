using System;

namespace BigMlFlow.Models.Deepnets;

/// <summary>
/// One layer at work: reads a stretch of the workspace and writes another, so that later steps may read any earlier one again.
/// In order: weights, normalization, offset, what is added from an earlier stretch, activation; each may be absent.
/// </summary>
internal sealed class Step(Stretch input, Stretch output)
{
    internal Stretch Input { get; } = input;

    internal Stretch Output { get; } = output;

    /// <summary>A row of weights for each output, one for each input; null where the inputs pass as they are.</summary>
    internal double[]? Weights { get; set; }

    /// <summary>Of batch normalization; null together with <see cref="Scale"/> and <see cref="Deviation"/> where there is none.</summary>
    internal double[]? Mean { get; set; }

    internal double[]? Deviation { get; set; }

    internal double[]? Scale { get; set; }

    internal double[]? Offset { get; set; }

    /// <summary>Added before the activation, repeated or cut to the width of the output; empty where nothing is.</summary>
    internal Stretch Residual { get; set; }

    internal Activation Activation { get; set; }

    internal void Run(double[] workspace)
    {
        ReadOnlySpan<double> input = Input.Of(workspace);
        Span<double> output = Output.Of(workspace);
        if (Weights is null)
            input.CopyTo(output);
        else
        {
            for (int unit = 0; unit < output.Length; unit++)
                output[unit] = Vectors.Dot(Weights.AsSpan(unit * input.Length, input.Length), input);
        }
        if (Mean is not null)
        {
            for (int unit = 0; unit < output.Length; unit++)
                output[unit] = Scale![unit] * (output[unit] - Mean[unit]) / Deviation![unit];
        }
        if (Offset is not null)
        {
            for (int unit = 0; unit < output.Length; unit++)
                output[unit] += Offset[unit];
        }
        if (Residual.Length > 0)
        {
            ReadOnlySpan<double> residual = Residual.Of(workspace);
            for (int unit = 0, from = 0; unit < output.Length; unit++)
            {
                output[unit] += residual[from];
                from = from + 1 == residual.Length ? 0 : from + 1;
            }
        }
        Activations.Apply(Activation, output);
    }
}

/// <summary>A part of a workspace.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many numbers it holds.</param>
internal readonly record struct Stretch(int Start, int Length)
{
    internal int End => Start + Length;

    internal Span<double> Of(double[] workspace) => workspace.AsSpan(Start, Length);
}
