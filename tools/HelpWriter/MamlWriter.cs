using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace BigMlFlow.HelpWriter;

/// <summary>Makes the element of a cmdlet in a help file (MAML, as Get-Help of both editions reads it).</summary>
/// <param name="page">What people wrote.</param>
/// <param name="cmdlet">What the engine knows of the cmdlet.</param>
internal sealed class MamlWriter(HelpPage page, CmdletInfo cmdlet)
{
    /// <summary>The namespace of the file's root.</summary>
    public static readonly XNamespace Root = "http://msh";

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>What every cmdlet that changes something has, and what the engine's own help does not describe.</summary>
    private static readonly Dictionary<string, HelpEntry> Switches = new()
    {
        ["WhatIf"] = new("WhatIf", 0) { Text = { "Says what would be done, and does nothing." } },
        ["Confirm"] = new("Confirm", 0) { Text = { "Asks before anything is done." } },
    };

    /// <summary>The element.</summary>
    public XElement Write() => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description([page.Synopsis])),
        Description(page.Description),
        new XElement(Command + "syntax", cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).Select(SyntaxItem)),
        new XElement(Command + "parameters", OnePerName().Select(Parameter)),
        new XElement(Command + "inputTypes", page.Inputs.Select(entry => new XElement(Command + "inputType", Type(entry.Name), Description(entry.Text)))),
        new XElement(Command + "returnValues", page.Outputs.Select(entry => new XElement(Command + "returnValue", Type(entry.Name), Description(entry.Text)))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));

    private XElement SyntaxItem(CommandParameterSetInfo set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        Told(set.Parameters)
            .OrderBy(parameter => parameter.Position < 0)
            .ThenBy(parameter => parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .ThenBy(parameter => Place(parameter.Name))
            .Select(parameter => Parameter(new Usage(parameter))));

    /// <summary>Each parameter once, though it may take part in several sets, in the order of the page.</summary>
    private IEnumerable<Usage> OnePerName() =>
        Told(cmdlet.ParameterSets.SelectMany(set => set.Parameters))
            .GroupBy(parameter => parameter.Name, (_, same) => new Usage([.. same]))
            .OrderBy(usage => Place(usage.Name));

    private static IEnumerable<CommandParameterInfo> Told(IEnumerable<CommandParameterInfo> parameters) =>
        parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private int Place(string parameter) =>
        page.Parameters.FindIndex(entry => entry.Name == parameter) is var place and >= 0 ? place : int.MaxValue;

    private XElement Parameter(Usage usage)
    {
        HelpEntry entry = page.Parameters.Find(entry => entry.Name == usage.Name) ?? Switches[usage.Name];
        bool isSwitch = usage.Type == typeof(SwitchParameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", usage.IsMandatory),
            new XAttribute("variableLength", usage.Type.IsArray),
            new XAttribute("globbing", usage.TakesWildcards),
            new XAttribute("pipelineInput", usage.PipelineInput),
            new XAttribute("position", usage.Position),
            new XAttribute("aliases", usage.Aliases),
            new XElement(Maml + "name", usage.Name),
            Description(entry.Text),
            usage.Choices is { Length: > 0 } choices
                ? new XElement(Command + "parameterValueGroup", choices.Select(choice => Value(choice, required: false)))
                : null,
            isSwitch ? null : Value(usage.TypeName, required: true),
            Type(usage.TypeName),
            new XElement(Dev + "defaultValue", entry.Default ?? (isSwitch ? "False" : "None")));
    }

    private static XElement Value(string text, bool required) =>
        new(Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", false), text);

    private static XElement Type(string name) =>
        new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Example(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(Shown(example))));

    /// <summary>What the code shows, the remarks, and a blank line before the next example.</summary>
    private static IEnumerable<string> Shown(HelpExample example) =>
        [.. example.Output is { } output ? [output] : Array.Empty<string>(), .. example.Remarks, ""];

    private static XElement Description(IEnumerable<string> text) => new(Maml + "description", Paragraphs(text));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> text) => text.Select(paragraph => new XElement(Maml + "para", paragraph));
}
