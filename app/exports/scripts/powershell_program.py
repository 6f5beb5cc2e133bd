"""What the PowerShell script does: the same text for every draft, whose values stand before it.

It keeps to Windows PowerShell 5.1, which every Windows has. It was parsed, and never run, where it
is tested. What 5.1 does differently, and how this keeps clear of it:

- redirected errors of a program end a script whose ``$ErrorActionPreference`` is ``Stop``: it is
  ``Continue`` around each call, and the exit status is looked at;
- quotation marks in an argument are lost: none is passed, documents go through files;
- ``Out-File`` and ``>`` write UTF-16, ``Set-Content -Encoding UTF8`` a byte order mark that the AWS
  CLI takes for a part of the policy: what is written is ASCII;
- output is read in the console's code page: documents are asked for as JMESPath's ``to_string``,
  which escapes what is not ASCII.

``ConvertFrom-Json`` of PowerShell 6 and later turns texts that look like times into other ones: a
key policy with such a text, or one that does not come back the same, is left to be done by hand.

Sources: PowerShell's issues 3996 and 14273 (errors), 3378 (times); about_Parsing; AWS CLI User
Guide, "Load AWS CLI parameters from a file" and "Structured error output".
"""

from typing import Final

OPENING: Final = r"""# Sets up UbiQuity's access to Amazon S3 in one AWS account: an IAM role,
# a policy and, for encrypted buckets, a statement in the policy of the KMS key.
# Made by ubiquity-s3-setup.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File .\set-up-ubiquity.ps1 -Check
#       shows what is there, and changes nothing
#   powershell -NoProfile -ExecutionPolicy Bypass -File .\set-up-ubiquity.ps1
#       shows what it will do, asks, and does it
#
# -Yes does not ask. -AwsProfile NAME signs in with that profile of the AWS CLI. -Boundary ARN is
# the permissions boundary that your organisation wants on a role.
# It may be run again at any time: what is there already is left as it is. It ends with 0 where all
# that it sets up is as it should be, and with 1 where something is left to do or was refused.
param(
    [switch]$Check,
    [switch]$Yes,
    [string]$AwsProfile = '',
    [string]$Boundary = ''
)
Set-StrictMode -Version 1.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
"""
"""How the script begins."""

PROGRAM: Final = r"""
$Admin = "whoever looks after AWS account $Account"
$script:Done = @()
$script:Changing = $false
$script:RoleIsNew = $false

function Stop-Script([string]$What, [string[]]$More) {
    Write-Host ''
    Write-Host "Stopped: $What"
    foreach ($line in $More) { Write-Host $line }
    if ($script:Done.Count -gt 0) {
        $list = $script:Done -join ', '
        Write-Host "Done before that: $list. It stays, and running this script again goes on."
    } elseif ($script:Changing) {
        Write-Host 'Nothing before that was changed.'
    } else {
        Write-Host 'Nothing was changed.'
    }
    exit 1
}

# Calls the AWS CLI and tells whether it succeeded; what it wrote is in Answer and Failure.
function Invoke-Aws([string[]]$Arguments) {
    $ErrorActionPreference = 'Continue'
    $all = $Arguments
    if ($AwsProfile -ne '') { $all = $all + @('--profile', $AwsProfile) }
    $lines = @(& aws @all 2>&1)
    $succeeded = ($LASTEXITCODE -eq 0)
    $texts = @()
    $failures = @()
    foreach ($line in $lines) {
        if ($line -is [System.Management.Automation.ErrorRecord]) {
            # Of an empty line 5.1 tells the name of its own type.
            $failures += ($line.Exception.Message -replace '^System\.Management\..*$', '')
        } else {
            $texts += [string]$line
        }
    }
    $script:Answer = ($texts -join "`n").Trim()
    $script:Failure = ($failures -join "`n").Trim() -replace '[^\x20-\x7E\n]', ''
    return $succeeded
}

function Get-ErrorCode {
    if ($script:Failure -match 'An error occurred \(([A-Za-z0-9._]+)\)') { return $Matches[1] }
    return ''
}

# Tells why the last call failed, and who can help.
function Stop-Refused([string]$What, [string]$Who) {
    $code = Get-ErrorCode
    if (@('AccessDenied', 'AccessDeniedException') -contains $code) {
        Stop-Script "AWS refused to $What (signin.not-allowed)." @(
            $script:Failure,
            "Ask $Who for the permissions in permissions-to-run.json, which came with this",
            'script, or to run it. If AWS speaks of an explicit deny or of a service control',
            'policy, only whoever looks after your organisation can change that.'
        )
    }
    $ended = @(
        'ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'InvalidClientTokenId',
        'UnrecognizedClientException', 'NoCredentials', 'NoCredentialsError', 'AuthFailure',
        'SignatureDoesNotMatch'
    )
    if ($ended -contains $code) {
        Stop-Script 'AWS does not accept the sign-in, or it has ended.' @(
            $script:Failure,
            'Sign in again (aws login, or aws sso login), then run this again.'
        )
    }
    if ($script:Failure -match 'ocate credentials|expired|SSO') {
        Stop-Script 'the AWS CLI is not signed in, or no longer.' @(
            $script:Failure,
            'Sign in (aws login, or aws sso login), then run this again. Where you use a profile,',
            'add -AwsProfile NAME.'
        )
    }
    Stop-Script "the AWS CLI could not $What." @(
        $script:Failure,
        'If that is about the network or the sign-in, mend it and run this again.',
        "Otherwise ask $Who."
    )
}

# Asks again while AWS does not know yet what was made a moment ago.
function Invoke-AwsPatiently([string[]]$Arguments) {
    foreach ($try in 1..15) {
        if (Invoke-Aws $Arguments) { return $true }
        $code = Get-ErrorCode
        if (-not $script:RoleIsNew) { return $false }
        if (@('NoSuchEntity', 'MalformedPolicyDocumentException') -notcontains $code) {
            return $false
        }
        Start-Sleep -Seconds 2
    }
    return $false
}

# One text for JSON that says the same: names in order, lists as they are.
function Get-PlainText($Value) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [array]) {
        $texts = @()
        foreach ($each in $Value) { $texts += (Get-PlainText $each) }
        return '[' + ($texts -join ',') + ']'
    }
    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        $texts = @()
        foreach ($property in @($Value.PSObject.Properties | Sort-Object -Property Name)) {
            $name = ConvertTo-Json -InputObject $property.Name -Compress
            $texts += ($name + ':' + (Get-PlainText $property.Value))
        }
        return '{' + ($texts -join ',') + '}'
    }
    return (ConvertTo-Json -InputObject $Value -Compress)
}

function Test-SameJson([string]$One, [string]$Other) {
    try {
        $plainOne = Get-PlainText (ConvertFrom-Json -InputObject $One)
        $plainOther = Get-PlainText (ConvertFrom-Json -InputObject $Other)
    } catch {
        return $false
    }
    return ($plainOne -ceq $plainOther)
}

function Save-Text([string]$Name, [string]$Text) {
    $path = Join-Path $Folder $Name
    Set-Content -LiteralPath $path -Value $Text -Encoding Ascii
    return "file://$path"
}

function Add-Report([string]$Word, [string]$What, [string]$State) {
    $script:Lines += ('  ' + $Word.PadRight(8) + ' ' + $What)
    $script:Lines += ('           ' + $State)
}

function Add-ToDo([string]$Word, [string]$What, [string]$State) {
    Add-Report $Word $What $State
    $script:ToDo += 1
}

function Add-Conflict([string]$Word, [string]$What, [string]$State) {
    Add-Report $Word $What "STANDS IN THE WAY: $State"
    $script:Conflicts += 1
}

function Read-Caller {
    if ($null -eq (Get-Command aws -CommandType Application -ErrorAction SilentlyContinue)) {
        Stop-Script 'the AWS CLI is not installed on this computer.' @(
            'Install it (https://aws.amazon.com/cli/), open a new window, and run this again.'
        )
    }
    $call = @('sts', 'get-caller-identity', '--region', 'us-east-1', '--output', 'text')
    if (-not (Invoke-Aws ($call + @('--query', '[Account, Arn]')))) {
        Stop-Refused 'tell who is signed in' $Admin
    }
    $words = @($script:Answer -split '\s+')
    Write-Host "Signed in as $($words[1])"
    if ($words[0] -cne $Account) {
        Stop-Script "this sign-in is for AWS account $($words[0]), and UbiQuity is to be set up" @(
            "in account $Account (signin.wrong-account). Sign in to that one, then run this again."
        )
    }
    if (-not $words[1].StartsWith('arn:aws:')) {
        Stop-Script 'this sign-in is for AWS in China or AWS GovCloud, where UbiQuity is not' @(
            '(signin.wrong-partition). Sign in to an ordinary AWS account, then run this again.'
        )
    }
}

function Read-Role {
    $script:RoleState = 'missing'
    $query = '[Role.Arn, Role.PermissionsBoundary.PermissionsBoundaryArn, '
    $query += 'to_string(Role.AssumeRolePolicyDocument)]'
    $call = @('iam', 'get-role', '--role-name', $RoleName, '--region', 'us-east-1')
    if (Invoke-Aws ($call + @('--query', $query, '--output', 'text'))) {
        $parts = @($script:Answer -split "`t")
        $wanted = 'None'
        if ($Boundary -ne '') { $wanted = $Boundary }
        $script:RoleState = 'there'
        if ($parts[0] -cne $RoleArn) {
            $script:RoleState = 'elsewhere'
            Add-Conflict 'role' $RoleName "it is $($parts[0]), and UbiQuity may assume no other than
           $RoleArn (role.path)"
        } elseif (-not (Test-SameJson $parts[2] $TrustJson)) {
            Add-Conflict 'role' $RoleName (
                'its trust policy is not the one below: it may be somebody''s')
        } elseif ($parts[1] -cne $wanted) {
            Add-Conflict 'role' $RoleName "its permissions boundary is $($parts[1]), not
           $wanted. A boundary may keep UbiQuity out (role.boundary): where this one is
           meant, say so with -Boundary ARN"
        } else {
            Add-Report 'role' $RoleName 'is there, with the right trust policy'
        }
    } elseif ((Get-ErrorCode) -ceq 'NoSuchEntity') {
        Add-ToDo 'role' $RoleName 'WILL BE MADE, with the trust policy below'
        if ($Boundary -ne '') {
            $script:Lines += "           and the permissions boundary $Boundary"
        }
    } else {
        Stop-Refused "read the role $RoleName" $Admin
    }
}

function Read-Policy {
    $script:PolicyState = 'missing'
    $call = @('iam', 'get-policy', '--policy-arn', $PolicyArn, '--region', 'us-east-1')
    if (Invoke-Aws ($call + @('--query', 'Policy.DefaultVersionId', '--output', 'text'))) {
        $script:PolicyState = 'there'
        $call = @('iam', 'get-policy-version', '--policy-arn', $PolicyArn, '--region', 'us-east-1')
        $call += @('--version-id', $script:Answer, '--output', 'text')
        if (-not (Invoke-Aws ($call + @('--query', 'to_string(PolicyVersion.Document)')))) {
            Stop-Refused "read the policy $PolicyName" $Admin
        }
        if (Test-SameJson $script:Answer $PermissionsJson) {
            Add-Report 'policy' $PolicyName 'is there, with the right text'
        } else {
            Add-Conflict 'policy' $PolicyName "it has another text than the one below: other buckets
           or somebody's additions may be in it"
        }
    } elseif ((Get-ErrorCode) -cne 'NoSuchEntity') {
        Stop-Refused "read the policy $PolicyName" $Admin
    } else {
        Read-Namesake
    }
}

# A policy of that name under a path: AWS makes no second one.
function Read-Namesake {
    $call = @('iam', 'list-policies', '--scope', 'Local', '--region', 'us-east-1')
    $query = "Policies[?PolicyName=='$PolicyName'].Arn"
    if (-not (Invoke-Aws ($call + @('--query', $query, '--output', 'text')))) {
        Stop-Refused "look for the policy $PolicyName" $Admin
    }
    $arns = @($script:Answer -split '\s+' | Where-Object { $_ -like 'arn:*' })
    if ($arns.Count -gt 0) {
        $script:PolicyState = 'elsewhere'
        Add-Conflict 'policy' $PolicyName "it stands under a path, as $($arns[0])"
    } else {
        Add-ToDo 'policy' $PolicyName 'WILL BE MADE, with the text below'
    }
}

function Read-Attachment {
    $script:Attached = $false
    if ($script:RoleState -eq 'there') {
        $call = @('iam', 'list-attached-role-policies', '--role-name', $RoleName)
        $call += @('--region', 'us-east-1', '--output', 'text')
        if (-not (Invoke-Aws ($call + @('--query', 'AttachedPolicies[].PolicyArn')))) {
            Stop-Refused 'read which policies the role has' $Admin
        }
        $script:Attached = (@($script:Answer -split '\s+') -ccontains $PolicyArn)
    }
    if ($script:Attached) {
        Add-Report 'attached' $PolicyName 'is attached to the role'
    } else {
        Add-ToDo 'attached' $PolicyName 'WILL BE ATTACHED to the role'
    }
}

# The text of a key's policy, to the letter, whatever the console's code page.
function Read-KeyPolicy($Key) {
    $call = @('kms', 'get-key-policy', '--key-id', $Key.Arn, '--policy-name', 'default')
    $call += @('--region', $Key.Region, '--query', 'to_string([Policy])', '--output', 'text')
    if (-not (Invoke-Aws $call)) {
        Stop-Refused "read the policy of the key $($Key.Arn)" 'whoever looks after that key'
    }
    return [string](@(ConvertFrom-Json -InputObject $script:Answer)[0])
}

# Whether a statement lets the role do with the key what ours does.
function Test-Grants($Statement, $Ours) {
    foreach ($property in $Statement.PSObject.Properties) {
        if (@('Sid', 'Effect', 'Principal', 'Action', 'Resource') -cnotcontains $property.Name) {
            return $false
        }
    }
    if ($Statement.Effect -cne 'Allow') { return $false }
    if ($Statement.Principal -isnot [System.Management.Automation.PSCustomObject]) { return $false }
    if (@($Statement.Principal.AWS) -cnotcontains $Ours.Principal.AWS) { return $false }
    if ((@($Statement.Resource) -join ' ') -cne '*') { return $false }
    $actions = @($Statement.Action)
    if ($actions -contains 'kms:*') { return $true }
    foreach ($action in @($Ours.Action)) {
        if ($actions -notcontains $action) { return $false }
    }
    return $true
}

# The key policy with our statement added; or 'there', 'taken', or 'by hand'.
function Get-MergedPolicy([string]$PolicyText) {
    if ($PolicyText -match '\d{4}-\d{2}-\d{2}T' -or $PolicyText -match '/Date\(') {
        return 'by hand'
    }
    try {
        $policy = ConvertFrom-Json -InputObject $PolicyText
        $ours = ConvertFrom-Json -InputObject $StatementJson
        $statements = @($policy.Statement)
        foreach ($each in $statements) {
            if (Test-Grants $each $ours) { return 'there' }
        }
        foreach ($each in $statements) {
            if ($each.Sid -ceq $ours.Sid) { return 'taken' }
        }
        $policy.Statement = [object[]]($statements + $ours)
        $merged = ConvertTo-Json -InputObject $policy -Depth 100 -Compress
        if (-not ((Get-PlainText (ConvertFrom-Json -InputObject $merged)) -ceq
                (Get-PlainText $policy))) {
            return 'by hand'
        }
    } catch {
        return 'by hand'
    }
    return [regex]::Replace($merged, '[^\x00-\x7F]', {
        param($match)
        '\u{0:x4}' -f [int][char]$match.Value
    })
}

function Read-Key($Key) {
    if ($Key.Owner -cne $Account) {
        Add-Report 'key' $Key.Arn "BELONGS TO ACCOUNT $($Key.Owner): whoever looks after it there
           has to add the statement below (kms.other-account)"
        $script:ByHand += 1
        return
    }
    $Key.Before = Read-KeyPolicy $Key
    $Key.After = Get-MergedPolicy $Key.Before
    if ($Key.After -ceq 'there') {
        Add-Report 'key' $Key.Arn 'its key policy lets the role use it'
    } elseif ($Key.After -ceq 'taken') {
        Add-Conflict 'key' $Key.Arn "its key policy has another statement of the name
           $StatementSid (kms.decrypt-denied)"
    } elseif ($Key.After -ceq 'by hand') {
        Add-Report 'key' $Key.Arn "THE STATEMENT BELOW IS TO BE ADDED BY HAND: this script could
           not put it in without a risk to what others wrote there"
        $script:ByHand += 1
    } else {
        Add-ToDo 'key' $Key.Arn (
            'THE STATEMENT BELOW WILL BE ADDED to its key policy; all others stay')
    }
}

function Read-All {
    $script:Lines = @()
    $script:ToDo = 0
    $script:Conflicts = 0
    $script:ByHand = 0
    Read-Role
    Read-Policy
    Read-Attachment
    foreach ($key in $Keys) { Read-Key $key }
}

function Show-Documents {
    Write-Host ''
    Write-Host 'The trust policy of the role, which lets UbiQuity in, and nobody else:'
    Write-Host $TrustJson
    Write-Host 'The policy, which says what UbiQuity may do:'
    Write-Host $PermissionsJson
    if ($Keys.Count -gt 0) {
        Write-Host 'The statement for the key policy:'
        Write-Host $StatementJson
    }
    Write-Host ''
}

function Add-Done([string]$What) {
    $script:Done += $What
    Write-Host "Made: $What"
}

function New-Role {
    if ($script:RoleState -ne 'missing') { return }
    $file = Save-Text 'trust.json' $TrustJson
    $call = @('iam', 'create-role', '--role-name', $RoleName, '--region', 'us-east-1')
    $call += @('--assume-role-policy-document', $file, '--description', $Description)
    if ($Boundary -ne '') { $call += @('--permissions-boundary', $Boundary) }
    if (-not (Invoke-Aws $call)) { Stop-Refused "make the role $RoleName" $Admin }
    $script:RoleIsNew = $true
    Add-Done 'the role'
}

function New-Policy {
    if ($script:PolicyState -ne 'missing') { return }
    $file = Save-Text 'permissions.json' $PermissionsJson
    $call = @('iam', 'create-policy', '--policy-name', $PolicyName, '--region', 'us-east-1')
    $call += @('--policy-document', $file, '--description', $Description)
    if (-not (Invoke-Aws $call)) { Stop-Refused "make the policy $PolicyName" $Admin }
    Add-Done 'the policy'
}

function Add-Attachment {
    if ($script:Attached) { return }
    $call = @('iam', 'attach-role-policy', '--role-name', $RoleName)
    $call += @('--policy-arn', $PolicyArn, '--region', 'us-east-1')
    if (-not (Invoke-AwsPatiently $call)) {
        Stop-Refused 'attach the policy to the role' $Admin
    }
    Add-Done 'the attachment'
}

# Compares before it writes, so that no one's change is lost.
function Set-KeyPolicy($Key) {
    if ($Key.After -notlike '{*') { return }
    if ((Read-KeyPolicy $Key) -cne $Key.Before) {
        Stop-Script "somebody changed the policy of the key $($Key.Arn) meanwhile" @(
            '(change.conflict). Look at it, then run this again.'
        )
    }
    $file = Save-Text 'key-policy.json' $Key.After
    $call = @('kms', 'put-key-policy', '--key-id', $Key.Arn, '--policy-name', 'default')
    $call += @('--region', $Key.Region, '--policy', $file)
    if (-not (Invoke-AwsPatiently $call)) {
        Stop-Refused "change the policy of the key $($Key.Arn)" 'whoever looks after that key'
    }
    Add-Done 'the statement for the key'
}

# The proof: AWS is read again until it tells what was made, for it may take a few seconds.
function Confirm-All {
    foreach ($round in 1..10) {
        Read-All
        if ($script:ToDo -eq 0 -and $script:Conflicts -eq 0) {
            Write-Host 'Read again from AWS:'
            foreach ($line in $script:Lines) { Write-Host $line }
            return
        }
        Start-Sleep -Seconds 2
    }
    Stop-Script 'AWS does not show all that was made.' ($script:Lines + @(
        'Wait a minute, then run this again with -Check.'
    ))
}

function Exit-Script {
    Write-Host ''
    if ($script:ByHand -gt 0) {
        Write-Host 'One thing is left to be done by hand: in the AWS console, KMS, the key named'
        Write-Host 'above, Key policy, Edit: add the statement above to the list "Statement",'
        Write-Host 'change nothing else, and save. Then all is done.'
        exit 1
    }
    Write-Host 'All that this script sets up is as it should be. It does not look at the'
    Write-Host 'buckets, nor for what else may keep UbiQuity out: Check in ubiquity-s3-setup does.'
    Write-Host 'Send this back to whoever gave you the script:'
    Write-Host "  $RoleArn"
    exit 0
}

function Start-Script {
    Read-Caller
    Write-Host ''
    Read-All
    foreach ($line in $script:Lines) { Write-Host $line }
    Show-Documents
    if ($script:ToDo -eq 0 -and $script:Conflicts -eq 0) { Exit-Script }
    if ($Check) {
        $left = "$($script:ToDo) to do, $($script:ByHand) by hand, $($script:Conflicts) in the way"
        Write-Host "Nothing was changed. $left."
        exit 1
    }
    if ($script:Conflicts -gt 0) {
        Stop-Script 'something is there already that this script does not change.' @(
            "Use the program ubiquity-s3-setup, which can add to what is there, or ask $Admin."
        )
    }
    if (-not $Yes) {
        $answer = Read-Host "Do this in AWS account ${Account}? Type yes or no"
        if (@('y', 'yes') -notcontains $answer) {
            Write-Host 'Nothing was changed.'
            exit 1
        }
    }
    $script:Changing = $true
    New-Role
    New-Policy
    Add-Attachment
    foreach ($key in $Keys) { Set-KeyPolicy $key }
    Confirm-All
    Exit-Script
}

$name = 'ubiquity.' + [System.Guid]::NewGuid().ToString('N')
$Folder = Join-Path ([System.IO.Path]::GetTempPath()) $name
New-Item -ItemType Directory -Path $Folder | Out-Null
$promptBefore = $env:AWS_CLI_AUTO_PROMPT
$formatBefore = $env:AWS_CLI_ERROR_FORMAT
try {
    $env:AWS_CLI_AUTO_PROMPT = 'off'
    $env:AWS_CLI_ERROR_FORMAT = 'legacy'
    Start-Script
} finally {
    $env:AWS_CLI_AUTO_PROMPT = $promptBefore
    $env:AWS_CLI_ERROR_FORMAT = $formatBefore
    Remove-Item -LiteralPath $Folder -Recurse -Force -ErrorAction SilentlyContinue
}
"""
"""The rest of the script."""
