using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using BigMlFlow.Models;

namespace BigMlFlow.PowerShell;

/// <summary>Lets an operating point be given as a hashtable: <c>@{ PositiveClass = 'true'; Threshold = 0.3 }</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OperatingPointTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Makes the operating point of a hashtable; keys ignore case and underscores, so that the bindings' names serve too.</summary>
    /// <param name="engineIntrinsics">The engine; not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The operating point, or what was given where that is no hashtable.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not IDictionary table)
            return inputData;
        string? positiveClass = null;
        double? threshold = null;
        OperatingKind kind = OperatingKind.Probability;
        foreach (DictionaryEntry entry in table)
        {
            object? value = entry.Value is PSObject inner ? inner.BaseObject : entry.Value;
            string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            switch (Convert.ToString(entry.Key, CultureInfo.InvariantCulture)?.Replace("_", string.Empty).ToLowerInvariant())
            {
                case "positiveclass":
                    positiveClass = text;
                    break;
                case "threshold" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number):
                    threshold = number;
                    break;
                case "threshold":
                    throw Refusal($"'{text}' is no threshold: expected a number from 0 to 1.");
                case "kind" when Enum.TryParse(text, ignoreCase: true, out OperatingKind named):
                    kind = named;
                    break;
                case "kind":
                    throw Refusal($"'{text}' is no kind: expected Probability, Confidence or Votes.");
                default:
                    throw Refusal($"'{entry.Key}' is no part of an operating point: expected PositiveClass, Threshold and Kind.");
            }
        }
        if (positiveClass is null || threshold is null)
            throw Refusal("An operating point needs a PositiveClass and a Threshold: @{ PositiveClass = 'true'; Threshold = 0.3 }.");
        return new OperatingPoint(positiveClass, threshold.Value, kind);
    }

    private static ArgumentTransformationMetadataException Refusal(string message) => new(message);
}
