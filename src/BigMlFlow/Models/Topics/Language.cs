using System;

namespace BigMlFlow.Models.Topics;

/// <summary>The languages whose words are stemmed; texts in others are taken word by word as they are (bindings: topicmodel.py, CODE_TO_NAME).</summary>
internal static class Language
{
    private static readonly string[] Stemmed = ["da", "nl", "en", "fi", "fr", "de", "hu", "it", "nn", "pt", "ro", "ru", "es", "sv", "tr"];

    /// <summary>Whether there is a stemmer for the language; asking does not load one.</summary>
    internal static bool IsStemmed(string? language) => Array.IndexOf(Stemmed, language) >= 0;
}
