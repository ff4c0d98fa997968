using System.Globalization;
using BigMlFlow.Models.Rows;
using Xunit;

namespace BigMlFlow.Tests.DateTimes;

/// <summary>Date-times in BigML's time formats: the answers are those of bigml_chronos 1.0.0, but where it has none or a week off.</summary>
public sealed class TimeFormatTests
{
    [Theory]
    [InlineData("date", "1969-7-4", "1969-07-04 00:00:00.000")]
    [InlineData("year-month", "1969-07", "1969-07-01 00:00:00.000")]
    [InlineData("date-time", "1969-07-14T17:36:39.592Z", "1969-07-14 17:36:39.592")]
    [InlineData("date-time", "1969-07-14T23:36:39.592-0530", "1969-07-15 05:06:39.592")] // to UTC
    [InlineData("date-time-no-ms", "1969-07-14T00:30:00+02", "1969-07-13 22:30:00.000")]
    [InlineData("date-hour-with-solidus", "1969/07/14T17", "1969-07-14 17:00:00.000")]
    [InlineData("date-hour-minute-second-fraction", "1969-07-14T17:36:39.5", "1969-07-14 17:36:39.500")]
    [InlineData("basic-date-time", "19690714T173639.592Z", "1969-07-14 17:36:39.592")]
    [InlineData("basic-ordinal-date-time-no-ms", "1969195T173639Z", "1969-07-14 17:36:39.000")]
    [InlineData("ordinal-date-time", "1968-366T00:00:00.0Z", "1968-12-31 00:00:00.000")]
    [InlineData("iso-ordinal-date", "1969-195Z", "1969-07-14 00:00:00.000")]
    [InlineData("basic-week-date", "1969W291", "1969-07-14 00:00:00.000")]
    [InlineData("week-date-time-no-ms", "1970-W01-4T01:02:03Z", "1970-01-01 01:02:03.000")]
    [InlineData("weekyear-week", "2009-W01", "2008-12-29 00:00:00.000")] // its Monday, where chronos has the Sunday before
    [InlineData("eu-date", "14/7/1969", "1969-07-14 00:00:00.000")]
    [InlineData("eu-ddate-minute", "14.7.1969 17:36", "1969-07-14 17:36:00.000")]
    [InlineData("us-sdate-millisecond", "7-14-1969 17:36:39.592", "1969-07-14 17:36:39.592")]
    [InlineData("us-date-clock-second-nospace", "7/14/1969 12:36:39am", "1969-07-14 00:36:39.000")]
    [InlineData("clock-minute", "12:36 PM", "1900-01-01 12:36:00.000")]
    [InlineData("t-time", "T17:36:39.592Z", "1900-01-01 17:36:39.592")]
    [InlineData("mysql", "1969-07-14   17:36:39", "1969-07-14 17:36:39.000")]
    [InlineData("bigquery-alt", "1969-07-14 17:36:39 UTC", "1969-07-14 17:36:39.000")]
    [InlineData("rfc822", "Mon, 14 jul 1969 17:36:39 +0000", "1969-07-14 17:36:39.000")]
    [InlineData("rfc-1123-date-time", "Mon, 14 July 1969 17:36:39 GMT", "1969-07-14 17:36:39.000")]
    [InlineData("twitter-time", "Mon Jul 14 17:36:39 +0000 1969", "1969-07-14 17:36:39.000")]
    [InlineData("timestamp", "-14711000", "1969-07-14 17:36:40.000")]
    [InlineData("timestamp-msecs", "-14711000408", "1969-07-14 17:36:39.592")]
    [InlineData("odata-format", "/Date(-14711000408)/", "1969-07-14 17:36:39.592")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "1969-07-14T17:36:39.592+01:00", "1969-07-14 16:36:39.592")]
    [InlineData("EEEE d MMMM YYYY 'o''clock' h a", "monday 14 July 1969 o'clock 5 PM", "1969-07-14 17:00:00.000")]
    [InlineData("yy-M-d", "69-7-14", "1969-07-14 00:00:00.000")]
    [InlineData("yy-M-d", "68-7-14", "2068-07-14 00:00:00.000")]
    public void Reads(string format, string text, string moment)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in (string[])["en-US", "tr-TR", "fa-IR", "th-TH"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal(moment, TimeFormat.Compile(format)?.Read(text)?.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("date", "1969-02-30")]
    [InlineData("date", "69-02-03")]
    [InlineData("date", "1969-07-14 ")]
    [InlineData("date", "")]
    [InlineData("date-time", "1969-07-14T17:36:39.592")] // needs an offset
    [InlineData("ordinal-date-time-no-ms", "1969-366T00:00:00Z")]
    [InlineData("hour-minute", "24:00")]
    [InlineData("date-time-no-ms", "0001-01-01T00:00:00+0100")] // before the calendar begins
    [InlineData("timestamp", "999999999999")]
    [InlineData("timestamp", "soon")]
    public void ReadsNoOther(string format, string text) => Assert.Null(TimeFormat.Compile(format)!.Read(text));

    [Theory]
    [InlineData("yyyy-QQ")]
    [InlineData("yyyy 'open")]
    [InlineData("no-such-format")]
    public void UnknownLettersMakeNoFormat(string format) => Assert.Null(TimeFormat.Compile(format));
}
