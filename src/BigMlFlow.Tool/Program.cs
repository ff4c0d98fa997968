using System.CommandLine;
using BigMlFlow.Tool;

var root = new RootCommand("Scores rows with BigML models, without PowerShell.") { PredictCommand.Create() };
ParseResult parsed = root.Parse(args);
// What is a mistake of this program's own ends it with a stack trace, rather than looking like one of its exit codes.
int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
