using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace BigMlFlow.HelpWriter;

/// <summary>The help file of the cmdlet assembly.</summary>
internal static class HelpFile
{
    /// <summary>Where the pages are, from the top of the project.</summary>
    public static readonly string Pages = Path.Combine("docs", "cmdlets");

    /// <summary>Where the help file is, from the top of the project. The engine finds it by the assembly's name.</summary>
    public static readonly string Target = Path.Combine("en-US", "BigMlFlow.PowerShell.dll-Help.xml");

    /// <summary>Reads the pages.</summary>
    public static IReadOnlyList<HelpPage> ReadPages(string root, List<string> complaints) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, Pages), "*.md").Order(StringComparer.Ordinal).Select(path => PageReader.Read(path, complaints))];

    /// <summary>Makes the text of the file.</summary>
    /// <param name="root">The top of the project.</param>
    /// <param name="cmdlets">The module's cmdlets.</param>
    /// <param name="complaints">What is wrong with the pages; the file is whole only if there is nothing.</param>
    public static string Make(string root, IEnumerable<CmdletInfo> cmdlets, out List<string> complaints)
    {
        complaints = [];
        Dictionary<string, HelpPage> pages = ReadPages(root, complaints).ToDictionary(page => page.Name);
        var items = new XElement(MamlWriter.Root + "helpItems", new XAttribute("schema", "maml"));
        foreach (CmdletInfo cmdlet in cmdlets.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal))
        {
            if (!pages.Remove(cmdlet.Name, out HelpPage? page))
            {
                complaints.Add($"{cmdlet.Name} has no page {Path.Combine(Pages, cmdlet.Name)}.md.");
                continue;
            }

            int before = complaints.Count;
            PageChecker.Check(page, cmdlet, complaints);
            if (complaints.Count == before)
                items.Add(new MamlWriter(page, cmdlet).Write());
        }

        complaints.AddRange(pages.Values.Select(page => $"{page.File}: the module has no such cmdlet."));
        return Text(new XDocument(new XComment($" Written by tools/HelpWriter from {Pages.Replace('\\', '/')}: edit those. "), items));
    }

    private static string Text(XDocument document)
    {
        using var text = new Utf8Text();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(text, settings))
            document.Save(writer);
        return text + "\n";
    }

    /// <summary>Makes the declaration say UTF-8, in which the text is written.</summary>
    private sealed class Utf8Text : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
