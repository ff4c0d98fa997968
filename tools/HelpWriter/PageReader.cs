using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BigMlFlow.HelpWriter;

/// <summary>Reads a page: a heading of the first level for the cmdlet, of the second for its parts, of the third for their entries.</summary>
internal sealed class PageReader
{
    private const string DefaultMark = "Default: ";

    private readonly HelpPage _page;
    private readonly List<string> _complaints;
    private string _part = "";
    private object? _entry;

    private PageReader(HelpPage page, List<string> complaints)
    {
        _page = page;
        _complaints = complaints;
    }

    /// <summary>Reads the page in a file; what is wrong with it is added to the complaints.</summary>
    public static HelpPage Read(string path, List<string> complaints)
    {
        var page = new HelpPage { File = Path.GetFileName(path), Name = Path.GetFileNameWithoutExtension(path) };
        var reader = new PageReader(page, complaints);
        foreach (Block block in Markdown.Parse(File.ReadAllText(path)))
        {
            if (block is HeadingBlock heading)
                reader.Open(heading);
            else
                reader.Add(block);
        }

        return page;
    }

    private void Open(HeadingBlock heading)
    {
        string text = TextOf(heading.Inline);
        int line = heading.Line + 1;
        _entry = null;
        switch (heading.Level, _part)
        {
            case (1, _):
                if (text != _page.Name)
                    Complain(line, $"the heading is '{text}', the file's name says '{_page.Name}'");
                break;
            case (2, _):
                _part = text;
                if (text is not ("Description" or "Examples" or "Parameters" or "Inputs" or "Outputs" or "Notes" or "Related links"))
                    Complain(line, $"there is no part '{text}'");
                break;
            case (3, "Examples"):
                _entry = Added(_page.Examples, new HelpExample(text, line));
                break;
            case (3, "Parameters"):
                if (!text.StartsWith('-'))
                    Complain(line, $"a parameter begins with a dash, not '{text}'");
                _entry = Added(_page.Parameters, new HelpEntry(text.TrimStart('-'), line));
                break;
            case (3, "Inputs"):
                _entry = Added(_page.Inputs, new HelpEntry(text, line));
                break;
            case (3, "Outputs"):
                _entry = Added(_page.Outputs, new HelpEntry(text, line));
                break;
            default:
                Complain(line, $"the heading '{text}' has no place here");
                break;
        }
    }

    private void Add(Block block)
    {
        switch (block, _entry, _part)
        {
            case (FencedCodeBlock { Info: "powershell" } code, HelpExample { Code: "" } example, _):
                example.Code = code.Lines.ToString();
                break;
            case (FencedCodeBlock { Info: "output" } code, HelpExample { Output: null } example, _):
                example.Output = code.Lines.ToString();
                break;
            case (_, HelpExample example, _):
                AddText(example.Remarks, block);
                break;
            case (ParagraphBlock paragraph, HelpEntry entry, "Parameters") when TextOf(paragraph.Inline).StartsWith(DefaultMark, StringComparison.Ordinal):
                entry.Default = TextOf(paragraph.Inline)[DefaultMark.Length..].TrimEnd('.');
                break;
            case (_, HelpEntry entry, _):
                AddText(entry.Text, block);
                break;
            case (ParagraphBlock paragraph, null, "") when _page.Synopsis.Length == 0:
                _page.Synopsis = TextOf(paragraph.Inline);
                break;
            case (_, null, "Description"):
                AddText(_page.Description, block);
                break;
            case (_, null, "Notes"):
                AddText(_page.Notes, block);
                break;
            case (ListBlock list, null, "Related links"):
                _page.Links.AddRange(list.Cast<ListItemBlock>().Select(item => TextOf(item.Descendants<ParagraphBlock>().Single().Inline)));
                break;
            default:
                Complain(block.Line + 1, "this has no place here");
                break;
        }
    }

    private void AddText(List<string> text, Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                text.Add(TextOf(paragraph.Inline));
                break;
            case ListBlock list:
                text.AddRange(list.Cast<ListItemBlock>().Select(item => "- " + TextOf(item.Descendants<ParagraphBlock>().Single().Inline)));
                break;
            default:
                Complain(block.Line + 1, "only paragraphs and lists can be shown here");
                break;
        }
    }

    /// <summary>The text as a console shows it: without marks, and with the address of a link behind it.</summary>
    private static string TextOf(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                LinkInline { Url: { } url } link when url.Contains("://", StringComparison.Ordinal) => $"{TextOf(link)} ({url})",
                AutolinkInline link => link.Url,
                ContainerInline inner => TextOf(inner),
                _ => throw new NotSupportedException($"{inline.GetType().Name} cannot be shown on a console."),
            });
        }

        return text.ToString();
    }

    private void Complain(int line, string what) => _complaints.Add($"{_page.File}({line}): {what}.");

    private static T Added<T>(List<T> list, T entry)
    {
        list.Add(entry);
        return entry;
    }
}
