using System;
using System.Globalization;
using System.Linq;
using BigMlFlow.ExampleTrainer.Data;

namespace BigMlFlow.ExampleTrainer.Statistics;

/// <summary>How well a model answers the rows it was trained on, in words.</summary>
internal static class Fit
{
    public static string Accuracy(Field objective, Func<int, double> predict)
    {
        int rows = objective.Values.Length;
        return $"{Enumerable.Range(0, rows).Count(row => predict(row) == objective.Values[row])} of {rows} right";
    }

    public static string RSquared(Field objective, Func<int, double> predict)
    {
        double errors = objective.Values.Select((value, row) => value - predict(row)).Sum(error => error * error);
        var sample = new Sample(objective.Values);
        return RSquared(1 - errors / (sample.Variance * (sample.Count - 1)));
    }

    public static string RSquared(double share) => "R squared " + share.ToString("F3", CultureInfo.InvariantCulture);
}
