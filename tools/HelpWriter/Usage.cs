using System;
using System.Linq;
using System.Management.Automation;

namespace BigMlFlow.HelpWriter;

/// <summary>How a parameter is used: in one parameter set, or in all that have it.</summary>
internal sealed class Usage(params CommandParameterInfo[] sets)
{
    private CommandParameterInfo First => sets[0];

    public string Name => First.Name;

    /// <summary>The type, without the wrapping that lets it be absent.</summary>
    public Type Type => Nullable.GetUnderlyingType(First.ParameterType) ?? First.ParameterType;

    public string TypeName => Type.Name;

    public bool IsMandatory => sets.All(set => set.IsMandatory);

    public bool TakesWildcards => First.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    public string Aliases => First.Aliases.Count > 0 ? string.Join(", ", First.Aliases) : "none";

    public string Position => sets.Max(set => set.Position) is var position and >= 0 ? $"{position}" : "named";

    /// <summary>In the words of the engine's own help.</summary>
    public string PipelineInput => (sets.Any(set => set.ValueFromPipeline), sets.Any(set => set.ValueFromPipelineByPropertyName)) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>The only values that it takes; empty where it takes others.</summary>
    public string[] Choices => Type.IsEnum
        ? Enum.GetNames(Type)
        : [.. First.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues)];
}
