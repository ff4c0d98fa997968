BeforeAll {
    . $PSScriptRoot/common.ps1
    $models = Join-Path $examples 'models'
    $iris = Join-Path $examples 'data/iris.csv'
}

Describe 'Save-BigMLModel' {
    It 'saves, and what was saved is imported and answers the same' {
        $model = Import-BigMLModel (Join-Path $models 'iris-ensemble')
        $saved = $model | Save-BigMLModel -Path (Join-Path $TestDrive 'ensemble')
        Join-Path $TestDrive 'ensemble/MLmodel' | Should -Exist
        $again = $saved | Import-BigMLModel
        $answers = Import-Csv $iris | Invoke-BigMLPrediction $again
        ($answers | ConvertTo-Json -Depth 4) | Should -Be (Import-Csv $iris | Invoke-BigMLPrediction $model | ConvertTo-Json -Depth 4)
    }

    It 'saves every model that Get-ChildItem finds' {
        $saved = Get-ChildItem $models -Filter petal-*.json | Import-BigMLModel | Save-BigMLModel -Path { Join-Path $TestDrive "all/$($_.Name)" }
        $saved.Path | Should -Be (Join-Path $TestDrive 'all/petal-linear'), (Join-Path $TestDrive 'all/petal-regression')
        (Get-ChildItem (Join-Path $TestDrive 'all') -Directory | Import-BigMLModel).Name | Should -Be 'petal-linear', 'petal-regression'
    }

    It 'writes nothing with -WhatIf' {
        Import-BigMLModel (Join-Path $models 'iris-tree.json') | Save-BigMLModel -Path (Join-Path $TestDrive 'none') -WhatIf
        Join-Path $TestDrive 'none' | Should -Not -Exist
    }

    It 'begins at the location of PowerShell' {
        Push-Location $TestDrive
        try {
            (Import-BigMLModel (Join-Path $models 'iris-tree.json') | Save-BigMLModel ./relative).Path | Should -Be (Join-Path $TestDrive 'relative')
        }
        finally {
            Pop-Location
        }
    }

    It 'keeps what is there unless it is forced' {
        $folder = Join-Path $TestDrive 'kept'
        $null = New-Item $folder -ItemType Directory
        Set-Content (Join-Path $folder 'keep.txt') 'mine'
        $model = Import-BigMLModel (Join-Path $models 'iris-tree.json')
        { $model | Save-BigMLModel $folder -ErrorAction Stop } | Should -Throw -ErrorId 'BigMLTargetExists,BigMlFlow.PowerShell.Commands.SaveBigMLModelCommand'
        Join-Path $folder 'keep.txt' | Should -Exist
        $null = $model | Save-BigMLModel $folder -Force
        Join-Path $folder 'keep.txt' | Should -Not -Exist
    }
}
