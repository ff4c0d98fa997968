using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BigMlFlow.Models.Resources;

/// <summary>A place in a JSON document, linked to its parent: cheap to keep while reading, spelled out only in an error.</summary>
internal sealed class JsonPath
{
    internal static readonly JsonPath Root = new(null, null, 0);

    private readonly JsonPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPath(JsonPath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    internal JsonPath Member(string name) => new(this, name, 0);

    internal JsonPath Item(int index) => new(this, null, index);

    /// <summary>The longest text a path is given: malformed resources nest without end.</summary>
    private const int LongestPath = 200;

    public override string ToString()
    {
        var steps = new Stack<string>();
        int length = 0;
        for (JsonPath? path = this; path?._parent is not null; path = path._parent)
        {
            string step = path._name is null
                ? "[" + path._index.ToString(CultureInfo.InvariantCulture) + "]"
                : "." + path._name;
            length += step.Length;
            if (length > LongestPath)
            {
                steps.Push("…");
                break;
            }
            steps.Push(step);
        }
        var text = new StringBuilder("$");
        foreach (string step in steps)
            text.Append(step);
        return text.ToString();
    }
}
