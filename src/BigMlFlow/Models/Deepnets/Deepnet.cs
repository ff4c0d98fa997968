using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Deepnets;

/// <summary>A deepnet: a neural network, or several that a search found, for classes or for numbers (bindings: deepnet.py).</summary>
public sealed class Deepnet : BigMLModel
{
    internal const string ResourceType = "deepnet";

    private readonly string[] _classes = [];

    private Deepnet(ResourceView resource, FieldSet fields, JsonView inner)
        : base(resource, fields)
    {
        Compiled = DeepnetReader.Read(inner, fields);
        Field objective = fields.Objective!;
        switch (objective.OpType)
        {
            case OpType.Numeric:
                (OutputMean, OutputDeviation) = Compiled.OutputMoments();
                CheckOutputs(inner, 1);
                break;
            case OpType.Categorical when objective.Categories.Count > 0:
                _classes = [.. objective.Categories.Select(category => category.Name).Distinct().OrderBy(name => name, PythonText.CodePointOrder)];
                CheckOutputs(inner, _classes.Length);
                break;
            default:
                throw inner.Error("fields", $"The objective field {objective.Id} is neither numeric nor categorical: deepnets that find regions in images are not supported.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => _classes;

    /// <summary>How many networks a search found; null for a single network.</summary>
    public override int? ModelCount => Compiled.IsSearch ? Compiled.Networks.Length : null;

    /// <summary>The networks and how their inputs are made; read-only by now.</summary>
    internal DeepnetReader Compiled { get; }

    /// <summary>Added to a numeric output, once it is multiplied by <see cref="OutputDeviation"/>.</summary>
    internal double OutputMean { get; }

    internal double OutputDeviation { get; }

    /// <summary>Whether it predicts numbers.</summary>
    internal bool IsRegression => _classes.Length == 0;

    /// <summary>Builds the model of a resource.</summary>
    internal static Deepnet Read(ResourceView resource)
    {
        JsonView inner = resource.Body.Object("deepnet");
        return new Deepnet(resource, FieldSetReader.Read(resource.Body, inner, hasObjective: true), inner);
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A deepnet", ClassAnswers.Options);
        if (!IsRegression)
            return new DeepnetClassifier(this, options);
        if (options.OperatingPoint is not null || options.OperatingKind is not null)
            throw new OptionException("OperatingPoint and OperatingKind can only be used in classifications, and this deepnet predicts numbers.");
        if (options.Form == AnswerForm.Votes)
            throw new OptionException("Votes are those of an ensemble's models: a deepnet has no Form Votes.");
        return new DeepnetRegression(this, options);
    }

    private void CheckOutputs(JsonView inner, int wanted)
    {
        foreach (Network network in Compiled.Networks)
        {
            if (network.Output.Length != wanted)
                throw inner.Error("network", $"A network has {network.Output.Length} outputs, and the objective field needs {wanted}.");
        }
    }
}
