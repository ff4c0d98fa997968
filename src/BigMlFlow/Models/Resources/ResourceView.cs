using System.Globalization;

namespace BigMlFlow.Models.Resources;

/// <summary>A parsed resource while a model is built of it: its body, whether bare or in the API's envelope.</summary>
internal sealed class ResourceView
{
    /// <summary>BigML's status code of a resource that is ready (bindings: constants.py, FINISHED).</summary>
    private const int Finished = 5;

    internal ResourceView(ResourceBundle bundle, ResourceDocument document, JsonView envelope, SubtreeText? tree = null)
    {
        Tree = tree;
        Bundle = bundle;
        Document = document;
        Envelope = envelope;
        Body = envelope["object"].IsObject ? envelope["object"] : envelope;
        CheckFinished();
    }

    internal ResourceBundle Bundle { get; }

    internal ResourceDocument Document { get; }

    /// <summary>The whole document.</summary>
    internal JsonView Envelope { get; }

    /// <summary>The resource itself.</summary>
    internal JsonView Body { get; }

    /// <summary>The root of a decision tree, which in <see cref="Body"/> is empty; null where there is none.</summary>
    internal SubtreeText? Tree { get; }

    private void CheckFinished()
    {
        JsonView status = Body["status"];
        if (!status["code"].IsNumber || status.Integer("code") == Finished)
            return;
        string code = status.Integer("code").ToString(CultureInfo.InvariantCulture);
        string? message = status["message"].IsString ? status.OptionalString("message") : null;
        throw status.Error($"{Document.Id} is not finished: its status is {code}{(message is null ? string.Empty : $" ({message})")}, not {Finished}. Wait until BigML has finished it, and export it again.");
    }
}
