# Dot-sourced by every suite, in BeforeAll: imports the staged module and says where things lie.
# Runs in PowerShell 7 and in Windows PowerShell 5.1.

$root = Split-Path (Split-Path $PSScriptRoot)
$module = Join-Path (Join-Path $root 'out') 'BigMlFlow'
$examples = Join-Path $root 'examples'

if (-not (Test-Path (Join-Path $module 'BigMlFlow.psd1'))) {
    throw "There is no staged module at '$module'. Run ./build.ps1 first."
}

if (-not (Get-Module BigMlFlow | Where-Object ModuleBase -EQ $module)) {
    Import-Module $module -Force -ErrorAction Stop
}
