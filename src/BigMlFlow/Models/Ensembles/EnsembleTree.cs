using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Trees;

namespace BigMlFlow.Models.Ensembles;

/// <summary>A tree of an ensemble.</summary>
/// <param name="Id">Its resource id.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Group">Which of the ensemble's groups it belongs to.</param>
/// <param name="ClassMap">By class of the tree: its place among <see cref="Ensemble.VoteClasses"/>.</param>
/// <param name="Boosting">Its weight and class; null unless it is boosted.</param>
internal sealed record EnsembleTree(string Id, Tree Tree, int Group, int[] ClassMap, BoostingStep? Boosting);

/// <summary>
/// Trees that see the same row: all of an ensemble's, as long as their own models would read a row alike; otherwise each is a
/// group of its own.
/// </summary>
/// <param name="Fields">The fields as the trees' own models filter and cast them. Where there is one group, its slots are those of the ensemble's fields.</param>
/// <param name="Matchers">The matchers that the trees use.</param>
internal sealed record TreeGroup(FieldSet Fields, MatcherSet Matchers);
