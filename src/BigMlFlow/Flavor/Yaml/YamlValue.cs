using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace BigMlFlow.Flavor.Yaml;

/// <summary>Values of .NET as values of YAML.</summary>
internal static class YamlValue
{
    private const int MaxDepth = 64;

    /// <summary>The value as <see cref="YamlMapping"/> describes it; a moment as YAML's timestamp.</summary>
    /// <param name="value">Dictionaries, lists, texts, numbers, truth values, moments and null.</param>
    /// <param name="what">What it is the value of, for messages.</param>
    /// <exception cref="FlavorException">It holds something that YAML has not.</exception>
    internal static object? From(object? value, string what) => From(value, what, 0);

    private static object? From(object? value, string what, int depth)
    {
        if (depth > MaxDepth)
            throw new FlavorException(FlavorError.InvalidOption, $"A value in {what} nests deeper than {MaxDepth} levels.");
        switch (value)
        {
            case null or DBNull:
                return null;
            case string or bool or double or YamlLiteral:
                return value;
            case float or decimal:
                return Convert.ToDouble(value, CultureInfo.InvariantCulture);
            case sbyte or byte or short or ushort or int or uint or long:
                return Convert.ToInt64(value, CultureInfo.InvariantCulture);
            case ulong number:
                return number <= long.MaxValue ? (object)(long)number : new YamlLiteral(number.ToString(CultureInfo.InvariantCulture));
            case DateTime moment:
                return new YamlLiteral(moment.ToString(moment.Kind == DateTimeKind.Utc ? "yyyy-MM-dd HH:mm:ss.FFFFFF'Z'" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
            case DateTimeOffset moment:
                return new YamlLiteral(moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture));
            case char or Guid or Uri or Enum or Version or TimeSpan:
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            case IDictionary dictionary:
                var mapping = new YamlMapping();
                foreach (DictionaryEntry entry in dictionary)
                    mapping[From(entry.Key, what, depth + 1) is { } key and not (YamlMapping or List<object?>) ? key : throw NoYaml(entry.Key, what)] = From(entry.Value, what, depth + 1);
                return mapping;
            case IEnumerable items:
                var list = new List<object?>();
                foreach (object? item in items)
                    list.Add(From(item, what, depth + 1));
                return list;
            default:
                throw NoYaml(value, what);
        }
    }

    private static FlavorException NoYaml(object value, string what)
        => new(FlavorError.InvalidOption, $"A value of type {value.GetType().Name} in {what} cannot be written as YAML: give texts, numbers, dates, lists and dictionaries.");
}
