using System;
using BigMlFlow.Numbers;
using Xunit;

namespace BigMlFlow.Tests.Numbers;

/// <summary>The expected numbers are those of SciPy 1.17 and of Python's math.</summary>
public sealed class DistributionsTests
{
    [Theory]
    [InlineData(1e-10, 0.3, 2.7145716077921304e-67)]
    [InlineData(1e-10, 1, 1.570796326794896e-20)]
    [InlineData(1e-10, 2, 2.0000000000999938e-10)]
    [InlineData(1e-10, 5, 0.00032335571462496966)]
    [InlineData(1e-10, 33, 3.865294773649528)]
    [InlineData(1e-10, 1000, 741.2680717193529)]
    [InlineData(1e-10, 1000000.0, 991029.9997743246)]
    [InlineData(0.001, 0.3, 1.2599925262770398e-20)]
    [InlineData(0.001, 1, 1.5707971492624921e-06)]
    [InlineData(0.001, 2, 0.002001000667167068)]
    [InlineData(0.001, 5, 0.2102126026292192)]
    [InlineData(0.001, 33, 13.43088901834953)]
    [InlineData(0.001, 1000, 867.479082607277)]
    [InlineData(0.001, 1000000.0, 995635.4506315956)]
    [InlineData(0.049995790296440856, 0.3, 2.670489582216841e-09)]
    [InlineData(0.049995790296440856, 1, 0.003931477033786041)]
    [InlineData(0.049995790296440856, 2, 0.10257772626092841)]
    [InlineData(0.049995790296440856, 5, 1.1454304404908566)]
    [InlineData(0.049995790296440856, 33, 20.866290738464585)]
    [InlineData(0.049995790296440856, 1000, 927.592626953702)]
    [InlineData(0.049995790296440856, 1000000.0, 997674.905639878)]
    [InlineData(0.05, 0.3, 2.671988995373136e-09)]
    [InlineData(0.05, 1, 0.003932140000019522)]
    [InlineData(0.05, 2, 0.10258658877510106)]
    [InlineData(0.05, 5, 1.1454762260617692)]
    [InlineData(0.05, 33, 20.86653399071479)]
    [InlineData(0.05, 1000, 927.594363020979)]
    [InlineData(0.05, 1000000.0, 997674.9632764738)]
    [InlineData(0.5, 0.3, 0.012469611517980431)]
    [InlineData(0.5, 1, 0.454936423119572)]
    [InlineData(0.5, 2, 1.386294361119891)]
    [InlineData(0.5, 5, 4.351460191095526)]
    [InlineData(0.5, 33, 32.33578087994843)]
    [InlineData(0.5, 1000, 999.333412403381)]
    [InlineData(0.5, 1000000.0, 999999.3333334123)]
    [InlineData(0.95, 0.3, 1.6511748729089386)]
    [InlineData(0.95, 1, 3.841458820694124)]
    [InlineData(0.95, 2, 5.991464547107979)]
    [InlineData(0.95, 5, 11.070497693516351)]
    [InlineData(0.95, 33, 47.39988391908093)]
    [InlineData(0.95, 1000, 1074.679448803441)]
    [InlineData(0.95, 1000000.0, 1002327.310781219)]
    [InlineData(0.999, 0.3, 7.555207145560666)]
    [InlineData(0.999, 1, 10.827566170662733)]
    [InlineData(0.999, 2, 13.815510557964274)]
    [InlineData(0.999, 5, 20.515005652432873)]
    [InlineData(0.999, 33, 63.870098522344946)]
    [InlineData(0.999, 1000, 1143.9170926196791)]
    [InlineData(0.999, 1000000.0, 1004375.9487461417)]
    [InlineData(0.999999999, 0.3, 32.93311324279759)]
    [InlineData(0.999999999, 1, 37.32489310651872)]
    [InlineData(0.999999999, 2, 41.446531730456684)]
    [InlineData(0.999999999, 5, 50.69219376151919)]
    [InlineData(0.999999999, 33, 106.89597928915829)]
    [InlineData(0.999999999, 1000, 1291.9578664788812)]
    [InlineData(0.999999999, 1000000.0, 1008505.5094573307)]
    public void ChiSquareQuantileIsSciPys(double probability, double degrees, double expected) =>
        Near(expected, Distributions.ChiSquareQuantile(probability, degrees));

    [Theory]
    [InlineData(1e-10, 1, -3183098861.8379064)]
    [InlineData(1e-10, 2, -70710.67810804816)]
    [InlineData(1e-10, 5, -156.82559270889433)]
    [InlineData(1e-10, 33, -9.021157553120446)]
    [InlineData(1e-10, 1000, -6.427876283134213)]
    [InlineData(1e-10, 1000000.0, -6.361406848876743)]
    [InlineData(0.05, 1, -6.313751514675044)]
    [InlineData(0.05, 2, -2.9199855803537256)]
    [InlineData(0.05, 5, -2.015048373333024)]
    [InlineData(0.05, 33, -1.6923603090303443)]
    [InlineData(0.05, 1000, -1.6463788172854648)]
    [InlineData(0.05, 1000000.0, -1.6448551507220406)]
    [InlineData(0.3, 1, -0.7265425280053609)]
    [InlineData(0.3, 2, -0.6172133998483678)]
    [InlineData(0.3, 5, -0.5594296444693604)]
    [InlineData(0.3, 33, -0.5295044027169642)]
    [InlineData(0.3, 1000, -0.524567707309227)]
    [InlineData(0.3, 1000000.0, -0.5244006798602092)]
    [InlineData(0.7, 1, 0.7265425280053608)]
    [InlineData(0.7, 2, 0.6172133998483674)]
    [InlineData(0.7, 5, 0.5594296444693603)]
    [InlineData(0.7, 33, 0.529504402716964)]
    [InlineData(0.7, 1000, 0.5245677073092267)]
    [InlineData(0.7, 1000000.0, 0.524400679860209)]
    [InlineData(0.999, 1, 318.30883898555015)]
    [InlineData(0.999, 2, 22.327124770119866)]
    [InlineData(0.999, 5, 5.893429531356009)]
    [InlineData(0.999, 33, 3.3563372793636272)]
    [InlineData(0.999, 1000, 3.0984021639129233)]
    [InlineData(0.999, 1000000.0, 3.09024045631652)]
    [InlineData(0.975, 1, 12.706204736174694)]
    [InlineData(0.975, 2, 4.302652729749462)]
    [InlineData(0.975, 5, 2.5705818356363146)]
    [InlineData(0.3, 1000000000000.0, -0.5244005127082079)]
    [InlineData(0.999, 1000000000000.0, 3.0902323061759636)]
    public void StudentQuantileIsSciPys(double probability, double degrees, double expected) =>
        Near(expected, Distributions.StudentQuantile(probability, degrees));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-300, 1.1283791670955126e-300)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(1e-05, 1.1283791670579e-05)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1.0, 0.8427007929497149)]
    [InlineData(1.2, 0.9103139782296353)]
    [InlineData(1.23, 0.9180501041267614)]
    [InlineData(1.5, 0.9661051464753108)]
    [InlineData(2.0, 0.9953222650189527)]
    [InlineData(3.0, 0.9999779095030014)]
    [InlineData(4.0, 0.9999999845827421)]
    [InlineData(5.0, 0.9999999999984626)]
    [InlineData(5.9, 0.9999999999999999)]
    [InlineData(6.0, 1.0)]
    [InlineData(7.0, 1.0)]
    [InlineData(10000000000.0, 1.0)]
    [InlineData(1.3859292911256331, 0.9500042097035591)]
    public void ErfIsPythons(double x, double expected)
    {
        Near(expected, Distributions.Erf(x));
        Near(-expected, Distributions.Erf(-x));
    }

    [Fact]
    public void TheExpansionForManyDegreesJoinsOn()
    {
        foreach (double probability in new[] { 1e-8, 0.05, 0.4, 0.975 })
        {
            Near(Distributions.ChiSquareQuantile(probability, 1e7), Distributions.ChiSquareQuantile(probability, 1.0000000001e7) - 0.001);
            Near(Distributions.StudentQuantile(probability, 1e7), Distributions.StudentQuantile(probability, 1.0000000001e7));
        }
    }

    [Theory]
    [InlineData(-0.1, 5)]
    [InlineData(1.1, 5)]
    [InlineData(double.NaN, 5)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, -1)]
    [InlineData(0.5, double.NaN)]
    public void OutsideTheRangesIsNaN(double probability, double degrees)
    {
        Assert.True(double.IsNaN(Distributions.ChiSquareQuantile(probability, degrees)));
        Assert.True(double.IsNaN(Distributions.StudentQuantile(probability, degrees)));
    }

    [Fact]
    public void TheEndsAreTheEnds()
    {
        Assert.Equal(0, Distributions.ChiSquareQuantile(0, 3));
        Assert.Equal(double.PositiveInfinity, Distributions.ChiSquareQuantile(1, 3));
        Assert.Equal(double.NegativeInfinity, Distributions.StudentQuantile(0, 3));
        Assert.Equal(0, Distributions.StudentQuantile(0.5, 3));
        Assert.Equal(double.PositiveInfinity, Distributions.StudentQuantile(1, 3));
        Assert.True(double.IsNaN(Distributions.Erf(double.NaN)));
    }

    private static void Near(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{expected:R} expected, {actual:R} got");
}
