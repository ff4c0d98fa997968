using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Pester;

/// <summary>
/// The Pester suite, each of its tests a test here. It is run once, when its results are enumerated, and that not at
/// discovery but when the tests run.
/// </summary>
public sealed class PesterTests
{
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Results()
    {
        var (tests, reason) = await PesterSuite.Run(TestContext.Current.CancellationToken);
        return reason is not null
            ? [new(new PesterTest("Pester", "Skipped", reason)) { TestDisplayName = $"The Pester suite was not run. {reason}", Label = "", Skip = reason }]
            : tests.Select(test => new TheoryDataRow<PesterTest>(test)
            {
                TestDisplayName = test.Name,
                Label = "",
                Skip = test.Result is "Skipped" or "Inconclusive" ? $"{test.Result} by the suite. {test.Message}".TrimEnd() : null,
            });
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Results))]
    public void Suite(PesterTest test) => Assert.True(test.Result == "Passed", $"{test.Result}: {test.Message}");
}
