using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Predictions;
using BigMlFlow.Models.Resources;
using BigMlFlow.Models.Rows;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Series;

/// <summary>Forecasts what rows ask for (bindings: timeseries.py, forecast).</summary>
internal sealed class TimeSeriesPredictor : Predictor
{
    /// <summary>The decimals of the forecast.</summary>
    private const int Decimals = 5;

    private readonly TimeSeries _model;
    private readonly bool _full;
    private readonly List<KeyValuePair<Field, ForecastRequest>> _requests = [];
    private bool _anyRequest;
    private RowException? _failure;

    internal TimeSeriesPredictor(TimeSeries model, bool full)
        : base(model.Fields)
    {
        _model = model;
        _full = full;
    }

    public override Prediction Predict()
    {
        if (_failure is not null)
            throw _failure;
        if (!_anyRequest)
            return Stored();
        var forecasts = new List<SubmodelForecast>();
        foreach (KeyValuePair<Field, ForecastRequest> request in _requests)
            forecasts.AddRange(Chosen(request.Key, request.Value.Filter).Select(submodel => Of(request.Key, submodel, request.Value.Horizon)));
        return new Forecast(_requests.Select(request => request.Key.Id).ToList(), forecasts, _full);
    }

    private protected override void ClearRow()
    {
        _requests.Clear();
        _anyRequest = false;
        _failure = null;
    }

    /// <summary>Takes a request. Of two for one field the later counts, in the place of the first; each has to be right.</summary>
    private protected override void Assign(Field field, in Cell cell)
    {
        if (!TryParse(field.Name, cell, out ForecastRequest request))
            return;
        var entry = new KeyValuePair<Field, ForecastRequest>(field, request);
        int place = _requests.FindIndex(earlier => earlier.Key == field);
        if (place >= 0)
            _requests[place] = entry;
        else
            _requests.Add(entry);
    }

    /// <summary>A request for what is no field is checked like any other, and then ignored. Other columns do not matter.</summary>
    private protected override void Ignore(string column, in Cell cell)
    {
        if (cell.Kind == CellKind.Other)
            TryParse(column, cell, out _);
    }

    private bool TryParse(string field, in Cell cell, out ForecastRequest request)
    {
        request = default;
        if (cell.Kind == CellKind.Missing || (cell.Kind == CellKind.Text && Fields.IsMissingToken((string)cell.Value!)))
            return false;
        _anyRequest = true;
        try
        {
            request = ForecastRequest.Parse(field, cell);
            return true;
        }
        catch (RowException error)
        {
            _failure ??= error;
            return false;
        }
    }

    private IReadOnlyList<Submodel> Chosen(Field field, SubmodelFilter filter)
    {
        if (_model.SubmodelsOf(field) is not { } submodels)
            throw new RowException($"The time series has no model of the field {field.Name}, and cannot forecast it.", field.Name);
        try
        {
            return filter.Choose(submodels);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new RowException($"The names for field {field.Name} take too long to match: simplify the expression {error.Pattern}.", field.Name, error.Pattern);
        }
    }

    private static SubmodelForecast Of(Field field, Submodel submodel, int horizon)
    {
        double[] points = submodel.Points(horizon);
        for (int step = 0; step < points.Length; step++)
        {
            points[step] = PythonMath.Round(points[step], Decimals);
            if (!Finite.Is(points[step]))
                throw new RowException($"The forecast of the field {field.Name} by the model {submodel.Name} is no number from step {step + 1} on: choose a shorter horizon.", field.Name);
        }
        return new SubmodelForecast(field.Id, field.Name, submodel.Name, points);
    }

    private Forecast Stored()
    {
        if (_model.Stored is not { } stored)
            throw new RowException("The row asks for no forecast, and the time series has none stored. Give a field and a horizon, such as {\"sales\": {\"horizon\": 5}}.");
        return new Forecast(stored.FieldIds, stored.Forecasts, _full);
    }
}
