"""The CloudFormation template: our policies to the letter, good in any account, no remark."""

import json
import re
from typing import Any

import pytest
from cfnlint.api import lint_all

from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.fields.database_id import LONGEST, SHORTEST, check_database_id
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.needs.by_export import policy_to_deploy
from app.exports.cloudformation.quick_create import EXTERNAL_ID, quick_create_link
from app.exports.cloudformation.template import (
    BOUNDARY,
    HOW_TO_FILE,
    IMPORT_FILE,
    POLICY,
    ROLE,
    TEMPLATE_FILE,
    cloudformation_files,
)
from app.exports.pieces.permissions_files import PERMISSIONS_TO_DEPLOY_FILE
from tests.exports.reading_templates import Stack, cloudformation
from tests.exports.template_drafts import DRAFTS, NUMBERED, SEVERAL, hostile_drafts
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, PLAIN

HOSTILE = hostile_drafts()
OTHER = "999988887777"
BODY_LIMIT = 51_200
"""CloudFormation quotas: the bytes of a template that is sent as it is."""


def text_of(draft: Draft, name: str = TEMPLATE_FILE) -> str:
    return {file.name: file.text for file in cloudformation_files(draft)}[name]


def stack(draft: Draft, account: str | None = None, **parameters: str) -> Stack:
    template = cloudformation(text_of(draft))
    return Stack(template, account or draft.account_id, **parameters)


def letters(document: object) -> str:
    """Return the document to the letter: the order of the keys counts as well."""
    return json.dumps(document)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_the_policies_are_ours_to_the_letter(draft: Draft) -> None:
    made = stack(draft)
    role, policy = made.properties(ROLE), made.properties(POLICY)
    trust, permissions = trust_policy(draft.database_id), permissions_policy(draft.buckets)
    assert letters(role["AssumeRolePolicyDocument"]) == letters(trust)
    assert letters(policy["PolicyDocument"]) == letters(permissions)
    assert (role["RoleName"], role["Path"]) == (ROLE_NAME, "/")
    assert (policy["ManagedPolicyName"], policy["Path"]) == (POLICY_NAME, "/")
    assert policy["Roles"] == [{"Ref": ROLE}]
    assert "PermissionsBoundary" not in role
    assert "Tags" not in role


@pytest.mark.parametrize("name", [TEMPLATE_FILE, IMPORT_FILE])
def test_cfn_lint_has_no_remark(name: str) -> None:
    """Whatever a template may have in it is in these two buckets."""
    entry = replace(SEVERAL.buckets[0], restrict_to_prefix=True)
    draft = replace(NUMBERED, buckets=(*NUMBERED.buckets, entry, *SEVERAL.buckets[1:]))
    assert [match.message for match in lint_all(text_of(draft, name))] == []


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_it_is_as_good_in_another_account(draft: Draft) -> None:
    there = stack(draft, OTHER)
    resources = json.dumps([there.properties(ROLE), there.properties(POLICY)])
    assert not re.search(rf"(?<!\d){ACCOUNT}(?!\d)", resources)
    renamed = json.loads(re.sub(rf"(?<!\d){ACCOUNT}(?!\d)", OTHER, json.dumps(policies(draft))))
    assert there.properties(POLICY)["PolicyDocument"] == renamed


def policies(draft: Draft) -> object:
    return permissions_policy(draft.buckets)


def test_a_literal_of_the_policys_stays_outside_of_sub() -> None:
    """How AWS reads ``${!*}`` in ``!Sub`` is not written anywhere."""
    both = BucketEntry("acme", "us-east-1", f"{ACCOUNT}/*{ACCOUNT}/", restrict_to_prefix=True)
    for draft in (NUMBERED, replace(PLAIN, buckets=(both,))):
        assert "${!" not in text_of(draft)
        document = stack(draft).properties(POLICY)["PolicyDocument"]
        assert letters(document) == letters(policies(draft))


def test_nothing_names_the_account_where_no_bucket_or_key_does() -> None:
    assert ACCOUNT not in text_of(PLAIN)
    assert ACCOUNT in text_of(ENCRYPTED)


def test_the_parameters_reach_the_resources() -> None:
    given = {"TagKey2": "team", "TagValue2": "data", EXTERNAL_ID: "another-id"}
    role = stack(PLAIN, OTHER, **given).properties(ROLE)
    assert letters(role["AssumeRolePolicyDocument"]) == letters(trust_policy("another-id"))
    assert role["Tags"] == [{"Key": "team", "Value": "data"}]


@pytest.mark.parametrize("policy", ["Bounds", "team/Bounds"])
@pytest.mark.parametrize("before", ["", f"arn:aws:iam::{ACCOUNT}:policy/"])
def test_the_boundary_is_the_one_in_the_stacks_account(before: str, policy: str) -> None:
    role = stack(PLAIN, OTHER, **{BOUNDARY: f"{before}{policy}"}).properties(ROLE)
    assert role["PermissionsBoundary"] == f"arn:aws:iam::{OTHER}:policy/{policy}"


def test_a_tag_without_a_key_is_none() -> None:
    one, two = ({f"TagKey{n}": f"k{n}", f"TagValue{n}": f"v{n}"} for n in (1, 2))
    for given, expected in (
        (one, "1"),
        (two, "2"),
        ({**one, **two}, "12"),
        ({"TagValue1": "v"}, ""),
    ):
        tags = stack(PLAIN, **given).properties(ROLE).get("Tags", [])
        assert tags == [{"Key": f"k{n}", "Value": f"v{n}"} for n in expected]


def test_a_parameter_takes_what_a_draft_takes() -> None:
    parameter = cloudformation(text_of(PLAIN))["Parameters"][EXTERNAL_ID]
    for char in filter(str.isprintable, map(chr, range(0x100))):
        takes = re.fullmatch(parameter["AllowedPattern"], f"aB{char}cd") is not None
        refusals = {problem.code for problem in check_database_id(f"aB{char}cd").errors}
        is_foreign = char.isspace() or {"database.characters", "database.percent"} & refusals
        assert takes == (not is_foreign), char
    assert parameter["MinLength"] == SHORTEST
    assert parameter["MaxLength"] == LONGEST


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [("", True), ("Bounds", True), ("a/b/Bounds", True), ("arn:aws:iam::1:policy/x", False),
     (f"arn:aws:iam::{ACCOUNT}:policy/a/x", True), ("arn:aws:iam::aws:policy/x", False),
     ("/Bounds", False), ("a b", False), ("x" * 129, False)],
)  # fmt: skip
def test_a_boundary_is_a_name_or_an_arn(text: str, is_taken: bool) -> None:
    parameter = cloudformation(text_of(PLAIN))["Parameters"][BOUNDARY]
    assert (re.fullmatch(parameter["AllowedPattern"], text) is not None) == is_taken


def test_all_goes_with_the_stack_and_may_be_imported() -> None:
    template, to_import = (cloudformation(text_of(PLAIN, n)) for n in (TEMPLATE_FILE, IMPORT_FILE))
    for resource in template["Resources"].values():
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Delete"
    # IAM never changes a policy's description: another word would ask for a new policy.
    assert "Description" not in template["Resources"][POLICY]["Properties"]
    assert set(template["Outputs"]) == {"RoleArn", "PolicyArn", "AccountId"}
    del template["Outputs"]
    assert to_import == template


def test_what_is_left_to_do_with_a_key_is_said() -> None:
    template = cloudformation(text_of(SEVERAL))
    keys = [entry.kms_key_arn for entry in SEVERAL.buckets if entry.kms_key_arn]
    assert template["Metadata"]["UbiQuityKeys"]["Keys"] == keys
    assert "KMS" in template["Description"]
    assert json.loads(text_of(SEVERAL, KMS_FILE)) == kms_statement(ACCOUNT)
    plain = cloudformation(text_of(PLAIN))
    assert "UbiQuityKeys" not in plain["Metadata"]
    assert "KMS" not in plain["Description"]
    assert KMS_FILE not in [file.name for file in cloudformation_files(PLAIN)]


def test_it_is_within_cloudformations_limits() -> None:
    many = tuple(BucketEntry(f"a-bucket-with-a-long-name-{n:033}", "us-east-1") for n in range(45))
    for file in cloudformation_files(replace(ENCRYPTED, buckets=many))[:2]:
        assert len(file.text.encode()) < BODY_LIMIT
    description = cloudformation(text_of(SEVERAL))["Description"]
    assert len(description.encode()) <= 1024


@pytest.mark.parametrize("draft", HOSTILE.values(), ids=map(ascii, HOSTILE))
def test_a_hostile_value_stands_as_itself(draft: Draft) -> None:
    made = stack(draft)
    policy = made.properties(POLICY)["PolicyDocument"]
    assert letters(policy) == letters(permissions_policy(draft.buckets))
    trust = made.properties(ROLE)["AssumeRolePolicyDocument"]
    assert letters(trust) == letters(trust_policy(draft.database_id))
    assert set(made.template["Resources"]) == {ROLE, POLICY}
    for file in cloudformation_files(draft):
        assert "\x1b" not in file.text
        assert "\u202e" not in file.text or file.name.endswith(".json")


@pytest.mark.parametrize("draft", [*DRAFTS.values(), HOSTILE["é😀"]])
def test_the_steps_name_each_file_and_fill_in_each_value(draft: Draft) -> None:
    files = {file.name: file.text for file in cloudformation_files(draft)}
    steps = files[HOW_TO_FILE]
    assert [name for name in files if name not in steps and name != HOW_TO_FILE] == []
    assert "{" not in steps
    for value in (draft.account_id, role_arn(draft.account_id), "CAPABILITY_NAMED_IAM"):
        assert value in steps
    keys = [entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn]
    assert all(key in steps for key in keys)


def test_the_steps_have_the_link_but_for_the_address() -> None:
    address = "https://acme.s3.amazonaws.com/t.yaml"
    link = quick_create_link(PLAIN, address)
    assert isinstance(link, str)
    encoded = "https%3A%2F%2Facme.s3.amazonaws.com%2Ft.yaml"
    assert link.replace(encoded, "OBJECT_URL") in text_of(PLAIN, HOW_TO_FILE)


def test_the_steps_of_a_stackset_say_whose_bucket_it_is() -> None:
    assert "has this account’s number in it" in text_of(NUMBERED, HOW_TO_FILE)
    assert "has this account’s number in it" not in text_of(PLAIN, HOW_TO_FILE)


def test_the_permissions_are_those_of_the_table() -> None:
    written: Any = json.loads(text_of(ENCRYPTED, PERMISSIONS_TO_DEPLOY_FILE))
    assert written == policy_to_deploy("cloudformation", ENCRYPTED)
