using System;
using System.Collections.Generic;
using System.Globalization;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models;

/// <summary>
/// A BigML model, compiled and ready to predict with. It never changes once it is read, and any number of threads may share it:
/// what a prediction needs to write lies in the <see cref="Predictor"/> that each of them makes.
/// </summary>
public abstract class BigMLModel
{
    private protected BigMLModel(ResourceView resource, FieldSet fields)
    {
        Resource = resource.Document.Id;
        Bundle = resource.Bundle;
        Fields = fields;
        Name = resource.Body["name"].IsString ? resource.Body.OptionalString("name") : null;
        Description = resource.Body["description"].IsString ? resource.Body.OptionalString("description") : null;
        Created = resource.Body["created"].IsString && DateTime.TryParse(
            resource.Body.OptionalString("created"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime created)
            ? created
            : null;
        TrainingRows = resource.Body["rows"].IsNumber ? (long)resource.Body.Number("rows") : null;
        Source = resource.Bundle.Source;
    }

    /// <summary>The resource id, such as <c>model/6256b7e01f1a1c2d6f001b23</c>.</summary>
    public string Resource { get; }

    /// <summary>The resource type: <c>model</c>, <c>ensemble</c>, <c>logisticregression</c> …</summary>
    public string Type => ResourceId.TypeOf(Resource);

    /// <summary>The name that the model was given in BigML.</summary>
    public string? Name { get; }

    /// <summary>The description that it was given.</summary>
    public string? Description { get; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTime? Created { get; }

    /// <summary>How many rows it was trained on, where the resource tells.</summary>
    public long? TrainingRows { get; }

    /// <summary>The fields.</summary>
    public FieldSet Fields { get; }

    /// <summary>The field that is predicted; null where the model predicts none.</summary>
    public Field? Objective => Fields.Objective;

    /// <summary>The fields that a row must have a value for; empty where the model can do without any of them.</summary>
    public virtual IReadOnlyList<Field> RequiredFields => [];

    /// <summary>The classes of a classifier, by the code points of their names; empty for other models.</summary>
    public virtual IReadOnlyList<string> Classes => [];

    /// <summary>How many trees or component models it has; null for a model of one piece.</summary>
    public virtual int? ModelCount => null;

    /// <summary>Where it was read from.</summary>
    public string Source { get; }

    /// <summary>The resources it was built of, byte for byte: the model's own first, then its components.</summary>
    public IReadOnlyList<ResourceDocument> Documents => Bundle.Documents;

    internal ResourceBundle Bundle { get; }

    /// <summary>Reads a resource file, or a folder with an ensemble's or a fusion's parts.</summary>
    /// <param name="path">The path of the file or folder.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ResourceException">It is not there, or no model can be built of it; the message says why.</exception>
    public static BigMLModel Load(string path)
        => Load(System.IO.Directory.Exists(path) ? ResourceBundle.FromFolder(path) : ResourceBundle.FromFile(path));

    /// <summary>Builds the model of a bundle.</summary>
    /// <param name="bundle">The resource and its components.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ResourceException">No model can be built of it; the message says why and where.</exception>
    public static BigMLModel Load(ResourceBundle bundle) => ModelReader.Read(bundle);

    /// <summary>Makes a predictor: one a thread.</summary>
    /// <param name="options">How to predict; null for a plain prediction.</param>
    /// <returns>The predictor, with no columns bound.</returns>
    /// <exception cref="OptionException">This type of model does not have an option, or the option's value cannot be.</exception>
    public abstract Predictor CreatePredictor(PredictionOptions? options = null);

    /// <summary>Predicts for one row. For many rows, make a predictor.</summary>
    /// <param name="row">Values by field name or id.</param>
    /// <param name="options">How to predict; null for a plain prediction.</param>
    /// <returns>The answer, of the model's kind.</returns>
    /// <exception cref="OptionException">This type of model does not have an option.</exception>
    /// <exception cref="RowException">The model refuses the row.</exception>
    public Prediction Predict(IEnumerable<KeyValuePair<string, object?>> row, PredictionOptions? options = null)
        => CreatePredictor(options).Predict(row);

    /// <summary>The type and the name.</summary>
    public override string ToString() => Name is null ? Resource : $"{Name} ({Resource})";
}
