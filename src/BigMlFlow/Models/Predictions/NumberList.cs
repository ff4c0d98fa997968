using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Predictions;

/// <summary>A list of numbers that prints as the numbers, in the same digits everywhere.</summary>
public sealed class NumberList : PrintedList<double>
{
    private readonly IReadOnlyList<double> _numbers;

    internal NumberList(IReadOnlyList<double> numbers) => _numbers = numbers;

    private protected override IReadOnlyList<double> Items => _numbers;

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
