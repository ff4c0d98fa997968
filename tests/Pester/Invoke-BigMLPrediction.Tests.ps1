BeforeAll {
    . $PSScriptRoot/common.ps1
    $iris = Join-Path $examples 'data/iris.csv'
    $tree = Join-Path $examples 'models/iris-tree.json'
    $model = Import-BigMLModel $tree
}

Describe 'Invoke-BigMLPrediction' {
    It 'counts the answers with Group-Object' {
        $groups = Import-Csv $iris | Invoke-BigMLPrediction $model | Group-Object Prediction -NoElement
        @($groups | ForEach-Object { "$($_.Name) $($_.Count)" }) | Should -Be 'setosa 50', 'versicolor 51', 'virginica 49'
    }

    It 'takes a path for the model' {
        (Import-Csv $iris | Select-Object -First 1 | Invoke-BigMLPrediction -Model $tree).Prediction | Should -Be 'setosa'
    }

    It 'writes a file with Export-Csv that Import-Csv reads' {
        $file = Join-Path $TestDrive 'predictions.csv'
        Import-Csv $iris | Invoke-BigMLPrediction $model -IncludeInput -Prefix 'my ' | Export-Csv $file -NoTypeInformation
        $written = @(Import-Csv $file)
        $written.Count | Should -Be 150
        $written[0].'petal length' | Should -Be '1.4'
        $written[0].'my Prediction' | Should -Be 'setosa'
        $written[0].'my Path' | Should -Be 'petal length <= 2.45'
        $written[0].'my Distribution' | Should -Be 'setosa: 50'
        @($written.'my Path' -like 'System.*') | Should -BeNullOrEmpty
    }

    It 'has the same columns in every row of Export-Csv' {
        $file = Join-Path $TestDrive 'missing.csv'
        Import-Csv (Join-Path $examples 'data/iris-missing.csv') | Invoke-BigMLPrediction $model | Export-Csv $file -NoTypeInformation
        (Get-Content $file -TotalCount 1) | Should -Be '"Prediction","Probability","Confidence","Votes","Count","Next","Path","Distribution","UnusedFields"'
        @(Import-Csv $file).Count | Should -Be 30
    }

    It 'emits what ConvertTo-Json takes' {
        $answer = @{ 'petal length' = 1.4 } | Invoke-BigMLPrediction $model | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $answer.Prediction | Should -Be 'setosa'
        $answer.Path | Should -Be 'petal length <= 2.45'
        $answer.Distribution[0].Value | Should -Be 'setosa'
        $answer.Votes | Should -BeNullOrEmpty
    }

    It 'is a table of what matters' {
        if ($PSStyle) {
            $PSStyle.OutputRendering = 'PlainText'
        }

        $lines = @((@{ 'petal length' = 1.4 } | Invoke-BigMLPrediction $model | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ })
        $lines[0] | Should -Match '^Prediction +Probability +Confidence +Path *$'
        $lines[2] | Should -Match '^setosa +0.98693 +0.92865 petal length <= 2.45 *$'
    }

    It 'sorts, filters and measures' {
        $answers = Import-Csv $iris | Invoke-BigMLPrediction $model -IncludeInput
        ($answers | Where-Object { $_.Prediction -ne $_.species } | Measure-Object).Count | Should -Be 3
        ($answers | Measure-Object Probability -Minimum).Minimum | Should -BeLessThan 0.97
        ($answers | Sort-Object Probability -Descending | Select-Object -First 1).Prediction | Should -Be 'setosa'
    }

    It 'stops the rows when Select-Object has enough' {
        $script:asked = 0
        $answers = Import-Csv $iris | ForEach-Object { $script:asked++; $_ } | Invoke-BigMLPrediction $model | Select-Object -First 2
        $answers.Count | Should -Be 2
        $script:asked | Should -Be 2
    }

    It 'answers the rows around a bad one' {
        $rows = "id;petal length`n1;1.4`n2;long`n3;1.4" -split "`n" | ConvertFrom-Csv -Delimiter ';'
        $answers = $rows | Invoke-BigMLPrediction $model -IncludeInput -ErrorAction SilentlyContinue -ErrorVariable bad
        $answers.id | Should -Be '1', '3'
        $bad[0].TargetObject.id | Should -Be '2'
        $bad[0].ErrorDetails.Message | Should -BeLike 'Row 2: *petal length*long*'
    }

    It 'warns of a file with another delimiter' {
        $null = "petal length;petal width`n1.4;0.2" -split "`n" | ConvertFrom-Csv | Invoke-BigMLPrediction $model -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike '*delimiter*'
    }

    It 'gives Tee-Object and PipelineVariable what they want' {
        $null = Import-Csv $iris -PipelineVariable row | Invoke-BigMLPrediction $model | Tee-Object -Variable kept | ForEach-Object { $row.species }
        $kept.Count | Should -Be 150
    }

    It 'reads a file as Import-Csv and the pipeline do, and writes one' {
        $file = Join-Path $TestDrive 'scored.csv'
        Invoke-BigMLPrediction $model -CsvPath $iris -OutputPath $file -IncludeInput -Prefix 'my '
        $written = @(Import-Csv $file)
        $written.species | Should -Be (Import-Csv $iris).species
        $written.'my prediction' | Should -Be (Import-Csv $iris | Invoke-BigMLPrediction $model).Prediction
        (Invoke-BigMLPrediction $model -CsvPath $iris | Select-Object -First 3).Count | Should -Be 3
    }

    It 'works in Start-ThreadJob with a model that was read outside' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $jobs = 1..3 | ForEach-Object {
            Start-ThreadJob {
                Import-Module $using:module
                @(Import-Csv $using:iris | Invoke-BigMLPrediction $using:model | Group-Object Prediction -NoElement).ForEach('Count') -join ' '
            }
        }
        $jobs | Receive-Job -Wait -AutoRemoveJob | Should -Be '50 51 49', '50 51 49', '50 51 49'
    }

    It 'works in ForEach-Object -Parallel with one model for all' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $counts = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:module
            @(Import-Csv $using:iris | Invoke-BigMLPrediction $using:model | Group-Object Prediction -NoElement).ForEach('Count') -join ' '
        }
        $counts | Should -Be (@('50 51 49') * 4)
    }

    It 'works in a job of its own process' {
        $answer = Start-Job {
            Import-Module $using:module
            (Import-Csv $using:iris | Select-Object -First 1 | Invoke-BigMLPrediction $using:tree).Prediction
        } | Receive-Job -Wait -AutoRemoveJob
        $answer | Should -Be 'setosa'
    }

    It 'leaves no number to the culture but those that Export-Csv writes' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $saved = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $answer = [pscustomobject]@{ 'petal length' = '1.4' } | Invoke-BigMLPrediction $model
            "$answer $($answer.Path) $($answer.Distribution)" | Should -Be 'setosa petal length <= 2.45 setosa: 50'
            ($answer | ConvertTo-Csv -NoTypeInformation)[1] | Should -BeLike '"setosa","0,98692*'
        }
        finally {
            [cultureinfo]::CurrentCulture = $saved
        }
    }
}
