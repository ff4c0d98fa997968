using System;
using System.Linq;
using System.Text.Json.Nodes;
using BigMlFlow.ExampleTrainer.Resources;
using BigMlFlow.ExampleTrainer.Statistics;

namespace BigMlFlow.ExampleTrainer.Deepnets;

/// <summary>A dense layer: outputs = weights · inputs + offset, rectified if it is a hidden one.</summary>
internal sealed class Layer
{
    private const double Momentum = 0.9;

    private readonly bool _isHidden;

    /// <summary>A row an output.</summary>
    private readonly double[][] _weights;

    private readonly double[] _offset;

    /// <summary>The last step of each weight, and of each offset in the last place.</summary>
    private readonly double[][] _steps;

    private double[] _inputs = [];

    private double[] _outputs = [];

    public Layer(int inputs, int outputs, bool isHidden, SplitMix random)
    {
        // He's initialization, uniform instead of normal: it needs no logarithm.
        double range = Math.Sqrt(6.0 / inputs);
        _isHidden = isHidden;
        _weights = [.. Enumerable.Range(0, outputs).Select(_ => Enumerable.Range(0, inputs).Select(_ => (2 * random.NextDouble() - 1) * range).ToArray())];
        _offset = new double[outputs];
        _steps = [.. Enumerable.Range(0, outputs).Select(_ => new double[inputs + 1])];
    }

    /// <summary>The outputs, which <see cref="Backward"/> refers to.</summary>
    public double[] Forward(double[] inputs)
    {
        _inputs = inputs;
        _outputs = [.. _weights.Zip(_offset, (weights, offset) => offset + weights.Zip(inputs, (weight, input) => weight * input).Sum())];
        if (_isHidden)
            _outputs = [.. _outputs.Select(output => Math.Max(output, 0))];
        return _outputs;
    }

    /// <summary>Steps down the gradient of the loss by the outputs of the last <see cref="Forward"/>, and gives that by its inputs.</summary>
    public double[] Backward(double[] gradient, double learningRate)
    {
        double[] below = new double[_inputs.Length];
        for (int output = 0; output < _weights.Length; output++)
        {
            double slope = _isHidden && _outputs[output] <= 0 ? 0 : gradient[output];
            double[] weights = _weights[output], steps = _steps[output];
            for (int input = 0; input < _inputs.Length; input++)
            {
                below[input] += slope * weights[input];
                weights[input] += steps[input] = Momentum * steps[input] - learningRate * slope * _inputs[input];
            }
            _offset[output] += steps[^1] = Momentum * steps[^1] - learningRate * slope;
        }
        return below;
    }

    public JsonObject ToJson() => new()
    {
        ["activation_function"] = _isHidden ? "relu" : "softmax",
        ["mean"] = null,
        ["offset"] = Numbers.Array(_offset.Select(Numbers.Decimals)),
        ["residuals"] = false,
        ["scale"] = null,
        ["stdev"] = null,
        ["weights"] = Numbers.Matrix(_weights.Select(row => row.Select(Numbers.Decimals))),
    };
}
