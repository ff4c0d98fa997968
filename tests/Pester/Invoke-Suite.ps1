<#
.SYNOPSIS
    Runs the Pester suites of this folder in the PowerShell that it is started in.
.DESCRIPTION
    Takes Pester 5 from the folder that the environment variable BIGMLFLOW_PESTER names, or from the module path.
    Ends with 0 when every test passed, 1 when one failed, and 3 when there is no Pester 5.
.PARAMETER ResultPath
    A file to write every test's name, result and message to, as JSON. Nothing is shown then.
.PARAMETER Path
    The suites to run: all of this folder unless given.
.EXAMPLE
    ./tests/Pester/Invoke-Suite.ps1
#>
[CmdletBinding()]
param(
    [string] $ResultPath,

    [string[]] $Path = $PSScriptRoot
)

$pester = if ($env:BIGMLFLOW_PESTER) {
    $env:BIGMLFLOW_PESTER
}
else {
    Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version -Descending |
        Select-Object -First 1 -ExpandProperty Path
}

if (-not $pester) {
    'There is no Pester 5: install it (Install-Module Pester -Force -SkipPublisherCheck), or set BIGMLFLOW_PESTER to its folder.'
    exit 3
}

Import-Module $pester -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($ResultPath) { 'None' } else { 'Detailed' }
$run = Invoke-Pester -Configuration $configuration

# The messages of an error and where in the suites it came from, without Pester's own frames.
function Format-Failure {
    param([object[]] $ErrorRecord)
    @($ErrorRecord | ForEach-Object {
            "$_"
            $_.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -like "*$PSScriptRoot*" -and $_ -notlike "*$(Split-Path $PSCommandPath -Leaf)*" }
        }) -join "`n"
}

if ($ResultPath) {
    $tests = @(
        foreach ($test in $run.Tests) {
            [pscustomobject]@{
                Name    = "$(Split-Path $test.ScriptBlock.File -Leaf): $($test.ExpandedPath)"
                Result  = "$($test.Result)"
                Message = Format-Failure $test.ErrorRecord
            }
        }

        # A suite that could not be read, or whose set-up failed, has no test to tell of it.
        foreach ($broken in @($run.FailedContainers) + @($run.FailedBlocks)) {
            if ($broken.ErrorRecord) {
                [pscustomobject]@{
                    Name    = "$broken"
                    Result  = 'Failed'
                    Message = Format-Failure $broken.ErrorRecord
                }
            }
        }
    )
    [System.IO.File]::WriteAllText($ResultPath, (ConvertTo-Json $tests -Depth 3))
}

exit [int]($run.Result -ne 'Passed')
