using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Flavor.Yaml;
using BigMlFlow.Models;

namespace BigMlFlow.Flavor.Signatures;

/// <summary>How a signature that comes from a model types its inputs.</summary>
public enum SignatureKind
{
    /// <summary>As <c>any</c>: no cell is refused or changed before it reaches the model. For MLflow 2.19 and later.</summary>
    Any,

    /// <summary>Numbers as <c>double</c>, all else as <c>string</c>. For every MLflow; DataFrames with whole numbers of 64 bits are refused there.</summary>
    Typed,
}

/// <summary>
/// What a model takes and gives: MLflow's model signature. MLflow holds callers to it before the model sees their rows;
/// bigmlflow's own loader does not look at it.
/// </summary>
public sealed record ModelSignature
{
    /// <summary>The columns that the model takes; null where the signature does not tell.</summary>
    public IReadOnlyList<ColumnSpec>? Inputs { get; init; }

    /// <summary>The columns of its answer; null where the signature does not tell.</summary>
    public IReadOnlyList<ColumnSpec>? Outputs { get; init; }

    /// <summary>The parameters that callers may give; null where there are none.</summary>
    public IReadOnlyList<ParameterSpec>? Parameters { get; init; }

    /// <summary>The signature of a model, from its fields: optional inputs wherever the model can do without, and the answer's prediction with its figure.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">How the inputs are typed.</param>
    /// <param name="function">How the model will answer in Python.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="FlavorException">The model takes requests that have no such type: a time series.</exception>
    public static ModelSignature Of(BigMLModel model, SignatureKind kind, PythonFunction function = PythonFunction.Records)
        => DerivedSignature.Of(model, kind, function);

    /// <summary>
    /// The signature of some rows, and of the answers to them, by MLflow's rules; but numbers are always <c>double</c>, since whole
    /// ones cannot be missing in Python. Texts that are all numbers are numbers: rows of a CSV file are texts.
    /// </summary>
    /// <param name="inputs">Rows: values by name.</param>
    /// <param name="outputs">Answers to rows; null where the signature shall not tell.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="FlavorException">There are no rows, or a column holds values of several types.</exception>
    public static ModelSignature Infer(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> inputs, IEnumerable<IEnumerable<KeyValuePair<string, object?>>>? outputs = null)
        => new() { Inputs = SignatureInference.Infer(inputs, "inputs"), Outputs = outputs is null ? null : SignatureInference.Infer(outputs, "outputs") };

    /// <summary>Reads the three schemas as MLflow writes them in JSON.</summary>
    /// <param name="inputs">The inputs, or null.</param>
    /// <param name="outputs">The outputs, or null.</param>
    /// <param name="parameters">The parameters, or null.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="FlavorException">One is no such JSON, or all are null.</exception>
    public static ModelSignature FromJson(string? inputs, string? outputs = null, string? parameters = null)
    {
        if (inputs is null && outputs is null && parameters is null)
            throw new FlavorException(FlavorError.Malformed, "A signature has inputs, outputs or parameters; this one has none of them.");
        return new ModelSignature
        {
            Inputs = inputs is null ? null : SignatureJson.ReadColumns(inputs, "inputs"),
            Outputs = outputs is null ? null : SignatureJson.ReadColumns(outputs, "outputs"),
            Parameters = parameters is null ? null : SignatureJson.ReadParameters(parameters),
        };
    }

    /// <summary>The inputs as MLflow writes them in JSON; null where there are none.</summary>
    /// <returns>JSON.</returns>
    public string? InputsToJson() => Inputs is null ? null : PythonJson.Write(Inputs.Select(SignatureJson.Write));

    /// <summary>The outputs as MLflow writes them in JSON; null where there are none.</summary>
    /// <returns>JSON.</returns>
    public string? OutputsToJson() => Outputs is null ? null : PythonJson.Write(Outputs.Select(SignatureJson.Write));

    /// <summary>The parameters as MLflow writes them in JSON; null where there are none.</summary>
    /// <returns>JSON.</returns>
    public string? ParametersToJson() => Parameters is null ? null : PythonJson.Write(Parameters.Select(SignatureJson.Write));

    /// <summary>The inputs, the outputs and the parameters, a line each.</summary>
    public override string ToString()
        => $"inputs: [{string.Join(", ", Inputs ?? [])}]\noutputs: [{string.Join(", ", Outputs ?? [])}]\nparams: [{string.Join(", ", Parameters ?? [])}]";

    internal YamlMapping ToYaml() => new() { ["inputs"] = InputsToJson(), ["outputs"] = OutputsToJson(), ["params"] = ParametersToJson() };

    /// <summary>Reads the signature of an MLmodel file; null where it has none.</summary>
    internal static ModelSignature? FromYaml(YamlMapping? signature)
        => signature is null ? null : FromJson(signature.Text("inputs"), signature.Text("outputs"), signature.Text("params"));
}
