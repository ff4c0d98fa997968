using System.CommandLine;

var root = new RootCommand("Scores rows with BigML models, without PowerShell.");
return await root.Parse(args).InvokeAsync();
