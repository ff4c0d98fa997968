# Imports the cmdlets of the running edition. In PowerShell 7 they and all that they depend on live in an assembly load
# context of their own. Only what the bare engine has is used here: no cmdlet of the Utility or Management modules.

if ($PSEdition -eq 'Core' -and $PSVersionTable.PSVersion -lt [version]'7.4') {
    throw "BigMlFlow needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $($PSVersionTable.PSVersion). Install a current PowerShell and import the module there."
}

$assembly = if ($PSEdition -eq 'Core') {
    # LoadFile, not LoadFrom: copies of the module in two folders stay apart.
    $loading = [System.Reflection.Assembly]::LoadFile([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'Core', 'BigMlFlow.Loading.dll'))
    $loading.GetType('BigMlFlow.Loading.ModuleLoadContext', $true)::LoadModuleAssembly('BigMlFlow.PowerShell')
}
else {
    [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'Desktop', 'BigMlFlow.PowerShell.dll'))
}

$cmdlets = (Import-Module -Assembly $assembly -PassThru).ExportedCmdlets

# After Import-Module -Force the engine takes the inner module from its cache and does not pass its cmdlets on to this
# one (PowerShell issue 20710), which would then export nothing: pass on what is missing.
$self = $ExecutionContext.SessionState.Module
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $cmdlets.Values) {
    if ($export -and -not $self.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
        $null = $export.Invoke($self, @($cmdlet))
    }
}
