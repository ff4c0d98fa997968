using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BigMlFlow.Models.Text;

namespace BigMlFlow.Models.Rows;

/// <summary>
/// Reads date-times written in one of BigML's time formats: a name, or a pattern in Joda's letters. It is as lenient as the
/// bindings' <c>strptime</c>: a number may lack its leading zero, names are English in any case, white space is any. What the
/// format leaves out is that of midnight on the first of January 1900; what has an offset is taken to UTC.
/// </summary>
internal sealed class TimeFormat
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly DateTime Epoch = new(1970, 1, 1);

    private readonly Regex _expression;

    private TimeFormat(Regex expression) => _expression = expression;

    /// <summary>Compiles a format.</summary>
    /// <param name="format">A name, such as <c>eu-date</c>, or a pattern, such as <c>yyyy-MM-dd'T'HH:mm</c>.</param>
    /// <returns>The format; null where it has a letter that means nothing here.</returns>
    internal static TimeFormat? Compile(string format)
    {
        string pattern = TimeFormatNames.PatternOf(format);
        var expression = new StringBuilder();
        for (int place = 0; place < pattern.Length;)
        {
            char letter = pattern[place];
            int length = 1;
            while (place + length < pattern.Length && pattern[place + length] == letter)
                length++;
            if (letter == '\'')
            {
                length = Quote(pattern, place, expression);
                if (length == 0)
                    return null;
            }
            else if (letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            {
                if (Part(letter, length) is not { } part)
                    return null;
                expression.Append(part);
            }
            else if (char.IsWhiteSpace(letter))
                expression.Append(@"\s+");
            else if (letter != '\\') // which only escapes what follows
                expression.Append(Regex.Escape(new string(letter, length)));
            place += length;
        }
        return new TimeFormat(PythonPattern.Compile($"^(?:{expression})\\Z", RegexOptions.IgnoreCase));
    }

    /// <summary>Reads a text; null where it is not written in the format, or is no date.</summary>
    internal DateTime? Read(string text)
    {
        Match match = _expression.Match(text);
        if (!match.Success)
            return null;
        try
        {
            DateTime moment = Has(match, "seconds", out string seconds) ? Epoch.AddTicks((long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond))
                : Has(match, "milliseconds", out string milliseconds) ? Epoch.AddTicks((long)(decimal.Parse(milliseconds, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMillisecond))
                : Date(match).Add(Time(match));
            return Has(match, "offset", out string offset) ? moment.Subtract(Offset(offset)) : moment;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return null; // the 30th of February, or a time that no calendar has
        }
    }

    /// <summary>Adds a quoted text.</summary>
    /// <returns>How much of the pattern it takes; 0 where the quotation does not end.</returns>
    private static int Quote(string pattern, int start, StringBuilder expression)
    {
        if (start + 1 < pattern.Length && pattern[start + 1] == '\'')
        {
            expression.Append('\'');
            return 2;
        }
        var text = new StringBuilder();
        for (int place = start + 1; place < pattern.Length; place++)
        {
            if (pattern[place] != '\'')
                text.Append(pattern[place]);
            else if (place + 1 < pattern.Length && pattern[place + 1] == '\'')
                text.Append(pattern[++place]); // two stand for an apostrophe
            else
            {
                expression.Append(Regex.Escape(text.ToString()));
                return place - start + 1;
            }
        }
        return 0;
    }

    private static string? Part(char letter, int length) => letter switch
    {
        'y' or 'Y' => length == 2 ? @"(?<shortyear>[0-9]{2})" : @"(?<year>[0-9]{4})",
        'M' => length < 3 ? @"(?<month>1[0-2]|0[1-9]|[1-9])" : @"(?<monthname>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
        'd' => @"(?<day>3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9])",
        'D' => @"(?<dayofyear>36[0-6]|3[0-5][0-9]|[12][0-9][0-9]|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9])",
        'x' => @"(?<weekyear>[0-9]{4})",
        'w' => @"(?<week>5[0-3]|0[1-9]|[1-4][0-9]|[1-9])",
        'e' => @"(?<weekday>[1-7])",
        'E' => @"(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)",
        'a' => @"(?<half>am|pm)",
        'h' => @"(?<clock>1[0-2]|0[1-9]|[1-9])",
        'H' => @"(?<hour>2[0-3]|[01][0-9]|[0-9])",
        'm' => @"(?<minute>[0-5][0-9]|[0-9])",
        's' => @"(?<second>[0-5][0-9]|[0-9])",
        'S' => @"(?<fraction>[0-9]{1,9})",
        'Z' or 'X' => @"(?<offset>[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?|Z)",
        'z' => @"(?:UTC|GMT|Z)",
        'N' => @"(?<seconds>-?[0-9]{1,12})", // BigML's names alone have these two
        'n' => @"(?<milliseconds>-?[0-9]{1,15}(?:\.[0-9]{1,6})?)",
        _ => null,
    };

    private static DateTime Date(Match match)
    {
        int year = Has(match, "year", out string full) ? Number(full)
            : Has(match, "shortyear", out string two) ? Number(two) + (Number(two) < 69 ? 2000 : 1900)
            : 1900;
        if (Has(match, "weekyear", out string weekYear))
            return Week(Number(weekYear), Number(match, "week", 1), Number(match, "weekday", 1));
        if (Has(match, "dayofyear", out string dayOfYear))
        {
            var date = new DateTime(year, 1, 1).AddDays(Number(dayOfYear) - 1);
            return date.Year == year ? date : throw new ArgumentOutOfRangeException(nameof(match));
        }
        int month = Has(match, "monthname", out string name)
            ? Array.IndexOf(Months, name.Substring(0, 3).ToLowerInvariant()) + 1
            : Number(match, "month", 1);
        return new DateTime(year, month, Number(match, "day", 1));
    }

    /// <summary>The day of an ISO week: the first of a year has its fourth of January.</summary>
    private static DateTime Week(int year, int week, int weekday)
    {
        var fourth = new DateTime(year, 1, 4);
        int sinceMonday = ((int)fourth.DayOfWeek + 6) % 7;
        return fourth.AddDays((week - 1) * 7 - sinceMonday + weekday - 1);
    }

    private static TimeSpan Time(Match match)
    {
        int hour = Number(match, "hour", 0);
        if (Has(match, "clock", out string clock))
            hour = Number(clock) % 12 + (Has(match, "half", out string half) && half[0] is 'p' or 'P' ? 12 : 0);
        // Microseconds, as the bindings have them; a tick is a tenth.
        int microseconds = Has(match, "fraction", out string fraction) ? Number(fraction.PadRight(6, '0').Substring(0, 6)) : 0;
        return new TimeSpan(hour, Number(match, "minute", 0), Number(match, "second", 0)) + TimeSpan.FromTicks(microseconds * 10L);
    }

    private static TimeSpan Offset(string offset)
    {
        if (offset is "Z" or "z")
            return TimeSpan.Zero;
        string digits = offset.Substring(1).Replace(":", string.Empty);
        var span = new TimeSpan(Number(digits.Substring(0, 2)), digits.Length > 2 ? Number(digits.Substring(2)) : 0, 0);
        return offset[0] == '-' ? -span : span;
    }

    private static bool Has(Match match, string part, out string text)
    {
        Group group = match.Groups[part];
        text = group.Value;
        return group.Success;
    }

    private static int Number(Match match, string part, int absent) => Has(match, part, out string text) ? Number(text) : absent;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
}
