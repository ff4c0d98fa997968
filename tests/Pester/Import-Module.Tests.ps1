BeforeAll {
    . $PSScriptRoot/common.ps1
    $promised = @((Test-ModuleManifest (Join-Path $module 'BigMlFlow.psd1')).ExportedCmdlets.Keys | Sort-Object)
}

Describe 'Import-Module' {
    It 'exports what the manifest promises' {
        @(Get-Command -Module BigMlFlow | Sort-Object Name).Name | Should -Be $promised
    }

    It 'exports the same when imported again, <Name>' -ForEach @(
        @{ Name = 'plainly'; Again = { Import-Module $module } }
        @{ Name = 'with -Force'; Again = { Import-Module $module -Force } }
        @{ Name = 'after Remove-Module'; Again = { Remove-Module BigMlFlow; Import-Module $module } }
    ) {
        . $Again
        @((Get-Module BigMlFlow).ExportedCmdlets.Keys | Sort-Object) | Should -Be $promised
    }

    It 'is found by name on the module path' {
        $saved = $env:PSModulePath
        $shell = (Get-Process -Id $PID).Path
        try {
            $env:PSModulePath = (Split-Path $module) + [System.IO.Path]::PathSeparator + $saved
            $names = & $shell -NoProfile -Command '(Get-Command -Module BigMlFlow).Name' | Sort-Object
        }
        finally {
            $env:PSModulePath = $saved
        }

        @($names) | Should -Be $promised
    }

    It 'works in a job' {
        $names = Start-Job { Import-Module $using:module; (Get-Command -Module BigMlFlow).Name } | Receive-Job -Wait -AutoRemoveJob | Sort-Object
        @($names) | Should -Be $promised
    }

    It 'keeps its libraries to itself' -Skip:($PSEdition -ne 'Core') {
        $context = [System.Runtime.Loader.AssemblyLoadContext]
        $default = @($context::Default.Assemblies | Where-Object { $_.GetName().Name -in 'BigMlFlow', 'BigMlFlow.PowerShell', 'YamlDotNet', 'Sylvan.Data.Csv' })
        $default | Should -BeNullOrEmpty
    }
}
