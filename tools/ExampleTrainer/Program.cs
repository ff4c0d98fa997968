using System;
using System.IO;
using System.Text;
using BigMlFlow.ExampleTrainer;

// Without an argument: the examples folder of the checkout that holds the current directory.
string folder = args is [var given] ? given : Path.Combine(RepositoryRoot(), "examples");
foreach (var (path, text, note) in Examples.Train())
{
    string target = Path.Combine(folder, path);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    File.WriteAllText(target, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    if (note.Length > 0)
        Console.WriteLine($"{path}: {note}");
}
return 0;

static string RepositoryRoot()
{
    for (var directory = new DirectoryInfo(Directory.GetCurrentDirectory()); directory is not null; directory = directory.Parent)
    {
        if (File.Exists(Path.Combine(directory.FullName, "BigMlFlow.PowerShell.sln")))
            return directory.FullName;
    }
    throw new DirectoryNotFoundException("No BigMlFlow.PowerShell.sln in the current directory or above it: run this inside the checkout, or name the examples folder.");
}
