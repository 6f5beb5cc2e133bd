# Puts the certificate that signs into the person's store, for one build, and tells its thumbprint.
#
#   $env:PFX            the certificate with its key (.pfx), as base64; without it nothing is done
#   $env:PFX_PASSWORD   its password
$ErrorActionPreference = 'Stop'

if (-not $env:PFX) {
    Write-Output 'There is no certificate: what is built is not signed, and is named so.'
    exit 0
}
if (-not $env:PFX_PASSWORD) { throw 'PFX_PASSWORD is not set. Set it to the password of the certificate.' }
$file = Join-Path $env:RUNNER_TEMP 'certificate.pfx'
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:PFX))
    $password = ConvertTo-SecureString -String $env:PFX_PASSWORD -AsPlainText -Force
    $imported = Import-PfxCertificate -FilePath $file -Password $password -CertStoreLocation Cert:\CurrentUser\My
}
finally {
    Remove-Item -Force -ErrorAction SilentlyContinue $file
}
"thumbprint=$($imported.Thumbprint)" | Out-File -FilePath $env:GITHUB_OUTPUT -Append -Encoding utf8

# signtool comes with the Windows SDK and is not on the path.
$tool = Get-ChildItem 'C:\Program Files (x86)\Windows Kits\10\bin\*\x64\signtool.exe' | Sort-Object FullName | Select-Object -Last 1
if (-not $tool) { throw 'signtool is missing: the Windows SDK has it.' }
$tool.DirectoryName | Out-File -FilePath $env:GITHUB_PATH -Append -Encoding utf8
