using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Series;

/// <summary>
/// A time series: several submodels fitted to each field, which forecast its next values. A row says of which fields how many:
/// <c>{"sales": {"horizon": 10}}</c> (bindings: timeseries.py).
/// </summary>
public sealed class TimeSeries : BigMLModel
{
    private readonly Submodel[]?[] _submodels;

    private TimeSeries(ResourceView resource, FieldSet fields, Submodel[]?[] submodels, StoredForecast? stored)
        : base(resource, fields)
    {
        _submodels = submodels;
        Stored = stored;
    }

    /// <summary>The forecast that BigML made with the model, which answers a row that asks for nothing; null where the resource has none.</summary>
    internal StoredForecast? Stored { get; }

    /// <inheritdoc/>
    public override Predictor CreatePredictor(PredictionOptions? options = null)
    {
        options ??= PredictionOptions.Default;
        options.AllowOnly("A time series");
        return new TimeSeriesPredictor(this, options.Full);
    }

    internal static TimeSeries Read(ResourceView resource)
    {
        JsonView body = resource.Body;
        JsonView model = body.Object("time_series");
        List<Field> all = FieldReader.Read(model.Object("fields"));
        var fields = new FieldSet(
            all,
            ObjectiveOf(body, all),
            FieldReader.Inputs(body["input_fields"], all),
            takesObjective: true);
        var submodels = new Submodel[]?[all.Count];
        foreach (KeyValuePair<string, JsonView> member in model.Object("ets_models").Members())
        {
            if (fields.ById(member.Key) is { } field)
                submodels[field.Slot] = member.Value.Items().Select(item => new Submodel(item)).ToArray();
        }
        return new TimeSeries(resource, fields, submodels, ReadForecast(body["forecast"], fields));
    }

    /// <summary>The submodels of a field; null if none was fitted to it.</summary>
    internal IReadOnlyList<Submodel>? SubmodelsOf(Field field) => _submodels[field.Slot];

    /// <summary>The field that the whole is named after, or the first of those that it was fitted to.</summary>
    private static Field? ObjectiveOf(JsonView body, IReadOnlyList<Field> all)
    {
        JsonView id = body["objective_field"];
        if (id.IsNull && body["objective_fields"].Count > 0)
            id = body["objective_fields"].ItemAt(0);
        if (id.IsNull)
            return null;
        return all.FirstOrDefault(field => field.Id == id.AsString())
            ?? throw id.Error($"There is no field {id.AsString()} among the model's fields.");
    }

    private static StoredForecast? ReadForecast(JsonView forecast, FieldSet fields)
    {
        if (forecast.IsNull)
            return null;
        var ids = new List<string>();
        var forecasts = new List<SubmodelForecast>();
        foreach (KeyValuePair<string, JsonView> member in forecast.Members())
        {
            ids.Add(member.Key);
            string name = fields.ById(member.Key)?.Name ?? member.Key;
            foreach (JsonView item in member.Value.Items())
                forecasts.Add(new SubmodelForecast(member.Key, name, item.String("model"), item.Array("point_forecast").Numbers()));
        }
        return new StoredForecast(ids, forecasts);
    }
}

/// <summary>A forecast that comes with a resource.</summary>
/// <param name="FieldIds">The fields it is of.</param>
/// <param name="Forecasts">Their forecasts.</param>
internal sealed record StoredForecast(IReadOnlyList<string> FieldIds, IReadOnlyList<SubmodelForecast> Forecasts);
