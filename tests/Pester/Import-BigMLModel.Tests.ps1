BeforeAll {
    . $PSScriptRoot/common.ps1
    $models = Join-Path $examples 'models'
    $tree = Join-Path $models 'iris-tree.json'
}

Describe 'Import-BigMLModel' {
    It 'reads the files that Get-ChildItem finds' {
        $read = Get-ChildItem $models -Filter petal-*.json | Import-BigMLModel
        $read.Name | Should -Be 'petal-linear', 'petal-regression'
    }

    It 'reads a file whose name has brackets, from Get-ChildItem' {
        Copy-Item $tree (Join-Path $TestDrive 'tree [1].json')
        (Get-ChildItem $TestDrive -Filter 'tree*' | Import-BigMLModel).Source | Should -Be (Join-Path $TestDrive 'tree [1].json')
    }

    It 'reads a path that a text file holds' {
        Set-Content (Join-Path $TestDrive 'list.txt') $tree
        (Get-Content (Join-Path $TestDrive 'list.txt') | Import-BigMLModel).Name | Should -Be 'iris-tree'
    }

    It 'begins at the location of PowerShell' {
        Push-Location $models
        try {
            (Import-BigMLModel iris-tree.json).Source | Should -Be $tree
            (Import-BigMLModel ./iris-ensemble).ModelCount | Should -Be 10
        }
        finally {
            Pop-Location
        }
    }

    It 'takes a path of a drive that New-PSDrive made' {
        $null = New-PSDrive -Name Models -PSProvider FileSystem -Root $models -Scope Local
        (Import-BigMLModel Models:/iris-tree.json).Source | Should -Be $tree
    }

    It 'reads the others where one is no model' {
        $read = Import-BigMLModel $tree, (Join-Path $examples 'data/iris.csv'), (Join-Path $models 'iris-logistic.json') -ErrorAction SilentlyContinue -ErrorVariable failed
        $read.Name | Should -Be 'iris-tree', 'iris-logistic'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'BigMLModelUnreadable,*'
        "$($failed[0])" | Should -BeLike '*iris.csv*'
    }

    It 'has an error that try and catch take' {
        { Import-BigMLModel ./none.json -ErrorAction Stop } | Should -Throw -ErrorId 'BigMLPathNotFound,BigMlFlow.PowerShell.Commands.ImportBigMLModelCommand'
    }

    It 'reads no more than Select-Object asks for' {
        $said = Import-BigMLModel $tree, $tree, $tree -Verbose 4>&1 | Select-Object -First 2
        @($said).Count | Should -Be 2
        @($said)[0].Message | Should -BeLike "Reading the model in '*iris-tree.json'."
    }

    It 'is a line of a table for each of many' {
        if ($PSStyle) {
            $PSStyle.OutputRendering = 'PlainText'
        }

        $lines = @((Import-BigMLModel $tree, (Join-Path $models 'iris-ensemble') | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ })
        $lines[0] | Should -Match '^Type +Objective +Fields Models Classes'
        $lines[2] | Should -Match '^model +species +4 +setosa, '
        $lines[3] | Should -Match '^ensemble +species +4 +10 setosa, '
    }

    It 'emits what ConvertTo-Json and Select-Object take' {
        $model = Import-BigMLModel $tree | Select-Object Type, Name, Resource, @{ Name = 'Objective'; Expression = { $_.Objective.Name } }
        $model | ConvertTo-Json -Compress | Should -BeLike '{"Type":"model","Name":"iris-tree","Resource":"model/*","Objective":"species"}'
    }
}
