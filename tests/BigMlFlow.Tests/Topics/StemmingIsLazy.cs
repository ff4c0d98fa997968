using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Xunit;

namespace BigMlFlow.Tests.Topics;

/// <summary>The stemmers come in a library of megabytes: it is loaded for a model that stems, and for no other.</summary>
public sealed class StemmingIsLazy
{
    [Theory]
    [InlineData("xx", false)]
    [InlineData("en", true)]
    public void LoadsTheLibraryIfAModelStems(string language, bool loaded)
    {
        var fresh = new FreshContext();
        Assembly core = fresh.LoadFromAssemblyName(new AssemblyName("BigMlFlow"));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TopicModelTests.Resource(language)));
        Type bundles = core.GetType("BigMlFlow.Models.Resources.ResourceBundle", throwOnError: true)!;
        object bundle = bundles.GetMethod("FromStream", [typeof(Stream), typeof(string)])!.Invoke(null, [stream, "test.json"])!;
        Type models = core.GetType("BigMlFlow.Models.BigMLModel", throwOnError: true)!;
        object model = models.GetMethod("Load", [bundles])!.Invoke(null, [bundle])!;
        IEnumerable<KeyValuePair<string, object?>> row = [new("text", "cats and engines")];
        Assert.NotNull(models.GetMethod("Predict")!.Invoke(model, [row, null]));
        Assert.Equal(loaded, fresh.Assemblies.Any(assembly => assembly.GetName().Name!.StartsWith("Lucene", StringComparison.Ordinal)));
        fresh.Unload();
    }

    private sealed class FreshContext() : AssemblyLoadContext(nameof(StemmingIsLazy), isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
