using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Tracking.Artifacts;

namespace BigMlFlow.Tracking.Uris;

/// <summary>What a model URI points at.</summary>
public enum ModelUriKind
{
    /// <summary>Files at a place: a local path, <c>file:</c>, <c>mlflow-artifacts:</c>, <c>http(s):</c>, or a storage.</summary>
    Artifacts,

    /// <summary>What a run logged: <c>runs:/id/path</c>.</summary>
    Run,

    /// <summary>A logged model of MLflow 3: <c>models:/m-…</c>.</summary>
    LoggedModel,

    /// <summary>A version of a registered model: <c>models:/name/3</c>.</summary>
    Version,

    /// <summary>The latest version at a stage: <c>models:/name/Production</c>.</summary>
    Stage,

    /// <summary>The latest version: <c>models:/name/latest</c>.</summary>
    Latest,

    /// <summary>The version that an alias stands for: <c>models:/name@champion</c>.</summary>
    Alias,
}

/// <summary>
/// A URI of a model, understood as MLflow does (mlflow/store/artifact/utils/models.py): what is at the end of it is
/// <see cref="Path"/>, below what the rest points at.
/// </summary>
public sealed record ModelUri
{
    private static readonly Regex ModelIdForm = new(@"^m-[0-9a-f]{32}\z", RegexOptions.CultureInvariant);

    private ModelUri(ModelUriKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>What it points at.</summary>
    public ModelUriKind Kind { get; }

    /// <summary>The URI as it was given.</summary>
    public string Text { get; }

    /// <summary>The run, for <see cref="ModelUriKind.Run"/>.</summary>
    public string? RunId { get; private init; }

    /// <summary>The logged model, for <see cref="ModelUriKind.LoggedModel"/>.</summary>
    public string? ModelId { get; private init; }

    /// <summary>The registered model, for the kinds that name one.</summary>
    public string? Name { get; private init; }

    /// <summary>The version, for <see cref="ModelUriKind.Version"/>.</summary>
    public int? Version { get; private init; }

    /// <summary>The stage as MLflow spells it, for <see cref="ModelUriKind.Stage"/>.</summary>
    public string? Stage { get; private init; }

    /// <summary>The alias, for <see cref="ModelUriKind.Alias"/>.</summary>
    public string? Alias { get; private init; }

    /// <summary>The path below the run's artifacts, or below the model; empty for <see cref="ModelUriKind.Artifacts"/>.</summary>
    public string Path { get; private init; } = string.Empty;

    /// <summary>Understands a URI or local path.</summary>
    /// <param name="uri">The URI or path.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="TrackingException">It is malformed; the message says what forms there are.</exception>
    public static ModelUri Parse(string uri)
    {
        string text = uri.Trim();
        if (text.Length == 0)
            throw new TrackingException(TrackingError.InvalidValue, "The URI of the model is empty.");
        return LocalUri.SchemeOf(text) switch
        {
            "runs" => ParseRun(text),
            "models" => ParseModel(text),
            _ => new ModelUri(ModelUriKind.Artifacts, text),
        };
    }

    /// <summary>The URI as it was given.</summary>
    public override string ToString() => Text;

    private static ModelUri ParseRun(string uri)
    {
        const string Forms = "expected runs:/<run id>/<path of the model among the run's artifacts>";
        string[] parts = Parts(uri, "runs:", Forms);
        Limits.CheckRunId(parts[0]);
        return new ModelUri(ModelUriKind.Run, uri) { RunId = parts[0], Path = PathOf(parts, 1) };
    }

    private static ModelUri ParseModel(string uri)
    {
        const string Forms = "expected models:/<name>/<version, stage or latest>, models:/<name>@<alias> or models:/m-<id of a logged model>";
        string[] parts = Parts(uri, "models:", Forms);
        string first = parts[0];
        if (first.LastIndexOf('@') is >= 0 and int at)
        {
            if (at == 0 || at == first.Length - 1)
                throw Malformed(uri, Forms);
            return new ModelUri(ModelUriKind.Alias, uri) { Name = first.Substring(0, at), Alias = first.Substring(at + 1), Path = PathOf(parts, 1) };
        }
        if (ModelIdForm.IsMatch(first) || (parts.Length == 1 && first.StartsWith("m-", StringComparison.Ordinal)))
        {
            Limits.CheckModelId(first);
            return new ModelUri(ModelUriKind.LoggedModel, uri) { ModelId = first, Path = PathOf(parts, 1) };
        }
        if (parts.Length == 1)
            throw Malformed(uri, Forms);
        string which = parts[1];
        string path = PathOf(parts, 2);
        if (which.All(letter => letter is >= '0' and <= '9'))
        {
            return int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version > 0
                ? new ModelUri(ModelUriKind.Version, uri) { Name = first, Version = version, Path = path }
                : throw Malformed(uri, Forms);
        }
        return string.Equals(which, "latest", StringComparison.OrdinalIgnoreCase)
            ? new ModelUri(ModelUriKind.Latest, uri) { Name = first, Path = path }
            : new ModelUri(ModelUriKind.Stage, uri) { Name = first, Stage = Stages.Canonical(which), Path = path };
    }

    /// <summary>The parts after the scheme. An authority would be a profile of Databricks.</summary>
    private static string[] Parts(string uri, string scheme, string forms)
    {
        string rest = uri.Substring(scheme.Length);
        if (rest.StartsWith("//", StringComparison.Ordinal) && !rest.StartsWith("///", StringComparison.Ordinal))
            throw new TrackingException(TrackingError.NotSupported, $"'{uri}' names a host or profile, which only Databricks' client knows. Connect to the server, and leave it out: {scheme}/…");
        string[] parts = rest.TrimEnd('/').TrimStart('/').Split('/');
        return rest.StartsWith("/", StringComparison.Ordinal) && parts.All(part => part.Trim().Length > 0) ? parts : throw Malformed(uri, forms);
    }

    private static string PathOf(string[] parts, int from) => ArtifactPath.Check(string.Join("/", parts.Skip(from)));

    private static TrackingException Malformed(string uri, string forms) => new(TrackingError.InvalidValue, $"'{uri}' is not the URI of a model: {forms}.");
}
