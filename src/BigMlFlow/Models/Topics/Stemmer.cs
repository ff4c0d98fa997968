using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace BigMlFlow.Models.Topics;

/// <summary>
/// Cuts words to their stems with the Snowball algorithm of a language. The one class that knows the library: it is loaded when
/// a model that stems is read, and not before. Holds state, so it serves one thread.
/// </summary>
internal sealed class Stemmer
{
    private readonly SnowballProgram _program;

    private Stemmer(SnowballProgram program) => _program = program;

    /// <summary>The stemmer of a language.</summary>
    /// <param name="language">BigML's code of a language that <see cref="Language.IsStemmed"/>.</param>
    internal static Stemmer Of(string language) => new(language switch
    {
        "da" => new DanishStemmer(),
        "nl" => new DutchStemmer(),
        "en" => new EnglishStemmer(),
        "fi" => new FinnishStemmer(),
        "fr" => new FrenchStemmer(),
        "de" => new GermanStemmer(),
        "hu" => new HungarianStemmer(),
        "it" => new ItalianStemmer(),
        "nn" => new NorwegianStemmer(),
        "pt" => new PortugueseStemmer(),
        "ro" => new RomanianStemmer(),
        "ru" => new RussianStemmer(),
        "es" => new SpanishStemmer(),
        "sv" => new SwedishStemmer(),
        _ => new TurkishStemmer(),
    });

    /// <summary>The stem of a word, or of two with a space between, which are taken for one.</summary>
    internal string Stem(string word)
    {
        _program.SetCurrent(word);
        _program.Stem();
        return _program.Current;
    }
}
