using System;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Deepnets;

/// <summary>What a layer does to its sums.</summary>
internal enum Activation
{
    Identity,
    Tanh,
    Sigmoid,
    Softplus,
    Relu,
    Softmax,
    Swish,
    Relu6,
    LeakyRelu,
    Selu,

    /// <summary>tanh(softplus(x)): what the bindings compute for <c>mish</c> in layers of the older notation.</summary>
    TanhSoftplus,

    /// <summary>x·tanh(softplus(x)): <c>mish</c> as it is defined, in typed layers.</summary>
    Mish,
}

/// <summary>The activation functions (bindings: laminar/numpy_ops.py), each over a whole vector in place.</summary>
internal static class Activations
{
    private const double LeakySlope = 0.1;
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    /// <summary>From here on adding 1 to the exponential changes nothing.</summary>
    private const double LargeExponent = 512;

    /// <summary>Reads the name of an activation function; none is the identity where the notation allows that.</summary>
    internal static Activation Read(JsonView name, bool isTyped)
    {
        if (isTyped && name.IsNull)
            return Activation.Identity;
        return name.AsString() switch
        {
            "identity" or "linear" => Activation.Identity,
            "tanh" => Activation.Tanh,
            "sigmoid" => Activation.Sigmoid,
            "softplus" => Activation.Softplus,
            "relu" => Activation.Relu,
            "softmax" => Activation.Softmax,
            "swish" => Activation.Swish,
            "mish" => isTyped ? Activation.Mish : Activation.TanhSoftplus,
            "relu6" => Activation.Relu6,
            "leaky_relu" => Activation.LeakyRelu,
            "selu" => Activation.Selu,
            string other => throw name.Error($"'{other}' is no activation function that this module knows."),
        };
    }

    internal static void Apply(Activation activation, Span<double> values)
    {
        switch (activation)
        {
            case Activation.Identity:
                return;
            case Activation.Softmax:
                Softmax(values);
                return;
            case Activation.Relu: // the commonest, without a call for each value
                for (int index = 0; index < values.Length; index++)
                    values[index] = values[index] > 0 ? values[index] : values[index] * 0;
                return;
            default:
                for (int index = 0; index < values.Length; index++)
                    values[index] = Of(activation, values[index]);
                return;
        }
    }

    private static double Of(Activation activation, double x) => activation switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Softplus => Softplus(x),
        Activation.Swish => x * Sigmoid(x),
        Activation.Relu6 => Math.Min(Math.Max(x, 0), 6),
        Activation.LeakyRelu => Math.Max(x, x * LeakySlope),
        Activation.Selu => x > 0 ? SeluScale * x : SeluScale * SeluAlpha * (Math.Exp(x) - 1),
        Activation.TanhSoftplus => Math.Tanh(Softplus(x)),
        Activation.Mish => x * Math.Tanh(Softplus(x)),
        _ => x,
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => x < LargeExponent ? Math.Log(Math.Exp(x) + 1) : x;

    private static void Softmax(Span<double> values)
    {
        double highest = double.NegativeInfinity;
        foreach (double value in values)
            highest = Math.Max(highest, value);
        double total = 0;
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Math.Exp(values[index] - highest);
            total += values[index];
        }
        for (int index = 0; index < values.Length; index++)
            values[index] /= total;
    }
}
