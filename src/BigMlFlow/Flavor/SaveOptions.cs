namespace BigMlFlow.Flavor;

/// <summary>How a model is saved.</summary>
public sealed record SaveOptions
{
    /// <summary>Whether a directory that exists and is not empty is replaced. Until the new one is complete the old one stays.</summary>
    public bool Force { get; init; }

    /// <summary>How the model answers in Python.</summary>
    public PythonFunction PythonFunction { get; init; }
}
