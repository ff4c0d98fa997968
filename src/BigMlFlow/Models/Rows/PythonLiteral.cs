using System;
using BigMlFlow.Numbers;

namespace BigMlFlow.Models.Rows;

/// <summary>What a category's name means as a truth value, once capitalized and read as a Python literal (bindings: util.py, cast).</summary>
internal static class PythonLiteral
{
    /// <summary>The truth value that the name spells.</summary>
    /// <returns>True or false; null where the name is no literal.</returns>
    internal static bool? Truth(string category)
    {
        string text = category.Trim();
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
            return true;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return false;
        if (text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0])
            return text.Length > 2;
        return text.Length > 0 && (char.IsDigit(text[^1]) || text[^1] == '.') && PythonFloat.TryParse(text.AsSpan(), out double number) ? number != 0 : null;
    }
}
