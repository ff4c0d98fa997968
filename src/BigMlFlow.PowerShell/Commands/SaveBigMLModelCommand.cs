using System.Management.Automation;
using BigMlFlow.Flavor;
using BigMlFlow.Models;

namespace BigMlFlow.PowerShell.Commands;

/// <summary>Saves models as MLflow model directories, which this module and Python's MLflow open.</summary>
[Cmdlet(VerbsData.Save, "BigMLModel", SupportsShouldProcess = true)]
[OutputType(typeof(ModelInfo))]
public sealed class SaveBigMLModelCommand : ModuleCmdlet
{
    /// <summary>The model, from Import-BigMLModel.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public BigMLModel Model { get; set; } = null!;

    /// <summary>The directory to save in. With several models, a script block gives each its own: { "./saved/$($_.Name)" }.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replaces a directory that is there and not empty; the old one stays until the new one is complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string target = TargetPath(Path);
        if (!ShouldProcess(target, $"Save {Model}"))
            return;
        try
        {
            ModelInfo saved = ModelDirectory.Save(Model, target, new SaveOptions { Force = Force }, WriteWarning);
            WriteVerbose($"Saved {Model.Resource} in '{target}'.");
            WriteObject(saved);
        }
        catch (FlavorException error)
        {
            WriteError(error.Error == FlavorError.TargetExists ? Errors.TargetExists(error, target) : Errors.SaveFailed(error, target));
        }
    }
}
