"""What the CloudShell program calls is what whoever runs it is to be allowed, and no more."""

import json
import re
from typing import Final

from app.core.needs.by_export import NEEDS
from app.exports.by_format import EXPORTS
from tests.helpers.drafts import ENCRYPTED

OTHERWISE_CALLED: Final = {
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:HeadBucket": "s3:ListBucket",
}
"""Calls whose permission has another name (Service Authorization Reference, Amazon S3)."""


def test_cloudshell_asks_for_what_its_program_calls() -> None:
    program = EXPORTS["cloudshell"](ENCRYPTED)[0].text
    calls = re.findall(r'\b(iam|kms|s3api|sts)(?: |",\s+")([a-z]+(?:-[a-z]+)+)', program)
    operations = {f"{service.removesuffix('api')}:{_camel(name)}" for service, name in calls}
    actions = {OTHERWISE_CALLED.get(each, each) for each in operations} - {"sts:GetCallerIdentity"}
    tags = {"iam:TagPolicy", "iam:TagRole"} if '"--tags"' in program else set()
    assert "iam:CreateRole" in actions
    needed = {need.action for need in NEEDS["cloudshell"](ENCRYPTED)}
    assert {each for each in needed if not each.startswith("cloudshell:")} == actions | tags


def test_each_script_comes_with_the_permissions_that_it_needs() -> None:
    for export in ("bash", "powershell", "cloudshell"):
        files = {file.name: file.text for file in EXPORTS[export](ENCRYPTED)}
        policy = json.loads(files["permissions-to-run.json"])
        listed = {action for each in policy["Statement"] for action in each["Action"]}
        assert listed == {need.action for need in NEEDS[export](ENCRYPTED)}


def _camel(operation: str) -> str:
    return "".join(word.capitalize() for word in operation.split("-"))
