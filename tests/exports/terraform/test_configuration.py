"""The Terraform configuration: our policies, formatted as ``terraform fmt`` does, safe to plan."""

import json
import re
from itertools import chain
from typing import Any

import pytest

from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, SESSION_SECONDS, policy_arn, role_arn
from app.core.needs.by_export import policy_to_deploy
from app.exports.pieces.permissions_files import PERMISSIONS_TO_DEPLOY_FILE
from app.exports.terraform.configuration import (
    CONFIGURATION_FILE,
    HOW_TO_FILE,
    IMPORT_FILE,
    PROVIDER_FILE,
    terraform_files,
)
from tests.exports.reading_templates import meant, terraform, terraform_json
from tests.exports.template_drafts import DRAFTS, NUMBERED, SEVERAL, hostile_drafts
from tests.exports.terraform.test_hcl_text import misplaced
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, PLAIN

HOSTILE = hostile_drafts()
EVERY = {**DRAFTS, **{ascii(text): draft for text, draft in HOSTILE.items()}}
OTHER = "999988887777"


def texts(draft: Draft) -> dict[str, str]:
    return {file.name: file.text for file in terraform_files(draft)}


def policies(draft: Draft, account: str, external_id: str) -> dict[str, Any]:
    values = {"aws_account_id": account, "ubiquity_account_id": external_id}
    return terraform_json(texts(draft)[CONFIGURATION_FILE], **values)


def variables(text: str) -> dict[str, Any]:
    return {
        name.strip('"'): body for each in terraform(text)["variable"] for name, body in each.items()
    }


@pytest.mark.parametrize("draft", EVERY.values(), ids=EVERY)
def test_the_policies_are_ours_to_the_letter(draft: Draft) -> None:
    written = policies(draft, draft.account_id, draft.database_id)
    expected = {
        "assume_role_policy": trust_policy(draft.database_id),
        "policy": permissions_policy(draft.buckets),
    }
    assert json.dumps(written) == json.dumps(expected)
    defaults = variables(texts(draft)[CONFIGURATION_FILE])
    assert meant(defaults["aws_account_id"]["default"]) == draft.account_id
    assert meant(defaults["ubiquity_account_id"]["default"]) == draft.database_id


@pytest.mark.parametrize("draft", EVERY.values(), ids=EVERY)
def test_it_is_formatted_and_parses(draft: Draft) -> None:
    for name, text in texts(draft).items():
        if name.endswith(".tf"):
            assert list(misplaced(text)) == []
            assert text.isascii()
            blocks = {key: value for key, value in terraform(text).items() if key[0] != "_"}
            assert blocks.keys() <= {
                "terraform", "provider", "variable", "data", "resource", "output", "import"
            }  # fmt: skip
    assert kinds(texts(draft)[CONFIGURATION_FILE]) == [
        "aws_iam_role",
        "aws_iam_policy",
        "aws_iam_role_policy_attachment",
    ]


def kinds(text: str) -> list[str]:
    return [name.strip('"') for name in chain.from_iterable(terraform(text)["resource"])]


def test_in_another_account_its_own_number_stands_in_the_name() -> None:
    there = policies(NUMBERED, OTHER, "id")["policy"]
    ours = json.dumps(permissions_policy(NUMBERED.buckets))
    assert there == json.loads(re.sub(rf"(?<!\d){ACCOUNT}(?!\d)", OTHER, ours))


def test_role_and_policy_are_the_guides() -> None:
    resources = terraform(texts(PLAIN)[CONFIGURATION_FILE])["resource"]
    role, policy, attachment = (
        next(iter(next(iter(each.values())).values())) for each in resources
    )
    assert [meant(role[k]) for k in ("name", "path")] == [ROLE_NAME, "/"]
    assert [meant(policy[k]) for k in ("name", "path")] == [POLICY_NAME, "/"]
    assert role["max_session_duration"] == SESSION_SECONDS
    assert attachment["role"] == "${aws_iam_role.ubiquity.name}"
    assert attachment["policy_arn"] == "${aws_iam_policy.ubiquity.arn}"
    # Deprecated, or reasons to make a policy anew: none of them may come in.
    assert not {"managed_policy_arns", "inline_policy"} & role.keys()
    assert "description" not in policy
    assert policy["lifecycle"][0]["ignore_changes"] == ["description"]
    condition = role["lifecycle"][0]["precondition"][0]["condition"]
    assert "data.aws_caller_identity.current.account_id == var.aws_account_id" in condition


def test_the_versions_are_bounded() -> None:
    [versions] = terraform(texts(PLAIN)[CONFIGURATION_FILE])["terraform"]
    [providers] = versions["required_providers"]
    assert meant(versions["required_version"]) == ">= 1.7, < 2.0"
    assert meant(providers["aws"]["source"]) == "hashicorp/aws"
    assert meant(providers["aws"]["version"]) == ">= 5.0, < 7.0"


def test_each_variable_is_checked() -> None:
    checked = variables(texts(PLAIN)[CONFIGURATION_FILE])
    assert list(checked) == [
        "aws_account_id", "ubiquity_account_id", "permissions_boundary", "tags"
    ]  # fmt: skip
    for name, variable in checked.items():
        [validation] = variable["validation"]
        assert f"var.{name}" in validation["condition"]
        # RE2 counts to 1,000 at most: a longer count would be no regular expression.
        assert all(int(n) <= 1000 for n in re.findall(r"\{(?:\d+,)?(\d+)\}", str(validation)))


def test_what_is_there_already_is_imported_only_where_one_says_so() -> None:
    text = texts(PLAIN)[IMPORT_FILE]
    role, policy = terraform(text)["import"]
    assert [each["to"] for each in (role, policy)] == [
        "${aws_iam_role.ubiquity}",
        "${aws_iam_policy.ubiquity}",
    ]
    assert meant(role["id"]) == ROLE_NAME
    assert meant(policy["id"], aws_account_id=ACCOUNT) == policy_arn(ACCOUNT)
    switches = variables(text)
    assert [switches[name]["default"] for name in switches] == [False, False]
    for block, switch in zip((role, policy), switches, strict=True):
        assert f"var.{switch} ? toset" in block["for_each"]


def test_a_module_has_neither_provider_nor_import() -> None:
    assert not {"provider", "import"} & terraform(texts(PLAIN)[CONFIGURATION_FILE]).keys()
    [provider] = terraform(texts(SEVERAL)[PROVIDER_FILE])["provider"]
    assert meant(provider['"aws"']["region"]) == SEVERAL.buckets[0].region


def test_what_goes_with_it() -> None:
    files = texts(ENCRYPTED)
    assert next(iter(files)) == CONFIGURATION_FILE
    assert json.loads(files[KMS_FILE]) == kms_statement(ACCOUNT)
    needed = json.loads(files[PERMISSIONS_TO_DEPLOY_FILE])
    assert needed == policy_to_deploy("terraform", ENCRYPTED)
    assert KMS_FILE not in texts(PLAIN)


@pytest.mark.parametrize("draft", [*DRAFTS.values(), HOSTILE["é😀"]])
def test_the_steps_name_each_file_and_fill_in_each_value(draft: Draft) -> None:
    files = texts(draft)
    steps = files[HOW_TO_FILE]
    assert [name for name in files if name not in steps and name != HOW_TO_FILE] == []
    assert re.findall(r"\{\w+\}", steps) == []
    for value in (draft.account_id, role_arn(draft.account_id), "role_exists=true"):
        assert value in steps
