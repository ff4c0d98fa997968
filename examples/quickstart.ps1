<#
.SYNOPSIS
The main job from end to end: import a BigML model, save it as an MLflow model, import that again, and score a CSV file.
.DESCRIPTION
Needs nothing but the module: it runs in PowerShell 7.4 or later, in Windows PowerShell 5.1, and in the engine host of
this project (dotnet run --project tools/EngineHost -- examples/quickstart.ps1).
#>
[CmdletBinding()]
param(
    # Where the model directory and the predictions go.
    [string] $Destination = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'BigMlFlow-quickstart')
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -Name BigMlFlow)) {
    # This script lies in the module's examples folder, or in that of a checkout where `dotnet build` has staged the module.
    $staged = [System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'BigMlFlow', 'BigMlFlow.psd1')
    $installed = [System.IO.Path]::Combine($PSScriptRoot, '..', 'BigMlFlow.psd1')
    Import-Module -Name $(if ([System.IO.File]::Exists($staged)) { $staged } else { $installed })
}

'1. A decision tree, as BigML exports it:'
$tree = Import-BigMLModel -LiteralPath ([System.IO.Path]::Combine($PSScriptRoot, 'models', 'iris-tree.json'))
$tree | Out-Default

'2. The same, saved in the format of MLflow:'
$directory = [System.IO.Path]::Combine($Destination, 'iris-tree')
$saved = $tree | Save-BigMLModel -Path $directory -Force
$saved | Out-Default

'3. Imported again, it scores the rows of a file; blank cells are missing values:'
$rows = [System.IO.Path]::Combine($PSScriptRoot, 'data', 'iris-missing.csv')
$model = Import-BigMLModel -LiteralPath $directory
$predictions = Invoke-BigMLPrediction -Model $model -CsvPath $rows
$predictions[0..4] | Out-Default
"… and $($predictions.Count - 5) more."

'4. Rows may come from the pipeline too, as Import-Csv emits them:'
[pscustomobject]@{ 'petal length' = '4.9'; 'petal width' = '1.5'; 'sepal length' = '6.3' } |
    Invoke-BigMLPrediction -Model $model -IncludeInput |
    Out-Default

'5. With missing values, both branches of a split may count:'
@{ 'petal width' = 1.6 } | Invoke-BigMLPrediction -Model $model -MissingStrategy Proportional | Out-Default
