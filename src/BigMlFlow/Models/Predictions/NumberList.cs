using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>A list of numbers that prints as the numbers, in the same digits everywhere.</summary>
public sealed class NumberList : IReadOnlyList<double>
{
    private readonly IReadOnlyList<double> _numbers;

    internal NumberList(IReadOnlyList<double> numbers) => _numbers = numbers;

    /// <summary>How many numbers there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>A number.</summary>
    /// <param name="index">Its place.</param>
    public double this[int index] => _numbers[index];

    /// <summary>The numbers.</summary>
    /// <returns>An enumerator over them.</returns>
    public IEnumerator<double> GetEnumerator() => _numbers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The numbers in their shortest form, with commas between them.</summary>
    public override string ToString() => string.Join(", ", _numbers.Select(NumberFormatter.Shortest));

    internal void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (double number in _numbers)
            writer.WriteNumberText(number);
        writer.WriteEndArray();
    }
}
