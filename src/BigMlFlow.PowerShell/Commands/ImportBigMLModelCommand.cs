using System.Management.Automation;
using BigMlFlow.Models;

namespace BigMlFlow.PowerShell.Commands;

/// <summary>
/// Reads models: a resource file, a folder with an ensemble's or a fusion's parts, or a saved MLflow model directory.
/// </summary>
[Cmdlet(VerbsData.Import, "BigMLModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(BigMLModel))]
public sealed class ImportBigMLModelCommand : ModuleCmdlet
{
    /// <summary>Paths of files or folders; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of files or folders, taken as they are.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == "LiteralPath";
        foreach (string path in ExistingPaths(literal ? LiteralPath : Path, literal))
        {
            WriteVerbose($"Reading the model in '{path}'.");
            if (TryRead(() => ModelSource.Load(path, WriteWarning), path, out BigMLModel? model) is { } error)
                WriteError(error);
            else
                WriteObject(model);
        }
    }
}
