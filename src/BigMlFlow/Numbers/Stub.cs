// Stands in until the real ones land: delete this file then.
using System;
using System.Globalization;
using System.Text.Json;
namespace BigMlFlow.Numbers;
internal static class NumberParser { internal static bool TryParse(ReadOnlySpan<char> t, out double v) => double.TryParse(t.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out v); }
internal static class NumberFormatter { internal static string Shortest(double d) => d.ToString("R", CultureInfo.InvariantCulture); internal static string PythonRepr(double d) => Shortest(d); }
internal static class PythonMath { internal static double Round(double d, int n) => Math.Round(d, n); }
internal static class PythonFloat { internal static bool TryParse(ReadOnlySpan<char> t, out double v) => NumberParser.TryParse(t, out v); }
internal static class PythonRepr { internal static string Of(JsonElement e) => e.GetRawText(); }
