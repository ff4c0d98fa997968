using System;
using System.Collections.Generic;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Deepnets;

/// <summary>Which place each category of a field takes when it is expanded: that among the values of the network, not of the summary.</summary>
internal sealed class CategoryPlaces
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly int[] _byCode;

    /// <param name="field">The field.</param>
    /// <param name="values">The values of the network; a null among them stands for a missing value.</param>
    internal CategoryPlaces(Field field, JsonView values)
    {
        foreach (JsonView value in values.Items())
        {
            if (value.IsNull)
                Missing = Missing < 0 ? Count : Missing;
            else if (value.IsString && !_byName.ContainsKey(value.AsString()))
                _byName.Add(value.AsString(), Count);
            Count++;
        }
        _byCode = new int[field.Categories.Count];
        for (int code = 0; code < _byCode.Length; code++)
            _byCode[code] = OfName(field.Categories[code].Name);
    }

    /// <summary>How many places there are.</summary>
    internal int Count { get; }

    /// <summary>The place of a missing value; -1 if it has none.</summary>
    internal int Missing { get; } = -1;

    /// <summary>The place of a value.</summary>
    /// <param name="code">Its code in the summary; -1 if it is not in it.</param>
    /// <param name="text">The value; null if it is missing.</param>
    /// <returns>The place; -1 if it has none.</returns>
    internal int Of(int code, string? text) => code >= 0 ? _byCode[code] : text is null ? Missing : OfName(text);

    private int OfName(string name) => _byName.TryGetValue(name, out int place) ? place : -1;
}
