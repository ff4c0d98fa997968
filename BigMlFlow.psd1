@{
    RootModule             = 'BigMlFlow.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5e3b7a31-3aeb-4464-83af-ec0318b1baf3'
    Author                 = 'The BigMlFlow authors'
    CompanyName            = 'The BigMlFlow authors'
    Copyright              = '(c) The BigMlFlow authors. Apache License 2.0.'
    Description            = 'The BigML flavor of MLflow for PowerShell: saves BigML models in the format of MLflow, loads them, and scores rows with them on this computer. No Python is needed, and the predictions are those of the Python bindings of BigML.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')

    CmdletsToExport        = @('Import-BigMLModel', 'Invoke-BigMLPrediction', 'Save-BigMLModel')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()

    FormatsToProcess       = @('BigMlFlow.Format.ps1xml')
    TypesToProcess         = @('BigMlFlow.Types.ps1xml')

    PrivateData            = @{
        PSData = @{
            Tags         = @('BigML', 'MLflow', 'MachineLearning', 'Prediction', 'Scoring', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
