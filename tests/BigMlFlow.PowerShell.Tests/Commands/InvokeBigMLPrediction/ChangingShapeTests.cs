using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>Rows of one pipeline need not have the same columns: each is answered as if it came alone.</summary>
public sealed class ChangingShapeTests : IClassFixture<ModuleHost>
{
    private static readonly string[] Names = ["sepal length", "sepal width", "petal length", "petal width"];

    private readonly ModuleHost _host;

    public ChangingShapeTests(ModuleHost host)
    {
        _host = host;
        host.Import(ExampleModels.Logistic);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void EveryRowIsAnsweredAsIfItCameAlone(bool asHashtables, int seed)
    {
        var random = new Random(seed);
        object[] rows = [.. Enumerable.Range(0, 300).Select(_ => Row(random, asHashtables))];
        IReadOnlyList<string> alone = _host.Run("foreach ($row in $args[0]) { $row | Invoke-BigMLPrediction $model -WarningAction SilentlyContinue }", (object)rows).Succeeded().ToJson();
        IReadOnlyList<string> together = _host.Run("$args[0] | Invoke-BigMLPrediction $model -WarningAction SilentlyContinue", (object)rows).Succeeded().ToJson();
        Assert.Equal(rows.Length, together.Count);
        Assert.Equal(alone.Select(WithoutUnused), together.Select(WithoutUnused));
        Assert.True(together.Distinct().Count() > 50);
    }

    [Fact]
    public void ColumnsThatOnlyLaterRowsHaveAreKept()
    {
        RunResult result = _host.Run(
            """
            [pscustomobject]@{ id = 1; 'petal length' = 1.4 }, [pscustomobject]@{ id = 2; 'petal length' = 1.4; note = 'late' } |
                Invoke-BigMLPrediction $model -IncludeInput
            """).Succeeded();
        Assert.Null(result.Output[0].Properties["note"]);
        Assert.Equal("late", result.Output[1].Get("note"));
        Assert.Equal([1, 2], result.Output.Get("id"));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public void EveryColumnOfEveryRowIsIncluded(bool asHashtables, int seed)
    {
        var random = new Random(seed);
        object[] rows = [.. Enumerable.Range(0, 100).Select(_ => Row(random, asHashtables))];
        RunResult result = _host.Run("$args[0] | Invoke-BigMLPrediction $model -IncludeInput -WarningAction SilentlyContinue", (object)rows).Succeeded();
        Assert.Equal(rows.Select(Columns), result.Output.Select(row => Columns(row)[..Columns(row).IndexOf("Prediction=", StringComparison.Ordinal)]));
    }

    private static string Columns(object row) => row is System.Collections.Hashtable table
        ? string.Concat(table.Keys.Cast<string>().Select(key => $"{key}={table[key]};"))
        : string.Concat(((PSObject)row).Properties.Select(property => $"{property.Name}={property.Value};"));

    private static object Row(Random random, bool asHashtable)
    {
        var row = new PSObject();
        var table = new System.Collections.Hashtable();
        foreach (string name in Names.Append("other").OrderBy(_ => random.Next()).Take(random.Next(1, 6)))
        {
            string key = random.Next(4) == 0 ? name.ToUpperInvariant() : name;
            string value = random.Next(8) == 0 ? "" : (random.Next(1, 80) / 10.0).ToString(System.Globalization.CultureInfo.InvariantCulture);
            row.Properties.Add(new PSNoteProperty(key, value));
            table[key] = value;
        }

        return asHashtable ? (object)table : row;
    }

    private static string WithoutUnused(string json) => json[..json.IndexOf(",\"unused_fields\"", StringComparison.Ordinal)];
}
