using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;

namespace BigMlFlow.Tabular;

/// <summary>Writes an answer a row, in order; a row that the model refuses has its place too.</summary>
internal abstract class PredictionWriter
{
    /// <summary>Begins the table; the columns of the input are known by now.</summary>
    internal abstract void Begin(RowReader input);

    /// <summary>Predicts for the row that the predictor holds, and writes the answer.</summary>
    /// <exception cref="RowException">The model refuses the row; nothing has been written.</exception>
    internal abstract void Write(RowReader input, Predictor predictor);

    /// <summary>Writes that there is no answer.</summary>
    internal abstract void WriteRefused(RowReader input, RowException error);

    /// <summary>Hands everything to the stream.</summary>
    internal abstract void Flush();
}

/// <summary>Delimited text: the columns of the answer, after the input's own where they are wanted. Refused rows have empty answers.</summary>
internal sealed class CsvPredictionWriter : PredictionWriter
{
    private readonly StreamWriter _writer;
    private readonly CsvCells _cells;
    private readonly PredictionColumns _columns;
    private readonly bool _includeInput;
    private readonly string _prefix;
    private int _inputColumns;
    private int _inputShape;

    internal CsvPredictionWriter(Stream stream, PredictionColumns columns, char delimiter, bool includeInput, string prefix)
    {
        _writer = new StreamWriter(stream, TextEncodings.Utf8, 1 << 16, leaveOpen: true);
        _cells = new CsvCells(_writer, delimiter);
        _columns = columns;
        _includeInput = includeInput;
        _prefix = prefix;
    }

    internal override void Begin(RowReader input)
    {
        string[] names = _columns.Names.Select(name => _prefix + name).ToArray();
        if (_includeInput)
        {
            if (names.FirstOrDefault(input.Columns.Contains) is { } taken)
                throw new TableException($"'{input.Source}' has a column '{taken}' already: give the columns of the prediction a prefix.");
            foreach (string name in input.Columns)
                _cells.Add(name.AsSpan());
            _inputColumns = input.Columns.Count;
            _inputShape = input.Shape;
        }
        foreach (string name in names)
            _cells.Add(name.AsSpan());
        _cells.EndRow();
    }

    internal override void Write(RowReader input, Predictor predictor)
    {
        try
        {
            CopyInput(input);
            _columns.Add(predictor, _cells);
        }
        catch (RowException)
        {
            _cells.RestartRow();
            throw;
        }
        _cells.EndRow();
    }

    internal override void WriteRefused(RowReader input, RowException error)
    {
        CopyInput(input);
        for (int column = 0; column < _columns.Names.Count; column++)
            _cells.Add([]);
        _cells.EndRow();
    }

    internal override void Flush()
    {
        _cells.Flush();
        _writer.Flush();
    }

    private void CopyInput(RowReader input)
    {
        if (!_includeInput)
            return;
        if (input.Shape != _inputShape)
        {
            throw new TableException(
                $"'{input.Source}', line {input.LineNumber}: the row has other keys than the first one, so that its values have no columns to be copied to. Write JSON lines, or leave the input's columns out.",
                input.LineNumber);
        }
        input.Copy(_cells);
    }
}

/// <summary>A line of JSON a row: the bindings' full answer, or an object with the member <c>error</c>.</summary>
internal sealed class JsonLinesPredictionWriter(Stream stream) : PredictionWriter, IDisposable
{
    private const int FlushAt = 1 << 15;

    private static readonly byte[] LineFeed = [(byte)'\n'];

    private readonly Utf8JsonWriter _json = new(Stream.Null, Prediction.JsonOptions);
    private readonly MemoryStream _lines = new();

    internal override void Begin(RowReader input)
    {
    }

    internal override void Write(RowReader input, Predictor predictor)
    {
        Prediction answer = predictor.Predict();
        _json.Reset(_lines);
        answer.WriteJson(_json);
        EndLine();
    }

    internal override void WriteRefused(RowReader input, RowException error)
    {
        _json.Reset(_lines);
        _json.WriteStartObject();
        _json.WriteStartObject("error");
        _json.WriteString("message", error.Message);
        _json.WriteOptional("field", error.Field);
        _json.WriteOptional("value", error.Value);
        _json.WriteEndObject();
        _json.WriteEndObject();
        EndLine();
    }

    internal override void Flush()
    {
        _lines.WriteTo(stream);
        _lines.SetLength(0);
        stream.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void EndLine()
    {
        _json.Flush();
        _lines.Write(LineFeed, 0, 1);
        if (_lines.Length >= FlushAt)
            Flush();
    }
}
