using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace BigMlFlow.Models.Predictions;

/// <summary>What one submodel of a time series forecasts for one field.</summary>
public sealed class SubmodelForecast
{
    internal SubmodelForecast(string fieldId, string field, string model, IReadOnlyList<double> points)
    {
        FieldId = fieldId;
        Field = field;
        Model = model;
        PointForecast = new NumberList(points);
    }

    /// <summary>The id of the field.</summary>
    public string FieldId { get; }

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>The submodel, such as <c>A,Ad,M</c> or <c>naive</c>.</summary>
    public string Model { get; }

    /// <summary>The values of the steps to come, in the units of the field.</summary>
    public NumberList PointForecast { get; }

    /// <summary>The field, the submodel and the values: <c>sales (A,N,N): 1, 2</c>.</summary>
    public override string ToString() => $"{Field} ({Model}): {PointForecast}";
}

/// <summary>A list of forecasts that prints as the forecasts.</summary>
public sealed class ForecastList : PrintedList<SubmodelForecast>
{
    private readonly IReadOnlyList<SubmodelForecast> _forecasts;

    internal ForecastList(IReadOnlyList<SubmodelForecast> forecasts) => _forecasts = forecasts;

    private protected override IReadOnlyList<SubmodelForecast> Items => _forecasts;

    /// <summary>The forecasts with semicolons between them.</summary>
    public override string ToString() => string.Join("; ", _forecasts);
}

/// <summary>
/// The answer of a time series: forecasts of one or more fields, by one or more submodels each. The first is at hand in scalars:
/// a plain request of one field has but one.
/// </summary>
public sealed class Forecast : Prediction
{
    private readonly IReadOnlyList<string> _fieldIds;
    private readonly bool _isFull;

    /// <param name="fieldIds">The fields that were asked for, also those of which no submodel is left.</param>
    /// <param name="forecasts">The forecasts, those of a field together.</param>
    /// <param name="isFull">Whether the bindings' <c>predict</c> in full was asked for.</param>
    internal Forecast(IReadOnlyList<string> fieldIds, IReadOnlyList<SubmodelForecast> forecasts, bool isFull)
    {
        _fieldIds = fieldIds;
        _isFull = isFull;
        Forecasts = new ForecastList(forecasts);
    }

    /// <summary>The name of the first forecast's field; null if there is no forecast.</summary>
    public string? Field => First?.Field;

    /// <summary>The submodel of the first forecast; null if there is no forecast.</summary>
    public string? Model => First?.Model;

    /// <summary>The values of the first forecast, in the units of its field; null if there is no forecast.</summary>
    public NumberList? PointForecast => First?.PointForecast;

    /// <summary>All forecasts, in the order of the row's fields and of the chosen submodels.</summary>
    public ForecastList Forecasts { get; }

    private SubmodelForecast? First => Forecasts.Count > 0 ? Forecasts[0] : null;

    /// <summary>The forecasts on one line.</summary>
    public override string ToString() => Forecasts.ToString();

    internal override CompactPrediction ToCompact() => new(null, First is { PointForecast.Count: > 0 } first ? first.PointForecast[0] : double.NaN);

    internal override void WriteJson(Utf8JsonWriter writer)
    {
        if (_isFull)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("forecast");
        }
        writer.WriteStartObject();
        foreach (string fieldId in _fieldIds)
        {
            writer.WriteStartArray(fieldId);
            foreach (SubmodelForecast forecast in Forecasts.Where(forecast => forecast.FieldId == fieldId))
            {
                writer.WriteStartObject();
                writer.WriteString("model", forecast.Model);
                writer.WritePropertyName("point_forecast");
                forecast.PointForecast.WriteJson(writer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        if (_isFull)
            writer.WriteEndObject();
    }
}
