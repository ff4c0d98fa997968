using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Management.Automation;
using BigMlFlow.Models;
using BigMlFlow.Models.Fields;
using BigMlFlow.Models.Rows;

namespace BigMlFlow.PowerShell.Rows;

/// <summary>
/// Brings rows of any kind to a predictor: objects with properties, dictionaries, data rows. Columns are bound once per shape
/// of row. Of an object, the columns are read by name, which takes half the time that to enumerate its properties does.
/// </summary>
internal sealed class RowBinder
{
    /// <summary>To look up a name that a row has not takes about a tenth of the time in which all its properties are enumerated.</summary>
    private const int MostLookUps = 6;

    private readonly Predictor _predictor;
    private readonly bool _everyColumn;
    private readonly List<string> _absent = [];
    private string[] _columns = [];
    private object?[] _values = [];
    private DataTable? _table;
    private bool _bound;
    private bool _enumerates;

    /// <param name="predictor">What the rows are for.</param>
    /// <param name="everyColumn">Whether columns count that are no fields, and that the first row had not.</param>
    internal RowBinder(Predictor predictor, bool everyColumn)
    {
        _predictor = predictor;
        _everyColumn = everyColumn;
    }

    /// <summary>The columns of the latest row.</summary>
    internal IReadOnlyList<string> Columns => _columns;

    /// <summary>The values of the latest row, by column.</summary>
    internal IReadOnlyList<object?> Values => _values;


    /// <summary>Gives the predictor a row.</summary>
    /// <returns>False where the value is no row: a bare number or text, say.</returns>
    internal bool TrySet(PSObject row)
    {
        switch (row.BaseObject)
        {
            case IDictionary dictionary:
                ReadDictionary(dictionary);
                break;
            case DataRow dataRow:
                ReadDataRow(dataRow);
                break;
            case DataRowView view:
                ReadDataRow(view.Row);
                break;
            case string or ValueType:
                return false;
            default:
                if (!ReadProperties(row))
                    return false;
                break;
        }
        _predictor.Clear();
        for (int column = 0; column < _values.Length; column++)
        {
            object? value = PlainValue.Of(_values[column]);
            // Import-Csv makes the empty text of a blank cell.
            if (value is not string { Length: 0 } || !_predictor.IsNumeric(column))
                _predictor.Set(column, Cell.From(value));
        }
        return true;
    }

    private void ReadDictionary(IDictionary dictionary)
    {
        bool same = _bound && dictionary.Count == _columns.Length;
        int column = 0;
        foreach (DictionaryEntry entry in dictionary)
        {
            same = same && entry.Key is string key && key == _columns[column];
            if (!same)
                break;
            _values[column++] = Unwrap(entry.Value);
        }
        if (same)
            return;
        Bind(dictionary.Keys.Cast<object>().Select(key => key.ToString() ?? string.Empty));
        column = 0;
        foreach (DictionaryEntry entry in dictionary)
            _values[column++] = Unwrap(entry.Value);
    }

    private void ReadDataRow(DataRow row)
    {
        if (!ReferenceEquals(row.Table, _table) || row.Table.Columns.Count != _columns.Length)
        {
            Bind(row.Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName));
            _table = row.Table;
        }
        for (int column = 0; column < _values.Length; column++)
            _values[column] = row[column];
    }

    private bool ReadProperties(PSObject row)
    {
        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        if (_bound && (_enumerates ? ReadInOrder(properties) : ReadByName(properties)))
            return true;
        List<PSPropertyInfo> all = [.. properties.Where(property => property.IsGettable)];
        if (all.Count == 0)
            return false;
        Bind(all.Select(property => property.Name));
        for (int column = 0; column < _values.Length; column++)
            _values[column] = Unwrap(all[column].Value);
        return true;
    }

    /// <summary>Reads the columns of the shape at hand; false where one is absent or in another case, or where the row has a field that the shape has not.</summary>
    private bool ReadByName(PSMemberInfoCollection<PSPropertyInfo> properties)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            if (properties[_columns[column]] is not { IsGettable: true } property || property.Name != _columns[column])
                return false;
            _values[column] = Unwrap(property.Value);
        }
        foreach (string name in _absent)
        {
            if (properties[name] is not null)
                return false;
        }
        return true;
    }

    /// <summary>Reads all columns; false where they are not just those of the shape at hand.</summary>
    private bool ReadInOrder(PSMemberInfoCollection<PSPropertyInfo> properties)
    {
        int column = 0;
        foreach (PSPropertyInfo property in properties)
        {
            if (!property.IsGettable)
                continue;
            if (column == _columns.Length || property.Name != _columns[column])
                return false;
            _values[column++] = Unwrap(property.Value);
        }
        return column == _columns.Length;
    }

    private void Bind(IEnumerable<string> columns)
    {
        _columns = [.. columns];
        _values = new object?[_columns.Length];
        _table = null;
        _bound = true;
        _predictor.Bind(_columns, ignoreCase: true);
        var given = new HashSet<string>(_columns, StringComparer.OrdinalIgnoreCase);
        _absent.Clear();
        foreach (Field field in _predictor.Fields.All.Where(_predictor.Fields.IsUsed))
        {
            if (!given.Contains(field.Name) && !given.Contains(field.Id))
                _absent.AddRange([field.Name, field.Id]);
        }
        _enumerates = _everyColumn || _absent.Count > MostLookUps;
    }

    /// <summary>A value without its wrapper; an object of properties alone is nothing without it.</summary>
    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
