using System.Collections;
using System.Collections.Generic;
using BigMlFlow.Flavor.Environments;
using BigMlFlow.Flavor.Signatures;

namespace BigMlFlow.Flavor;

/// <summary>How a model is saved.</summary>
public sealed record SaveOptions
{
    /// <summary>Whether a directory that exists and is not empty is replaced. Until the new one is complete the old one stays.</summary>
    public bool Force { get; init; }

    /// <summary>How the model answers in Python.</summary>
    public PythonFunction PythonFunction { get; init; }

    /// <summary>The version of Python that the directory asks for; null for that of the conda environment, or the one that this release was tested with.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>The conda environment in place of the default one. Of this and the two lists of pip requirements only one can be given.</summary>
    public CondaEnvironment? CondaEnvironment { get; init; }

    /// <summary>The pip requirements in place of the default ones.</summary>
    public PipRequirements? PipRequirements { get; init; }

    /// <summary>Pip requirements that are added to the default ones, or replace those of the same packages.</summary>
    public PipRequirements? ExtraPipRequirements { get; init; }

    /// <summary>Files and folders of Python code that are copied into the directory's <c>code/</c>, from where Python imports them.</summary>
    public IReadOnlyList<string> CodePaths { get; init; } = [];

    /// <summary>The signature; null for none, so that no caller's rows are changed or refused before the model sees them.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>Example rows; null for none.</summary>
    public InputExample? InputExample { get; init; }

    /// <summary>Notes about the model: texts, numbers, truth values, dates, lists and dictionaries by name.</summary>
    public IDictionary? Metadata { get; init; }

    /// <summary>
    /// An MLmodel file, as <see cref="ModelDirectory.Read"/> gives it, to which this flavor is added: its other flavors, its identity,
    /// its notes and what else is in it stay, unless another option says otherwise. The files of other flavors are not copied.
    /// </summary>
    public ModelInfo? MLmodel { get; init; }
}
