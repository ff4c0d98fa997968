using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace BigMlFlow.Flavor.Environments;

/// <summary>Reads lines of requirements files (MLflow: utils/requirements_utils.py, _parse_requirements).</summary>
internal sealed class RequirementsReader
{
    private const long LongestFile = 1 << 20;

    private static readonly string[] RequirementsOptions = ["-r ", "--requirement "];
    private static readonly string[] ConstraintsOptions = ["-c ", "--constraint "];

    private readonly List<string> _requirements = [];
    private readonly List<string> _constraints = [];
    private readonly Stack<string> _open = new();
    private int _files;

    internal PipRequirements ToRequirements() => PipRequirements.Of(_requirements, _constraints);

    internal void ReadFile(string path, bool isConstraints)
    {
        if (_open.Contains(path))
            throw Refuse(path, "refers to itself, by way of the files that it names");
        if (++_files > 1000)
            throw Refuse(path, "is one file too many: the requirements refer to more than 1000");
        string[] lines;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile })
                throw Refuse(path, $"is longer than {LongestFile} bytes");
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            string by = _open.Count > 0 ? $", which '{_open.Peek()}' refers to," : string.Empty;
            throw new FlavorException(FlavorError.InvalidOption, $"The requirements file '{path}'{by} cannot be read: {error.Message}", error);
        }
        _open.Push(path);
        Read(lines, Path.GetDirectoryName(path)!, isConstraints);
        _open.Pop();
    }

    internal void Read(IEnumerable<string> lines, string directory, bool isConstraints)
    {
        foreach (string line in Join(lines.Select(line => WithoutComment(line.Trim()))))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (Reference(line, RequirementsOptions) is { } requirements)
                ReadFile(FullPath(directory, requirements, line), isConstraints: false);
            else if (Reference(line, ConstraintsOptions) is { } constraints)
                ReadFile(FullPath(directory, constraints, line), isConstraints: true);
            else
                (isConstraints ? _constraints : _requirements).Add(line);
        }
    }

    private static string? Reference(string line, string[] options)
        => options.FirstOrDefault(each => line.StartsWith(each, StringComparison.Ordinal)) is { } option ? line.Substring(option.Length).Trim() : null;

    private static string FullPath(string directory, string path, string line)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(directory, path));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new FlavorException(FlavorError.InvalidOption, $"The requirement '{line}' refers to no file: {error.Message}", error);
        }
    }

    private static string WithoutComment(string line)
        => line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and int place ? line.Substring(0, place).TrimEnd() : line;

    /// <summary>Lines that end with a backslash go on in the next.</summary>
    private static IEnumerable<string> Join(IEnumerable<string> lines)
    {
        var joined = new StringBuilder();
        foreach (string line in lines)
        {
            joined.Append(line.TrimEnd('\\'));
            if (line.EndsWith("\\", StringComparison.Ordinal))
                continue;
            yield return joined.ToString();
            joined.Clear();
        }
        if (joined.Length > 0)
            yield return joined.ToString();
    }

    private static FlavorException Refuse(string path, string what) => new(FlavorError.InvalidOption, $"The requirements file '{path}' {what}.");
}
