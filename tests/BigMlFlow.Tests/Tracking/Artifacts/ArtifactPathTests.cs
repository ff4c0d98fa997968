using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Artifacts;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Artifacts;

public sealed class ArtifactPathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("model")]
    [InlineData("a/b c/ž日.txt")]
    [InlineData("50%")]
    [InlineData("100% sure")]
    [InlineData("a+b&c=d;e'f~g")]
    public void IsTaken(string path) => Assert.Equal(path, ArtifactPath.Check(path));

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("/etc")]
    [InlineData("C:/x")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a%2fb")]
    [InlineData("a%252e")]
    [InlineData("a\nb")]
    public void IsRefused(string path) => Assert.Equal(TrackingError.InvalidValue, Assert.Throws<TrackingException>(() => ArtifactPath.Check(path)).Error);

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("x\\y")]
    public void AListCannotLeadOutside(string name) => Assert.Equal(TrackingError.NotMLflow, Assert.Throws<TrackingException>(() => ArtifactPath.CheckListed(name, "a store")).Error);

    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("a:b?c*d", "a_b_c_d")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("COM1", "_COM1")]
    [InlineData("end.", "end_")]
    public void NamesOfWindows(string name, string expected)
    {
        Assert.Equal(expected, ArtifactPath.LocalName(name, isWindows: true));
        Assert.Equal(name, ArtifactPath.LocalName(name, isWindows: false));
    }

    [Theory]
    [InlineData("file:///C:/data/my%20runs", true, @"C:\data\my runs")]
    [InlineData("file://C:/data", true, @"C:\data")]
    [InlineData("file://server/share/x", true, @"\\server\share\x")]
    [InlineData("file:///srv/a%23b", false, "/srv/a#b")]
    [InlineData("file://localhost/srv", false, "/srv")]
    [InlineData("file:relative/x", false, "relative/x")]
    [InlineData(@"C:\data", true, @"C:\data")]
    [InlineData("/srv/a%20b", false, "/srv/a%20b")]
    [InlineData("s3://bucket/x", false, null)]
    public void LocalPaths(string uri, bool isWindows, string? expected) => Assert.Equal(expected, LocalUri.ToPath(uri, isWindows));

    [Fact]
    public void AnotherMachineIsNoPathHere() => Assert.Equal(TrackingError.InvalidValue, Assert.Throws<TrackingException>(() => LocalUri.ToPath("file://server/share", isWindows: false)).Error);
}
