using System;
using System.Collections.Generic;

namespace BigMlFlow.Models.Rows;

/// <summary>
/// The time formats that BigML knows by name, as patterns in Joda's letters (bindings: bigml_chronos, formats.py). Fractions of a
/// second have one letter, whatever their length; offsets too.
/// </summary>
internal static class TimeFormatNames
{
    private static readonly (string, string)[] Dates = [("eu-date", "d/M/Y"), ("eu-ddate", "d.M.Y"), ("eu-sdate", "d-M-Y"), ("us-date", "M/d/Y"), ("us-sdate", "M-d-Y")];

    private static readonly (string, string)[] Clocks = [("-minute", " h:m a"), ("-minute-nospace", " h:ma"), ("-second", " h:m:s a"), ("-second-nospace", " h:m:sa")];

    // Made of the two tables above, and so initialized after them.
    private static readonly Dictionary<string, string> Patterns = Make();

    /// <summary>The pattern of a name, or the text itself, which then is a pattern.</summary>
    internal static string PatternOf(string format) => Patterns.TryGetValue(format, out string? pattern) ? pattern : format;

    private static Dictionary<string, string> Make()
    {
        var patterns = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["basic-date-time"] = "YYYYMMdd'T'HHmmss.SZ",
            ["basic-date-time-no-ms"] = "YYYYMMdd'T'HHmmssZ",
            ["basic-iso-date"] = "YYYYMMddZ",
            ["basic-ordinal-date-time"] = "YYYYDDD'T'HHmmss.SZ",
            ["basic-ordinal-date-time-no-ms"] = "YYYYDDD'T'HHmmssZ",
            ["basic-t-time"] = "'T'HHmmss.SZ",
            ["basic-t-time-no-ms"] = "'T'HHmmssZ",
            ["basic-time"] = "HHmmss.SZ",
            ["basic-time-no-ms"] = "HHmmssZ",
            ["basic-week-date"] = "xxxx'W'wwe",
            ["basic-week-date-time"] = "xxxx'W'wwe'T'HHmmss.SZ",
            ["basic-week-date-time-no-ms"] = "xxxx'W'wwe'T'HHmmssZ",
            ["bigquery"] = "Y-M-d H:m:sZ",
            ["bigquery-alt"] = "Y-M-d H:m:s z",
            ["bigquery-alt-millisecond"] = "Y-M-d H:m:s.S z",
            ["bigquery-millisecond"] = "Y-M-d H:m:s.SZ",
            ["elasticsearch-nanos"] = "Y-M-d'T'H:m:s.SZ",
            ["hour-minute"] = "H:m",
            ["hour-minute-second"] = "H:m:s",
            ["hour-minute-second-fraction"] = "H:m:s.S",
            ["hour-minute-second-ms"] = "H:m:s.S",
            ["iso-date"] = "Y-M-dZ",
            ["iso-date-time"] = "Y-M-d'T'H:m:s.SZ",
            ["iso-instant"] = "Y-M-d'T'H:m:s.SZ",
            ["iso-local-date"] = "Y-M-d",
            ["iso-local-date-time"] = "Y-M-d'T'H:m:s.S",
            ["iso-local-time"] = "H:m:s.S",
            ["iso-offset-date"] = "Y-M-dZ",
            ["iso-offset-date-time"] = "Y-M-d'T'H:m:s.SZ",
            ["iso-offset-time"] = "H:m:s.SZ",
            ["iso-ordinal-date"] = "Y-DZ",
            ["iso-time"] = "H:m:s.SZ",
            ["iso-week-date"] = "xxxx-'W'ww-eZ",
            ["iso-zoned-date-time"] = "Y-M-d'T'H:m:s.SZ",
            ["mysql"] = "Y-M-d H:m:s",
            ["no-t-date-hour-minute"] = "Y-M-d H:m",
            ["odata-format"] = "'/Date('n')/'",
            ["ordinal-date-time"] = "Y-D'T'H:m:s.SZ",
            ["ordinal-date-time-no-ms"] = "Y-D'T'H:m:sZ",
            ["rfc-1123-date-time"] = "E, d MMM Y H:m:s 'GMT'",
            ["rfc822"] = "E, d MMM Y H:m:s Z",
            ["t-time"] = "'T'H:m:s.SZ",
            ["t-time-no-ms"] = "'T'H:m:sZ",
            ["time"] = "H:m:s.SZ",
            ["time-no-ms"] = "H:m:sZ",
            ["timestamp"] = "N",
            ["timestamp-msecs"] = "n",
            ["twitter-time"] = "E MMM d H:m:s Z Y",
            ["twitter-time-alt"] = "Y-M-d H:m:s Z",
            ["twitter-time-alt-2"] = "Y-M-d H:m Z",
            ["twitter-time-alt-3"] = "E MMM d H:m Z Y",
            ["week-date"] = "xxxx-'W'ww-e",
            ["week-date-time"] = "xxxx-'W'ww-e'T'H:m:s.SZ",
            ["week-date-time-no-ms"] = "xxxx-'W'ww-e'T'H:m:sZ",
            ["weekyear-week"] = "xxxx-'W'ww",
            ["weekyear-week-day"] = "xxxx-'W'ww-e",
            ["year-month"] = "Y-M",
            ["year-month-day"] = "Y-M-d",
        };
        AddIso(patterns, "Y-M-d", string.Empty);
        AddIso(patterns, "Y/M/d", "-with-solidus");
        foreach ((string clock, string pattern) in Clocks)
            patterns["clock" + clock] = pattern.TrimStart();
        foreach ((string name, string date) in Dates)
        {
            patterns[name] = date;
            patterns[name + "-minute"] = date + " H:m";
            patterns[name + "-second"] = date + " H:m:s";
            patterns[name + "-millisecond"] = date + " H:m:s.S";
            foreach ((string clock, string pattern) in Clocks)
                patterns[name + "-clock" + clock] = date + pattern;
        }
        return patterns;
    }

    private static void AddIso(Dictionary<string, string> patterns, string date, string ending)
    {
        patterns["date" + ending] = date;
        patterns["date-hour" + ending] = date + "'T'H";
        patterns["date-hour-minute" + ending] = date + "'T'H:m";
        patterns["date-hour-minute-second" + ending] = date + "'T'H:m:s";
        patterns["date-hour-minute-second-fraction" + ending] = date + "'T'H:m:s.S";
        patterns["date-hour-minute-second-ms" + ending] = date + "'T'H:m:s.S";
        patterns["date-time" + ending] = date + "'T'H:m:s.SZ";
        patterns["date-time-no-ms" + ending] = date + "'T'H:m:sZ";
    }
}
