using System.Collections;
using System.Collections.Generic;

namespace BigMlFlow.Models.Predictions;

/// <summary>
/// A list that prints what it holds, compactly and the same in every culture: tables and CSV files show a list by its
/// <see cref="object.ToString"/>, which of a common one is the name of its type.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public abstract class PrintedList<T> : IReadOnlyList<T>
{
    private protected PrintedList()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => Items.Count;

    /// <summary>What the list holds; some make it when it is first looked at.</summary>
    private protected abstract IReadOnlyList<T> Items { get; }

    /// <summary>One of them.</summary>
    /// <param name="index">Its place.</param>
    public T this[int index] => Items[index];

    /// <summary>All of them in order.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<T> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>All of them on one line.</summary>
    public override string ToString() => string.Join(", ", Items);
}
