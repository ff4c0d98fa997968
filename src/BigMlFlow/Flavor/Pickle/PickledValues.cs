using System.Collections.Generic;

namespace BigMlFlow.Flavor.Pickle;

// What a pickle holds, as data: null, bool, long, BigInteger, double, string, ReadOnlyMemory<byte>, List<object?> (lists and
// sets), object?[] (tuples), and the classes here. Values that the pickle shares are shared here too, and may go in circles.

/// <summary>A class or function that a pickle names. It stays a name.</summary>
internal sealed record PickledGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A dictionary: entries in the pickle's order, of which the last of a key counts.</summary>
internal sealed class PickledDictionary
{
    private Dictionary<string, object?>? _byName;

    internal List<KeyValuePair<object?, object?>> Entries { get; } = [];

    /// <summary>The value of a text key; null where it is absent or None.</summary>
    internal object? this[string name]
    {
        get
        {
            if (_byName is null)
            {
                _byName = [];
                foreach (KeyValuePair<object?, object?> entry in Entries)
                {
                    if (entry.Key is string key)
                        _byName[key] = entry.Value;
                }
            }
            return _byName.TryGetValue(name, out object? value) ? value : null;
        }
    }

    internal void Add(object? key, object? value)
    {
        Entries.Add(new(key, value));
        _byName = null;
    }
}

/// <summary>An object that a pickle says how to make: of what, with which arguments, and what is put into it afterwards.</summary>
internal sealed class PickledObject(object? callable, object? arguments)
{
    /// <summary>The class or function; <see cref="PickledGlobal"/> if the pickle is none that was tampered with.</summary>
    internal object? Callable { get; } = callable;

    /// <summary>Its arguments.</summary>
    internal object?[] Arguments { get; } = arguments as object?[] ?? [];

    /// <summary>What the object's <c>__setstate__</c> would get: its attributes, for most classes.</summary>
    internal object? State { get; set; }

    /// <summary>What is appended to it, if it is a list of a class of its own.</summary>
    internal List<object?> Items { get; } = [];

    /// <summary>What is set in it, if it is a dictionary of a class of its own.</summary>
    internal PickledDictionary Entries { get; } = new();

    /// <summary>The attributes; empty where the state is something else.</summary>
    internal PickledDictionary Attributes
        => State as PickledDictionary ?? (State is object?[] { Length: 2 } both ? both[0] as PickledDictionary : null) ?? new PickledDictionary();

    /// <summary>The name of the class with its module. In old protocols a helper makes the object, and the class is its first argument.</summary>
    internal string Class => Callable switch
    {
        PickledGlobal { Module: "copy_reg" or "copyreg" } when Arguments is [PickledGlobal made, ..] => made.ToString(),
        PickledGlobal named => named.ToString(),
        _ => "(not a class)",
    };
}
