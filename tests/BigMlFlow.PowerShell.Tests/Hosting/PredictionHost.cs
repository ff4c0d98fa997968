using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace BigMlFlow.PowerShell.Tests.Hosting;

/// <summary>What the tests of Invoke-BigMLPrediction need again and again.</summary>
internal static class PredictionHost
{
    /// <summary>Reads a model into $model.</summary>
    public static void Import(this ModuleHost host, string path) => host.Run("$model = Import-BigMLModel -LiteralPath $args[0]", path).Succeeded();

    /// <summary>A property of an object.</summary>
    public static object? Get(this PSObject row, string property) => row.Properties[property].Value;

    /// <summary>A property of each object.</summary>
    public static IReadOnlyList<object?> Get(this IEnumerable<PSObject> rows, string property) => [.. rows.Select(row => row.Get(property))];

    /// <summary>The answers in JSON: everything that they say.</summary>
    public static IReadOnlyList<string> ToJson(this RunResult result) =>
        [.. result.Output.Select(prediction => (string)prediction.Methods["ToJson"].Invoke())];
}
