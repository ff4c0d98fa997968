using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using BigMlFlow.Models;
using BigMlFlow.Models.Resources;
using BigMlFlow.Tests.Examples;
using Xunit;

namespace BigMlFlow.Tests.Resources;

/// <summary>Files that users really have: what is a model is read, and what is none is one clear error.</summary>
public sealed class ResourceFileTests : IDisposable
{
    private static readonly string Models = Path.Combine(RepositoryFiles.Examples, "models");
    private static readonly byte[] Tree = File.ReadAllBytes(Path.Combine(Models, "iris-tree.json"));

    private readonly string _folder = Directory.CreateTempSubdirectory("bigmlflow-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheEnvelopeAndTheBareObjectAreTheSameModel()
    {
        JsonObject envelope = JsonNode.Parse(Tree)!.AsObject();
        JsonObject body = envelope.ContainsKey("object") ? envelope["object"]!.AsObject() : envelope;
        JsonObject bare = body.DeepClone().AsObject();
        var wrapped = new JsonObject { ["code"] = 200, ["resource"] = bare["resource"]!.DeepClone(), ["object"] = bare.DeepClone(), ["error"] = null };
        BigMLModel first = Load(bare.ToJsonString()), second = Load(wrapped.ToJsonString());
        Assert.Equal(first.Resource, second.Resource);
        Assert.Equal(first.Fields.All.Select(field => field.Name), second.Fields.All.Select(field => field.Name));
        Assert.Equal(first.Classes, second.Classes);
    }

    [Fact]
    public void TheBytesOfAResourceAreKept()
    {
        ResourceBundle bundle = ResourceBundle.FromStream(new MemoryStream([0xEF, 0xBB, 0xBF, .. Tree]), "t");
        Assert.Equal(Encoding.UTF8.GetString(Tree).Trim(), Encoding.UTF8.GetString(bundle.Head.ToArray()));
        Assert.Equal(JsonNode.Parse(Tree)!["resource"]!.GetValue<string>(), bundle.Head.Id);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n ", "")]
    [InlineData("sepal length,species\n1,setosa\n", "is not JSON")]
    [InlineData("<html></html>", "is not JSON")]
    [InlineData("{\"resource\": model}", "is not JSON")]
    [InlineData("PK\u0003\u0004", "is not JSON")]
    [InlineData("null", "no BigML resource")]
    [InlineData("3", "no BigML resource")]
    [InlineData("\"model/5f3c\"", "no BigML resource")]
    [InlineData("{}", "no BigML resource")]
    [InlineData("[]", "empty list")]
    [InlineData("[1, 2]", "no BigML resource")]
    [InlineData("[[{\"resource\": \"model/1\"}]]", "no BigML resource")]
    [InlineData("{\"a\": {\"resource\": \"model/5f3c\"}}", "no BigML resource")]
    [InlineData("{\"resource\": 3}", "no BigML resource")]
    [InlineData("{\"resource\": \"model\"}", "no BigML resource")]
    [InlineData("{\"resource\": \"../model/5f3c\"}", "no BigML resource")]
    [InlineData("{\"resource\": \"model/..\"}", "no BigML resource")]
    [InlineData("[{\"resource\": \"model/5f3c\"}, {\"resource\": \"model/5f3d\"}]", "expected the ensemble (or fusion) first")]
    public void WhatIsNoResourceIsRefused(string text, string message)
    {
        var error = Assert.Throws<ResourceException>(() => Load(text));
        Assert.Contains("'upload.json'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsupportedTypesAreToldWithTheSupportedOnes()
    {
        var error = Assert.Throws<ResourceException>(() => Load("""{"resource": "dataset/5f3c0000000000000000000a", "object": {}}"""));
        Assert.Contains("dataset/5f3c0000000000000000000a", error.Message, StringComparison.Ordinal);
        Assert.Contains("'dataset' cannot be used to predict. Supported are ", error.Message, StringComparison.Ordinal);
        Assert.Contains("logisticregression", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnfinishedResourceIsRefused()
    {
        string text = Encoding.UTF8.GetString(Change(body => body["status"] = new JsonObject { ["code"] = 3, ["message"] = "The model is being processed" }));
        var error = Assert.Throws<ResourceException>(() => Load(text));
        Assert.Contains("is not finished: its status is 3 (The model is being processed), not 5", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("status", error.JsonPath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("null")]
    [InlineData("text")]
    public void ATreeWithoutARootIsRefused(string root)
    {
        byte[] text = Change(body =>
        {
            JsonObject model = body["model"]!.AsObject();
            model.Remove("root");
            if (root != "absent")
                model["root"] = root == "null" ? null : "root";
        });
        var error = Assert.Throws<ResourceException>(() => Load(Encoding.UTF8.GetString(text)));
        Assert.Contains("root", error.Message, StringComparison.Ordinal);
        Assert.Contains("upload.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedFileIsRefusedWhereverItEnds()
    {
        for (int length = 1; length < Tree.Length - 2; length += 61)
        {
            var error = Assert.Throws<ResourceException>(() => ResourceBundle.FromStream(new MemoryStream(Tree, 0, length), "upload.json"));
            Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AResourceComesInPiecesOfAnySize()
    {
        foreach (int piece in new[] { 1, 7, 4096 })
            Assert.Equal(Encoding.UTF8.GetString(Tree).Trim(), Encoding.UTF8.GetString(ResourceBundle.FromStream(new SlowStream(Tree, piece), "t").Head.ToArray()));
    }

    [Fact]
    public void AFileOrFolderThatIsNotThereIsAnError()
    {
        string path = Path.Combine(_folder, "none.json");
        Assert.Contains($"There is no file '{path}'", Assert.Throws<ResourceException>(() => BigMLModel.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("holds no BigML resource", Assert.Throws<ResourceException>(() => BigMLModel.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithSeveralModelsIsAmbiguous()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.json"), Tree);
        Assert.Equal("model", ResourceBundle.FromFolder(_folder).Head.Type);
        File.WriteAllBytes(Path.Combine(_folder, "b.json"), Tree);
        var error = Assert.Throws<ResourceException>(() => ResourceBundle.FromFolder(_folder));
        Assert.Contains("several resources (a.json, b.json)", error.Message, StringComparison.Ordinal);
    }

    private static BigMLModel Load(string text)
        => BigMLModel.Load(ResourceBundle.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), "upload.json"));

    private static byte[] Change(Action<JsonObject> change)
    {
        JsonObject document = JsonNode.Parse(Tree)!.AsObject();
        change(document["object"]?.AsObject() ?? document);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class SlowStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
