using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Deepnets;

/// <summary>
/// Compiles a list of layers. Two notations: the older one, whose layers hold weights, normalization and a flag for residuals
/// (bindings: laminar/numpy_ops.py); and typed layers, with blocks of layers inside (BigML's sensenet: layers/construct.py).
/// </summary>
internal sealed class NetworkReader
{
    /// <summary>What BigML adds to a variance unless the layer says otherwise.</summary>
    private const double Epsilon = 1e-3;

    private readonly List<Step> _steps = [];
    private int _end;

    private NetworkReader(int end)
    {
        _end = end;
    }

    /// <summary>Compiles layers.</summary>
    /// <param name="layers">The list of layers.</param>
    /// <param name="input">Where their input lies.</param>
    /// <param name="free">Where the workspace is free.</param>
    internal static Network Read(JsonView layers, Stretch input, int free)
    {
        var reader = new NetworkReader(free);
        JsonView[] all = [.. layers.Items()];
        bool isTyped = all.Length > 0 && all.All(layer => layer["type"].IsString);
        Stretch output = isTyped ? reader.Typed(all, input) : reader.Plain(all, input);
        return new Network(reader._steps, output, reader._end);
    }

    /// <summary>Layers of the older notation. A residual layer adds the outputs of the last one that did, or the input, or the first layer's outputs.</summary>
    private Stretch Plain(JsonView[] layers, Stretch input)
    {
        bool[] adds = [.. layers.Select(layer => layer.Flag("residuals"))];
        bool keepsFirst = adds.Any(flag => flag) && !adds.Take(2).Any(flag => flag);
        Stretch last = input, kept = input;
        for (int index = 0; index < layers.Length; index++)
        {
            JsonView layer = layers[index];
            Step step = Dense(layer, RowMajor(layer["weights"], last.Length), last);
            step.Offset = Vector(layer["offset"], step);
            if (layer.Has("mean") && layer.Has("stdev"))
            {
                step.Mean = Vector(layer["mean"], step);
                step.Deviation = Vector(layer["stdev"], step);
                step.Scale = Vector(layer["scale"], step);
            }
            step.Activation = Activations.Read(layer["activation_function"], isTyped: false);
            if (adds[index])
                step.Residual = kept;
            last = step.Output;
            if (adds[index] || (keepsFirst && index == 0))
                kept = last;
        }
        return last;
    }

    private Stretch Typed(IEnumerable<JsonView> layers, Stretch input, bool inBlock = false)
    {
        Stretch last = input;
        foreach (JsonView layer in layers)
        {
            CheckInputs(layer);
            switch (layer.String("type"))
            {
                case "dense":
                    Step dense = Dense(layer, Transposed(layer["weights"], last.Length), last);
                    dense.Offset = layer.Has("offset") ? Vector(layer["offset"], dense) : null;
                    dense.Activation = Activations.Read(layer["activation_function"], isTyped: true);
                    last = dense.Output;
                    break;
                case "batch_normalization":
                    last = Normalization(layer, last);
                    break;
                case "activation":
                    Step activation = Add(last, last.Length);
                    activation.Activation = Activations.Read(layer["activation_function"], isTyped: true);
                    last = activation.Output;
                    break;
                case "dropout" or "flatten": // of no effect on a row at prediction
                    break;
                case "dense_residual_block" when !inBlock:
                    last = Block(layer, last);
                    break;
                case string type:
                    throw layer.Error("type", $"Layers of type '{type}' are not supported: a deepnet of numbers, categories and texts has dense layers, normalizations and residual blocks of them.");
            }
        }
        return last;
    }

    /// <summary>A layer may name others than the one before it as its inputs; only networks for images do.</summary>
    private static void CheckInputs(JsonView layer)
    {
        JsonView inputs = layer["inputs"];
        if (inputs.IsNull || (inputs.Count == 1 && inputs.ItemAt(0).AsInteger() == -1))
            return;
        throw inputs.Error("Layers that read others than the one before them are not supported.");
    }

    private Stretch Block(JsonView block, Stretch input)
    {
        Stretch dense = Typed(block.Array("dense_path").Items(), input, inBlock: true);
        Stretch identity = Typed(block.Array("identity_path").Items(), input, inBlock: true);
        if (dense.Length != identity.Length)
            throw block.Error($"The paths of the block end in {dense.Length} and {identity.Length} outputs, and have to be added.");
        Step sum = Add(dense, dense.Length);
        sum.Residual = identity;
        sum.Activation = Activations.Read(block["activation_function"], isTyped: true);
        return sum.Output;
    }

    private Stretch Normalization(JsonView layer, Stretch input)
    {
        Step step = Add(input, input.Length);
        double epsilon = layer.OptionalNumber("epsilon") ?? Epsilon;
        step.Mean = Vector(layer["mean"], step);
        step.Deviation = [.. Vector(layer["variance"], step).Select(variance => Math.Sqrt(variance + epsilon))];
        step.Scale = layer.Has("gamma") ? Vector(layer["gamma"], step) : [.. Enumerable.Repeat(1.0, input.Length)];
        step.Offset = layer.Has("beta") ? Vector(layer["beta"], step) : null;
        return step.Output;
    }

    private Step Dense(JsonView layer, double[] weights, Stretch input)
    {
        if (weights.Length == 0)
            throw layer.Error("weights", "The layer has no weights.");
        Step step = Add(input, weights.Length / input.Length);
        step.Weights = weights;
        return step;
    }

    private Step Add(Stretch input, int outputs)
    {
        var step = new Step(input, new Stretch(_end, outputs));
        _end = step.Output.End;
        _steps.Add(step);
        return step;
    }

    private static double[] Vector(JsonView vector, Step step)
    {
        double[] numbers = vector.Numbers();
        return numbers.Length == step.Output.Length
            ? numbers
            : throw vector.Error($"The layer has {step.Output.Length} outputs, and {numbers.Length} numbers here.");
    }

    /// <summary>A row for each output.</summary>
    private static double[] RowMajor(JsonView rows, int inputs)
    {
        foreach (JsonView row in rows.Items())
        {
            if (row.Count != inputs)
                throw row.Error($"There are {inputs} inputs, and {row.Count} weights for them.");
        }
        var all = new double[rows.Count * inputs];
        int place = 0;
        foreach (JsonView row in rows.Items())
        {
            row.Numbers().CopyTo(all, place);
            place += inputs;
        }
        return all;
    }

    /// <summary>A row for each input.</summary>
    private static double[] Transposed(JsonView rows, int inputs)
    {
        double[][] all = [.. rows.Items().Select(row => row.Numbers())];
        if (all.Length != inputs)
            throw rows.Error($"There are {inputs} inputs, and {all.Length} rows of weights for them.");
        int outputs = all.Length == 0 ? 0 : all[0].Length;
        if (all.Any(row => row.Length != outputs))
            throw rows.Error("The rows of weights differ in length.");
        var weights = new double[inputs * outputs];
        for (int input = 0; input < inputs; input++)
        {
            for (int output = 0; output < outputs; output++)
                weights[(output * inputs) + input] = all[input][output];
        }
        return weights;
    }
}
