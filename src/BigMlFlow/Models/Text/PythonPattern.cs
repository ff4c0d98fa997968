using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BigMlFlow.Models.Text;

/// <summary>
/// A regular expression written for Python's <c>re</c>, compiled for .NET: the classes of word characters and white space and
/// the word boundary are Python's, and so are the names of groups.
/// </summary>
internal static class PythonPattern
{
    private const string WordClass = @"\p{L}\p{N}_";
    private const string SpaceClass = @"\s\x1C-\x1F";
    private const string Boundary = "(?:(?<=[" + WordClass + "])(?![" + WordClass + "])|(?<![" + WordClass + "])(?=[" + WordClass + "]))";
    private const string NoBoundary = "(?:(?<=[" + WordClass + "])(?=[" + WordClass + "])|(?<![" + WordClass + "])(?![" + WordClass + "]))";

    /// <summary>Patterns come with the model, texts from anybody: neither may make a prediction hang.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern as Python would read it.</param>
    /// <param name="options">Options besides <see cref="RegexOptions.CultureInvariant"/>.</param>
    /// <exception cref="ArgumentException">It is no pattern, or has a construct that .NET lacks.</exception>
    internal static Regex Compile(string pattern, RegexOptions options = RegexOptions.None)
        => new(Translate(pattern), options | RegexOptions.CultureInvariant, Longest);

    internal static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        bool inClass = false;
        for (int place = 0; place < pattern.Length; place++)
        {
            char letter = pattern[place];
            if (letter == '\\' && place + 1 < pattern.Length)
                text.Append(Escape(pattern[++place], inClass));
            else if (inClass)
            {
                // In .NET a class may subtract another one; in Python the bracket stands for itself.
                text.Append(letter == '[' ? @"\[" : letter.ToString());
                inClass = letter != ']';
            }
            else if (letter == '[')
            {
                inClass = true;
                text.Append(letter);
                if (place + 1 < pattern.Length && pattern[place + 1] == '^')
                    text.Append(pattern[++place]);
                if (place + 1 < pattern.Length && pattern[place + 1] == ']')
                {
                    text.Append(@"\]");
                    place++;
                }
            }
            else if (StartsAt(pattern, place, "(?P<"))
            {
                text.Append("(?<");
                place += "(?P<".Length - 1;
            }
            else if (StartsAt(pattern, place, "(?P="))
            {
                int end = pattern.IndexOf(')', place);
                if (end < 0)
                    throw new ArgumentException("The reference to a group does not end.", nameof(pattern));
                text.Append(@"\k<").Append(pattern, place + 4, end - place - 4).Append('>');
                place = end;
            }
            else
                text.Append(letter);
        }
        return text.ToString();
    }

    private static string Escape(char letter, bool inClass) => letter switch
    {
        'w' => inClass ? WordClass : "[" + WordClass + "]",
        'W' => inClass ? @"\W" : "[^" + WordClass + "]",
        's' => inClass ? SpaceClass : "[" + SpaceClass + "]",
        'S' => inClass ? @"\S" : "[^" + SpaceClass + "]",
        'b' when !inClass => Boundary,
        'B' when !inClass => NoBoundary,
        'Z' when !inClass => @"\z",
        _ => "\\" + letter,
    };

    private static bool StartsAt(string pattern, int place, string what)
        => string.CompareOrdinal(pattern, place, what, 0, what.Length) == 0;
}
