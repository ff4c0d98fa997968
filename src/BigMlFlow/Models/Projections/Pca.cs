using System;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Projections;

/// <summary>A principal component analysis: projects rows onto its components (bindings: pca.py).</summary>
public sealed class Pca : BigMLModel
{
    internal const string ResourceType = "pca";

    private Pca(ResourceView resource, FieldSet fields, JsonView inner)
        : base(resource, fields)
        => Compiled = PcaReader.Read(resource.Body, inner, fields);

    /// <summary>How many components there are.</summary>
    public int ComponentCount => Compiled.Vectors.Length;

    /// <summary>The vectors and how inputs are made; read-only by now.</summary>
    internal PcaReader Compiled { get; }

    /// <summary>Builds the model of a resource.</summary>
    internal static Pca Read(ResourceView resource)
    {
        JsonView inner = resource.Body.Object("pca");
        return new Pca(resource, FieldSetReader.Read(resource.Body, inner, hasObjective: false), inner);
    }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        return new PcaPredictor(this, options, ComponentsUnder(options));
    }

    /// <summary>How many components the options leave: at most so many, and none behind the first that passes the threshold.</summary>
    internal int ComponentsUnder(PredictionOptions options)
    {
        options.AllowOnly("A PCA", nameof(options.MaxComponents), nameof(options.VarianceThreshold));
        if (options.MaxComponents is < 0)
            throw new OptionException("MaxComponents cannot be negative.");
        int count = Math.Min(ComponentCount, options.MaxComponents ?? int.MaxValue);
        if (options.VarianceThreshold is { } threshold)
        {
            int last = Array.FindIndex(Compiled.CumulativeVariance, share => share > threshold);
            count = last < 0 ? count : Math.Min(count, last + 1);
        }
        return count;
    }
}
