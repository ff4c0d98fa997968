using System.Collections.Generic;

namespace BigMlFlow.Models.Deepnets;

/// <summary>One network: its layers as steps over a workspace.</summary>
/// <param name="Steps">The steps in their order.</param>
/// <param name="Output">Where the outputs are found afterwards.</param>
/// <param name="End">How long the workspace has to be.</param>
internal sealed record Network(IReadOnlyList<Step> Steps, Stretch Output, int End)
{
    internal void Run(double[] workspace)
    {
        for (int index = 0; index < Steps.Count; index++)
            Steps[index].Run(workspace);
    }
}
