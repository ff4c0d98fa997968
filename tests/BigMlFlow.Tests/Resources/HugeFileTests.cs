using System;
using System.IO;
using System.Text;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using Xunit;

namespace BigMlFlow.Tests.Resources;

/// <summary>Files of many gigabytes, and files that nest without end, are given up on early and with little memory.</summary>
public sealed class HugeFileTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData("", '\0')]
    [InlineData("", 'x')]
    [InlineData("", ' ')]
    [InlineData("[", '1')]
    [InlineData("\"", 'x')]
    [InlineData("{\"text\": \"", 'x')]
    [InlineData("{\"list\": [", ' ')]
    [InlineData("{\"", 'x')]
    public void ALargeFileThatIsNoModelIsRefusedEarly(string start, char filler)
    {
        var stream = new EndlessStream(start, (byte)filler);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ResourceException>(() => ResourceBundle.FromStream(stream, "huge.json"));
        Assert.Contains("'huge.json'", error.Message, StringComparison.Ordinal);
        Assert.True(stream.BytesRead <= 4 * Mebibyte, $"{stream.BytesRead} bytes were read");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= 16 * Mebibyte);
    }

    [Theory]
    [InlineData("{\"resource\": \"")]
    [InlineData("{\"code\": 200, \"object\": {\"name\": \"")]
    public void AnEndlessTextInWhatBeginsAsAResourceIsRefused(string start)
    {
        var stream = new EndlessStream(start, (byte)'x');
        Assert.Throws<ResourceException>(() => ResourceBundle.FromStream(stream, "huge.json"));
        Assert.True(stream.BytesRead <= 128 * Mebibyte, $"{stream.BytesRead} bytes were read");
    }

    [Fact]
    public void ASparseFileOfTwoGigabytesIsRefusedEarly()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (var file = new FileStream(path, FileMode.Create))
                file.SetLength(2L << 30);
            var error = Assert.Throws<ResourceException>(() => BigMLModel.Load(path));
            Assert.Contains("is not JSON", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData('[', 3_000_000)]
    [InlineData('[', 500_000)]
    [InlineData('{', 500_000)]
    public void NestingWithoutEndIsRefused(char bracket, int depth)
    {
        string nested = bracket == '['
            ? new string('[', depth) + new string(']', depth)
            : new StringBuilder().Insert(0, "{\"a\":", depth).Append('1').Append('}', depth).ToString();
        string text = "{\"resource\":\"logisticregression/5f3c0000000000000000000a\",\"object\":" + (bracket == '[' ? "{\"a\":" + nested + "}" : nested) + "}";
        Assert.Throws<ResourceException>(() => BigMLModel.Load(ResourceBundle.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), "deep.json")));
    }
}
