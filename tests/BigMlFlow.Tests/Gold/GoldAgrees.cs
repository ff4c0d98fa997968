using System;
using System.IO;
using System.Linq;
using BigMlFlow.Parity;
using Xunit;

namespace BigMlFlow.Tests.Gold;

/// <summary>The answers to every gold case are those of BigML's Python bindings.</summary>
public sealed class GoldAgrees(ITestOutputHelper output)
{
    private const string None = "(none)";

    public static TheoryData<string> Models => new(GoldReports.Absence is null ? GoldReports.Names : [None]);

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryCaseOf(string model)
    {
        Assert.SkipUnless(GoldReports.Absence is null, GoldReports.Absence ?? string.Empty);
        ModelReport report = GoldReports.Of(model);
        Assert.SkipWhen(report.Count(Verdict.Unsupported) > 0, $"Models of type '{report.Type}' cannot be read yet.");

        var differences = new StringWriter();
        Report.WriteDifferences(differences, report, verbose: false);
        Assert.True(report.Count(Verdict.Differed) == 0, $"{report.Count(Verdict.Differed)} of {report.Results.Count} cases differ:{Environment.NewLine}{differences}");
        Assert.NotEmpty(report.Results);
    }

    /// <summary>Prints agreed and differed by type and method. That nothing differs is tested model by model.</summary>
    [Fact]
    public void Summary()
    {
        Assert.SkipUnless(GoldReports.Absence is null, GoldReports.Absence ?? string.Empty);
        ModelReport[] reports = GoldReports.Names.Select(GoldReports.Of).ToArray();
        var summary = new StringWriter();
        Report.WriteSummary(summary, reports);
        output.WriteLine(summary.ToString());
        Assert.Equal(reports.Sum(report => report.Model.ReadCases().Count()), reports.Sum(report => report.Results.Count));
    }
}
