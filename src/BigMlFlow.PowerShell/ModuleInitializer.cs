using System.Management.Automation;
#if NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;
using System.Threading;
#endif

namespace BigMlFlow.PowerShell;

/// <summary>
/// Runs at each import, in each runspace. In Windows PowerShell, where there are neither load contexts nor binding
/// redirects for a module, it lets the assemblies of the module's folder find each other whatever versions they were
/// compiled against. PowerShell 7 has the load context of BigMlFlow.Loading for that.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
#if NETFRAMEWORK
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
    private static int _hooked;

    /// <inheritdoc/>
    public void OnImport()
    {
        // Once for the process and for good: another runspace may need it after this one has removed the module.
        if (Interlocked.Exchange(ref _hooked, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <summary>Answers the module's own assemblies only: other modules must not get our copies.</summary>
    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } requester || !IsOurs(requester))
            return null;
        var path = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    private static bool IsOurs(Assembly assembly) =>
        string.Equals(Path.GetDirectoryName(assembly.Location), Folder, StringComparison.OrdinalIgnoreCase);
#else
    /// <inheritdoc/>
    public void OnImport()
    {
    }
#endif
}
