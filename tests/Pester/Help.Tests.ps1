# Every example of the help runs as it stands in the module's folder: here in a folder that has the same examples in it.

BeforeDiscovery {
    $pages = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/cmdlets'
    $fence = '(?ms)^### (?<title>[^\r\n]+)\s+^```powershell\r?\n(?<code>.*?)^```(?:\s+^```output\r?\n(?<output>.*?)^```)?'
    $found = foreach ($page in Get-ChildItem $pages -Filter *.md) {
        foreach ($match in [regex]::Matches([System.IO.File]::ReadAllText($page.FullName), $fence)) {
            @{
                Cmdlet = $page.BaseName
                Title  = $match.Groups['title'].Value
                Code   = $match.Groups['code'].Value
                Output = $match.Groups['output'].Value
            }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    if ($PSStyle) {
        $PSStyle.OutputRendering = 'PlainText'
    }

    function Get-Line {
        param([string] $Text)
        @($Text -split '\r?\n' | ForEach-Object TrimEnd | Where-Object Length)
    }
}

Describe 'The examples of <Cmdlet>' -ForEach ($found | Group-Object { $_.Cmdlet } | ForEach-Object { @{ Cmdlet = $_.Name; Found = $_.Group } }) {
    It 'are those that Get-Help shows' {
        $shown = (Get-Help $Cmdlet -Examples).examples.example
        @($shown | ForEach-Object { $_.code.Trim() }) | Should -Be @($Found | ForEach-Object { $_.Code.Trim() -replace '\r' })
    }

    It 'run: <Title>' -ForEach $Found {
        Copy-Item $examples $TestDrive -Recurse -Force
        Push-Location $TestDrive
        try {
            $ErrorActionPreference = 'Stop'
            $shown = & ([scriptblock]::Create($Code)) | Out-String -Width 120
        }
        finally {
            Pop-Location
        }

        if ($Output) {
            Get-Line $shown | Should -Be (Get-Line $Output)
        }
    }
}
