using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace BigMlFlow.Tracking.Credentials;

/// <summary>
/// <c>~/.mlflow/credentials</c>, as Python's configparser reads it: sections in brackets, <c>key = value</c> or
/// <c>key: value</c>, comments on lines of their own, and <c>%%</c> for a percent sign.
/// </summary>
internal static class CredentialsFile
{
    /// <summary>The user and password in the section <c>[mlflow]</c>; nulls where they are not there.</summary>
    /// <param name="path">The file; it may be absent.</param>
    /// <exception cref="TrackingException">It cannot be read.</exception>
    internal static (string? User, string? Password) Read(string path)
    {
        if (!File.Exists(path))
            return (null, null);
        try
        {
            Dictionary<string, string> values = Section(File.ReadAllLines(path, Encoding.UTF8), "mlflow");
            values.TryGetValue("mlflow_tracking_username", out string? user);
            values.TryGetValue("mlflow_tracking_password", out string? password);
            return (user, password);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrackingException(TrackingError.InvalidValue, $"The login in '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static Dictionary<string, string> Section(IEnumerable<string> lines, string wanted)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        bool isInside = false;
        foreach (string full in lines)
        {
            string line = full.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[' && line.IndexOf(']') is > 0 and int end)
            {
                isInside = line.Substring(1, end - 1) == wanted;
                continue;
            }
            int separator = line.IndexOfAny(['=', ':']);
            if (isInside && separator > 0)
                values[line.Substring(0, separator).TrimEnd()] = line.Substring(separator + 1).TrimStart().Replace("%%", "%");
        }
        return values;
    }
}
