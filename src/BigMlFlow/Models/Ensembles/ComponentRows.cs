using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Rows;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Ensembles;

/// <summary>
/// What the trees of an ensemble see of its row. For votes that is the row itself; for figures of classes each tree's model
/// filters and casts the row once more (bindings: multimodel.py, generate_votes_distribution).
/// </summary>
internal sealed class ComponentRows
{
    private readonly InputRow _row;
    private readonly InputRow[] _rows;
    private readonly RowOccurrences[] _occurrences;
    private readonly bool _isFilteredAgain;

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="row">The ensemble's row.</param>
    /// <param name="isFilteredAgain">Whether the models filter the row by themselves.</param>
    internal ComponentRows(Ensemble ensemble, InputRow row, bool isFilteredAgain)
    {
        _row = row;
        _isFilteredAgain = isFilteredAgain;
        bool isShared = ensemble.Groups.Length == 1 && (!isFilteredAgain || AddsNothing(ensemble.Groups[0].Fields, row.Fields));
        _rows = isShared ? [row] : [.. ensemble.Groups.Select(group => new InputRow(group.Fields))];
        _occurrences = [.. ensemble.Groups.Select((group, index) => new RowOccurrences(group.Matchers.Matchers, _rows[index]))];
    }

    internal InputRow Row(int group) => _rows[group];

    internal RowOccurrences Occurrences(int group) => _occurrences[group];

    /// <summary>Hands the ensemble's row on, once it is complete.</summary>
    internal void Fill()
    {
        if (_rows[0] == _row)
        {
            if (_isFilteredAgain)
                _row.Recast();
        }
        else
        {
            foreach (InputRow row in _rows)
            {
                if (_isFilteredAgain)
                    row.Take(_row);
                else
                    row.Copy(_row);
            }
        }
        foreach (RowOccurrences occurrences in _occurrences)
            occurrences.NextRow();
    }

    /// <summary>Whether filtering by the second set of fields leaves alone what the first has let through.</summary>
    private static bool AddsNothing(FieldSet models, FieldSet ensemble)
        => models.DefaultNumericValue is null && models.MissingTokens.All(ensemble.IsMissingToken);
}
