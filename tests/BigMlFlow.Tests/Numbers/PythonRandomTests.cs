using System.Linq;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>The first, the second and the thousandth number of Python's <c>random.Random(seed)</c>.</summary>
public sealed class PythonRandomTests
{
    [Theory]
    [InlineData(0UL, 0.8444218515250481, 0.7579544029403025, 0.4804125346981437)]
    [InlineData(1UL, 0.13436424411240122, 0.8474337369372327, 0.7062615472551386)]
    [InlineData(42UL, 0.6394267984578837, 0.025010755222666936, 0.8554501933059546)]
    [InlineData(4294967295UL, 0.6353574441341173, 0.20319993954407756, 0.3214643568909129)]
    [InlineData(4294967296UL, 0.11299430095636409, 0.41782886486292836, 0.04156870367167198)]
    [InlineData(123456789012345UL, 0.6744750084019356, 0.2923275784421222, 0.545493078790612)]
    [InlineData(9223372036854775808UL, 0.5534639983914199, 0.9406144709090462, 0.41421308483187)]
    [InlineData(18446744073709551615UL, 0.021825695401270107, 0.3380953268613758, 0.9009945166016444)]
    public void TheNumbersArePythons(ulong seed, double first, double second, double thousandth)
    {
        var random = new PythonRandom(seed);
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
        Assert.Equal([first, second, thousandth], new[] { numbers[0], numbers[1], numbers[999] });
    }
}
