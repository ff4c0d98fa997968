<#
.SYNOPSIS
    Builds, tests and installs BigMlFlow.
.DESCRIPTION
    Needs the .NET SDK 10. Runs in PowerShell 7 and in Windows PowerShell 5.1.

    Build    builds everything and stages the module in out/BigMlFlow, ready for Import-Module.
    Test     builds, runs all tests of 'dotnet test', and then the Pester suites in this PowerShell.
    Install  builds, and copies the staged module to the user's own modules, so that it is found by its name.
.PARAMETER Task
    What to do, in this order. Build if not given.
.PARAMETER Configuration
    The configuration of the build. The staged module is that of Release whatever this is.
.PARAMETER Destination
    The folder of modules to install into. By default the user's own, the first on the module path.
.EXAMPLE
    ./build.ps1

    Builds and stages the module.
.EXAMPLE
    ./build.ps1 Test

    Runs all tests.
.EXAMPLE
    ./build.ps1 Install -WhatIf

    Says where the module would be installed.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Install')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $Destination = ($env:PSModulePath -split [System.IO.Path]::PathSeparator)[0]
)

$ErrorActionPreference = 'Stop'
$module = Join-Path (Join-Path $PSScriptRoot 'out') 'BigMlFlow'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

Push-Location $PSScriptRoot
try {
    Invoke-DotNet build --configuration $Configuration

    if ('Test' -in $Task) {
        Invoke-DotNet test --no-build --configuration $Configuration
        $shell = (Get-Process -Id $PID).Path
        & $shell -NoProfile -ExecutionPolicy Bypass -File (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1')
        if ($LASTEXITCODE -ne 0) {
            throw "The Pester suites failed with exit code $LASTEXITCODE."
        }
    }

    if ('Install' -in $Task) {
        $version = (Import-PowerShellDataFile (Join-Path $module 'BigMlFlow.psd1')).ModuleVersion
        $target = Join-Path (Join-Path $Destination 'BigMlFlow') $version
        if ($PSCmdlet.ShouldProcess($target, 'Install BigMlFlow')) {
            if (Test-Path -LiteralPath $target) {
                Remove-Item -LiteralPath $target -Recurse -Force
            }

            $null = New-Item $target -ItemType Directory -Force
            Copy-Item (Join-Path $module '*') $target -Recurse
            Get-Module $target -ListAvailable
        }
    }
}
finally {
    Pop-Location
}
