using System;
using System.Globalization;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Names for what was given none, of the form that MLflow's have: an adjective, an animal, a number up to 1000.</summary>
internal static class RandomName
{
    private static readonly string[] Adjectives =
    [
        "able", "amber", "bold", "brave", "brisk", "calm", "clever", "cool", "deft", "eager", "fair", "fast", "fine", "fond", "glad", "grand", "happy", "jolly", "keen",
        "kind", "light", "lucky", "merry", "mild", "neat", "noble", "proud", "quick", "quiet", "rapid", "ready", "sharp", "shiny", "smart", "spry", "sunny", "swift", "tidy",
        "warm", "wise", "witty", "young",
    ];

    private static readonly string[] Animals =
    [
        "ant", "bear", "bee", "bison", "carp", "cat", "colt", "crab", "crane", "crow", "deer", "dog", "dove", "duck", "eagle", "elk", "finch", "fox", "frog", "goat", "goose",
        "gull", "hare", "hawk", "heron", "horse", "koala", "lark", "lion", "lynx", "mole", "moose", "mouse", "newt", "otter", "owl", "panda", "pike", "quail", "raven", "robin",
        "seal", "shrew", "sloth", "snail", "stork", "swan", "tiger", "toad", "trout", "whale", "wolf", "wren", "zebra",
    ];

    /// <summary>A name; two may be the same.</summary>
    internal static string New()
    {
        // A new random identifier is random enough, and the same on every framework.
        byte[] random = Guid.NewGuid().ToByteArray();
        return string.Join(
            "-", Adjectives[random[0] % Adjectives.Length], Animals[random[1] % Animals.Length], (BitConverter.ToUInt16(random, 2) % 1001).ToString(CultureInfo.InvariantCulture));
    }
}
