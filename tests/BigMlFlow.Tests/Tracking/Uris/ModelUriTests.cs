using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Uris;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Uris;

public sealed class ModelUriTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("runs:/" + Id + "/model", Id, "model")]
    [InlineData("runs:///" + Id + "/a/b c/", Id, "a/b c")]
    [InlineData("runs:/" + Id, Id, "")]
    public void Runs(string text, string run, string path)
    {
        ModelUri uri = ModelUri.Parse(text);
        Assert.Equal((ModelUriKind.Run, run, path), (uri.Kind, uri.RunId, uri.Path));
    }

    [Theory]
    [InlineData("models:/iris/3", ModelUriKind.Version, "iris", "3", "")]
    [InlineData("models:/my iris/12/sub/dir", ModelUriKind.Version, "my iris", "12", "sub/dir")]
    [InlineData("models:/iris/production", ModelUriKind.Stage, "iris", "Production", "")]
    [InlineData("models:/iris/LATEST", ModelUriKind.Latest, "iris", "", "")]
    [InlineData("models:/iris@champion", ModelUriKind.Alias, "iris", "champion", "")]
    [InlineData("models:/a@b@champion/sub", ModelUriKind.Alias, "a@b", "champion", "sub")]
    [InlineData("models:/m-" + Id, ModelUriKind.LoggedModel, "m-" + Id, "", "")]
    [InlineData("models:/m-" + Id + "/data", ModelUriKind.LoggedModel, "m-" + Id, "", "data")]
    [InlineData("models:/m-1/2", ModelUriKind.Version, "m-1", "2", "")]
    public void Models(string text, ModelUriKind kind, string name, string which, string path)
    {
        ModelUri uri = ModelUri.Parse(text);
        Assert.Equal((kind, name, path), (uri.Kind, uri.ModelId ?? uri.Name, uri.Path));
        Assert.Equal(which, uri.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? uri.Stage ?? uri.Alias ?? string.Empty);
    }

    [Theory]
    [InlineData("mlflow-artifacts:/1/x")]
    [InlineData("https://example.org/x")]
    [InlineData("file:///x")]
    [InlineData("C:\\models\\x")]
    [InlineData("./model")]
    public void Places(string text) => Assert.Equal((ModelUriKind.Artifacts, text), (ModelUri.Parse(text).Kind, ModelUri.Parse(text).Text));

    [Theory]
    [InlineData("", TrackingError.InvalidValue)]
    [InlineData("runs:/", TrackingError.InvalidValue)]
    [InlineData("runs:" + Id, TrackingError.InvalidValue)]
    [InlineData("runs:/" + Id + "/../x", TrackingError.InvalidValue)]
    [InlineData("models:/iris", TrackingError.InvalidValue)]
    [InlineData("models:/iris/0", TrackingError.InvalidValue)]
    [InlineData("models:/iris/99999999999", TrackingError.InvalidValue)]
    [InlineData("models:/iris/nonsense", TrackingError.InvalidValue)]
    [InlineData("models:/@champion", TrackingError.InvalidValue)]
    [InlineData("models:/iris@", TrackingError.InvalidValue)]
    [InlineData("models://profile@databricks/iris/1", TrackingError.NotSupported)]
    public void MalformedOnes(string text, TrackingError kind) => Assert.Equal(kind, Assert.Throws<TrackingException>(() => ModelUri.Parse(text)).Error);
}
