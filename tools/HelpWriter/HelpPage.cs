using System.Collections.Generic;

namespace BigMlFlow.HelpWriter;

/// <summary>The page of a cmdlet in docs/cmdlets: what people write. What the module itself knows is not in it.</summary>
internal sealed class HelpPage
{
    /// <summary>The file's name, for messages.</summary>
    public required string File { get; init; }

    /// <summary>The cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string Synopsis { get; set; } = "";

    /// <summary>What it does, in paragraphs.</summary>
    public List<string> Description { get; } = [];

    /// <summary>How it is used.</summary>
    public List<HelpExample> Examples { get; } = [];

    /// <summary>The parameters in the order of the page, without the dash.</summary>
    public List<HelpEntry> Parameters { get; } = [];

    /// <summary>The types that can be piped in.</summary>
    public List<HelpEntry> Inputs { get; } = [];

    /// <summary>The types that come out.</summary>
    public List<HelpEntry> Outputs { get; } = [];

    /// <summary>What else there is to know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Where to read on: names of cmdlets, topics and pages.</summary>
    public List<string> Links { get; } = [];
}

/// <summary>A parameter or a type, and what is said of it.</summary>
/// <param name="Name">The parameter's name without the dash, or the type's name.</param>
/// <param name="Line">Where in the page, from 1.</param>
internal sealed record HelpEntry(string Name, int Line)
{
    /// <summary>What is said of it.</summary>
    public List<string> Text { get; } = [];

    /// <summary>What holds where the parameter is not given; null where the page does not tell.</summary>
    public string? Default { get; set; }
}

/// <summary>An example: a title, code that runs as it stands in the module's folder, perhaps what it shows, and remarks.</summary>
/// <param name="Title">What is done.</param>
/// <param name="Line">Where in the page, from 1.</param>
internal sealed record HelpExample(string Title, int Line)
{
    /// <summary>The code.</summary>
    public string Code { get; set; } = "";

    /// <summary>What the code shows; null where the page does not tell.</summary>
    public string? Output { get; set; }

    /// <summary>What is said of it.</summary>
    public List<string> Remarks { get; } = [];
}
