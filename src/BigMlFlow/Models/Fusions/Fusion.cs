using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Fusions;

/// <summary>A model that a fusion is made of.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="ClassMap">By class of the model: its place among the fusion's, or -1.</param>
internal sealed record FusionComponent(BigMLModel Model, double Weight, int[] ClassMap);

/// <summary>
/// A fusion: models of any supervised types whose answers are averaged by weight (bindings: fusion.py). The bindings read the
/// components again for every row; here they are read once.
/// </summary>
public sealed class Fusion : BigMLModel
{
    private readonly string[] _classes;

    private Fusion(ResourceView view, FieldSet fields, string[] classes, FusionComponent[] components)
        : base(view, fields)
    {
        _classes = classes;
        Components = components;
        TakesMissingNumerics = !view.Body.Element.TryGetProperty("missing_numerics", out _) || view.Body.Flag("missing_numerics");
        // The bindings look at the type of the last component for all of them.
        PassesMissingStrategy = components[^1].Model.Type is "model" or "ensemble" or "fusion";
    }

    /// <summary>The classes of a classification by the code points of their names.</summary>
    public override IReadOnlyList<string> Classes => _classes;

    /// <summary>How many models it is made of.</summary>
    public override int? ModelCount => Components.Length;

    internal FusionComponent[] Components { get; }

    internal bool IsRegression => _classes.Length == 0;

    /// <summary>The numeric fields, unless rows may lack numbers.</summary>
    public override IReadOnlyList<Field> RequiredFields
        => TakesMissingNumerics ? [] : [.. Fields.All.Where(each => each.OpType == OpType.Numeric && Fields.IsUsed(each))];

    /// <summary>Whether rows may lack numbers.</summary>
    internal bool TakesMissingNumerics { get; }

    /// <summary>Whether the missing strategy reaches the components.</summary>
    internal bool PassesMissingStrategy { get; }

    /// <summary>Builds the model of a resource and its components.</summary>
    internal static Fusion Read(ResourceView view)
    {
        FieldSet fields = FusionReader.ReadFields(view);
        string[] classes = fields.Objective!.OpType == OpType.Numeric
            ? []
            : [.. fields.Objective.Categories.Select(category => category.Name).Distinct().OrderBy(name => name, PythonText.CodePointOrder)];
        if (classes.Length == 0 && fields.Objective.OpType != OpType.Numeric)
            throw view.Body["fusion"].Error($"The objective field {fields.Objective.Id} is neither numeric nor has it categories: there is nothing to predict.");
        return new Fusion(view, fields, classes, FusionReader.ReadComponents(view, classes));
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A fusion", nameof(options.MissingStrategy), nameof(options.OperatingPoint), nameof(options.Form), nameof(options.Compact));
        if (options.Form == AnswerForm.Votes)
            throw new OptionException("Votes are those of an ensemble's models: a fusion has no Form Votes.");
        if (IsRegression && options.OperatingPoint is not null)
            throw new OptionException("The operating_point argument can only be used in classifications.");
        return IsRegression ? new FusionNumberPredictor(this, options) : new FusionClassPredictor(this, options);
    }
}
