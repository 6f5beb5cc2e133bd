# Takes the certificate out of the store again, with its key: $env:THUMBPRINT says which.
$ErrorActionPreference = 'Stop'

if (-not $env:THUMBPRINT) { throw 'THUMBPRINT is not set. Set it to what import_certificate.ps1 told.' }
Remove-Item -DeleteKey -Path "Cert:\CurrentUser\My\$($env:THUMBPRINT)"
