"""The PowerShell script, which nothing here can run: read by its grammar, compared with bash's."""

import json
import re

import pytest

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.needs.by_export import NEEDS, policy_to_deploy
from app.exports.scripts.bash import bash_script
from app.exports.scripts.powershell import powershell_files, powershell_script
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, OTHER_KEY_ARN, PLAIN
from tests.helpers.powershell_reading import commands_in, faults_in, here_strings_in, without_texts

SEVERAL = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        *ENCRYPTED.buckets,
        BucketEntry("acme", "us-east-1", "été/‘{x}’$'`@/", restrict_to_prefix=True),
        BucketEntry("third", "ap-southeast-2", kms_key_arn=OTHER_KEY_ARN),
    ),
)
DRAFTS = (PLAIN, SEVERAL)


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_parses_and_keeps_to_windows_powershell(draft: Draft) -> None:
    assert faults_in(powershell_script(draft)) == []


@pytest.mark.parametrize(
    "code", ["$a = $b ? 1 : 2", "a && b", "a || b", "$x ?? 3", "$x?.y", "if (1) {", "'open"]
)
def test_what_windows_powershell_can_not_read_is_seen(code: str) -> None:
    assert faults_in(code)


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_ascii_and_its_documents_are_ours(draft: Draft) -> None:
    # Without a byte order mark 5.1 reads a script in the code page of the computer.
    script = powershell_script(draft)
    assert script.isascii()
    assert [json.loads(text) for text in here_strings_in(script)] == [
        trust_policy(DATABASE_ID),
        permissions_policy(draft.buckets),
        kms_statement(ACCOUNT),
    ]


def test_each_command_is_powershells_or_its_own() -> None:
    script = powershell_script(SEVERAL)
    own = set(re.findall(r"^function ([\w-]+)", script, re.MULTILINE))
    others = {name for name in commands_in(script) if not name[0].isdigit()} - own
    assert others == {
        "aws", "ConvertFrom-Json", "ConvertTo-Json", "Get-Command", "Join-Path", "New-Item",
        "Out-Null", "Read-Host", "Remove-Item", "Set-Content", "Set-StrictMode", "Sort-Object",
        "Start-Sleep", "Where-Object", "Write-Host",
    }  # fmt: skip


def test_no_quotation_mark_is_handed_to_the_aws_cli() -> None:
    # 5.1 loses them: the words of a call are in single quotes or are variables.
    script = powershell_script(SEVERAL)
    calls = re.findall(r"\$call \+?= @\((.*?)\)$", script, re.MULTILINE)
    assert len(calls) > 10
    assert [call for call in calls if '"' in call] == []


def test_only_invoke_aws_calls_the_aws_cli_and_no_error_of_it_ends_the_script() -> None:
    script = powershell_script(SEVERAL)
    assert without_texts(script).count("& aws") == 1
    body = script.partition("function Invoke-Aws(")[2].partition("\n}\n")[0]
    lines = [line.strip() for line in body.splitlines()]
    assert lines.index("$ErrorActionPreference = 'Continue'") < lines.index(
        "$lines = @(& aws @all 2>&1)"
    )


def test_every_variable_that_is_read_is_set_somewhere() -> None:
    # PowerShell's names know no case; a name that is never set would be empty, and say nothing.
    script = powershell_script(SEVERAL)
    name = r"\$(?:script:)?\{?([A-Za-z]\w*)"
    given = r"(?:\]|, |\()\$(\w+)(?= =|,|\)|\n)"
    is_set = re.findall(rf"{name} (?:=|\+=|in) ", script) + re.findall(given, script)
    automatic = {"_", "true", "false", "null", "matches", "lastexitcode", "env"}
    known = {each.lower() for each in is_set} | automatic
    assert {each for each in re.findall(name, script) if each.lower() not in known} == set()


def test_both_scripts_ask_the_same_of_aws() -> None:
    bash = set(re.findall(r"\b(iam|kms|sts) ([a-z]+(?:-[a-z]+)+)", bash_script(SEVERAL)))
    power = set(re.findall(r"'(iam|kms|sts)', '([a-z-]+)'", powershell_script(SEVERAL)))
    assert bash == power
    actions = {f"{service}:{_camel(operation)}" for service, operation in power}
    needed = {need.action for need in NEEDS["powershell"](SEVERAL)}
    assert actions - {"sts:GetCallerIdentity"} == needed


def test_the_script_comes_with_a_guide_and_the_permissions() -> None:
    script, guide, permissions = powershell_files(SEVERAL)
    assert script.name in guide.text
    assert permissions.name in guide.text
    assert "-ExecutionPolicy Bypass" in guide.text
    assert json.loads(permissions.text) == policy_to_deploy("powershell", SEVERAL)


def _camel(operation: str) -> str:
    return "".join(word.capitalize() for word in operation.split("-"))
