using System.Collections;
using System.Collections.Generic;
using System.IO;
using BigMlFlow.Flavor.Yaml;

namespace BigMlFlow.Flavor;

/// <summary>An example of what a model takes, kept beside it: the rows that documentation, tests and the serving check use.</summary>
public sealed class InputExample
{
    private const string FileName = "input_example.json";
    private const string ServingFileName = "serving_input_example.json";

    private readonly object _input;
    private readonly bool _isTable;
    private readonly IDictionary? _parameters;

    private InputExample(object input, bool isTable, IDictionary? parameters)
    {
        _input = input;
        _isTable = isTable;
        _parameters = parameters;
    }

    /// <summary>An example of rows, which Python reads as a DataFrame.</summary>
    /// <param name="rows">Rows: values by name. A column of texts that are all numbers is one of numbers.</param>
    /// <param name="parameters">Parameters that go with them; null for none.</param>
    /// <returns>The example.</returns>
    /// <exception cref="FlavorException">There are no rows, or none has a value.</exception>
    public static InputExample FromRows(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> rows, IDictionary? parameters = null)
    {
        var table = RowTable.Read(rows);
        if (table.Names.Count == 0)
            throw new FlavorException(FlavorError.InvalidOption, "The input example has no rows with values.");
        return new InputExample(new Dictionary<string, object?> { ["columns"] = table.Names, ["data"] = table.Rows }, isTable: true, parameters);
    }

    /// <summary>An example of another kind, which Python reads as the JSON that it is: a dictionary or a list.</summary>
    /// <param name="value">Dictionaries, lists, texts, numbers, truth values and null.</param>
    /// <param name="parameters">Parameters that go with it; null for none.</param>
    /// <returns>The example.</returns>
    public static InputExample FromObject(object value, IDictionary? parameters = null) => new(value, isTable: false, parameters);

    /// <summary>Writes the files.</summary>
    /// <returns>What MLmodel says of them (MLflow: models/utils.py, _Example).</returns>
    internal YamlMapping Write(string directory)
    {
        object example = _parameters is null ? _input : new Dictionary<string, object?> { ["inputs"] = _input, ["params"] = _parameters };
        File.WriteAllText(Path.Combine(directory, FileName), PythonJson.Write(example));
        var serving = new Dictionary<string, object?> { [_isTable ? "dataframe_split" : "inputs"] = _input };
        if (_parameters is not null)
            serving["params"] = _parameters;
        File.WriteAllText(Path.Combine(directory, ServingFileName), PythonJson.Write(serving, indent: 2));

        var info = new YamlMapping { ["artifact_path"] = FileName, ["serving_input_path"] = ServingFileName, ["type"] = _isTable ? "dataframe" : "json_object" };
        if (_isTable)
            info["pandas_orient"] = "split";
        if (_parameters is not null)
            info["params"] = "true";
        return info;
    }
}
