"""What whoever carries an export out has to be allowed, and nothing wider."""

from collections.abc import Iterable

import pytest

from app.core.documents.policy_size import MANAGED_POLICY
from app.core.documents.statements import statements_of
from app.core.draft import Draft
from app.core.guide import ROLE_NAME
from app.core.iam.json_text import strings
from app.core.needs.by_export import NEEDS, policy_to_deploy
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, KEY_ARN, PLAIN, POLICY_ARN, ROLE_ARN

DRAFTS = (PLAIN, ENCRYPTED)
TEMPLATES = ("cloudformation", "terraform")
BY_HAND = ("html", "json")
FREES_FROM_A_BOUNDARY = ("iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary")


def actions_of(export: str, draft: Draft) -> set[str]:
    return {need.action for need in NEEDS[export](draft)}


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("export", NEEDS)
def test_the_policy_is_one_that_aws_takes(export: str, draft: Draft) -> None:
    policy = policy_to_deploy(export, draft)
    assert not MANAGED_POLICY.is_exceeded_by(policy)
    for statement in statements_of(policy):
        assert statement["Effect"] == "Allow"
        assert all("*" not in action for action in _strings(statement["Action"]))


@pytest.mark.parametrize("export", TEMPLATES)
def test_nothing_of_iam_is_allowed_anywhere_but_on_role_and_policy(export: str) -> None:
    for need in NEEDS[export](ENCRYPTED):
        if need.action.startswith("iam:"):
            assert ROLE_NAME in need.resource or need.resource == POLICY_ARN, need


@pytest.mark.parametrize("export", [*TEMPLATES, *BY_HAND])
def test_only_our_policy_can_be_attached(export: str) -> None:
    attaching = [n for n in NEEDS[export](PLAIN) if n.action == "iam:AttachRolePolicy"]
    assert [need.resource for need in attaching] == [ROLE_ARN]
    assert attaching[0].context == (("iam:PolicyARN", POLICY_ARN),)


@pytest.mark.parametrize("export", [*TEMPLATES, *BY_HAND])
def test_nobody_can_free_a_role_of_its_boundary(export: str) -> None:
    assert actions_of(export, ENCRYPTED).isdisjoint(FREES_FROM_A_BOUNDARY)


@pytest.mark.parametrize("export", [*TEMPLATES, *BY_HAND])
def test_a_key_is_asked_for_where_the_draft_has_one(export: str) -> None:
    on_keys = {n.resource for n in NEEDS[export](ENCRYPTED) if n.action.startswith("kms:")}
    assert on_keys == {KEY_ARN}
    assert not any(action.startswith("kms:") for action in actions_of(export, PLAIN))


def test_a_stack_of_another_name_or_account_is_not_touched() -> None:
    stacks = {n.resource for n in NEEDS["cloudformation"](PLAIN) if n.action.endswith("eateStack")}
    assert stacks == {f"arn:aws:cloudformation:*:{ACCOUNT}:stack/ubiquity-s3-access/*"}


def test_a_person_at_the_console_needs_lists_besides_and_deletes_nothing() -> None:
    for export in BY_HAND:
        everywhere = {n.action for n in NEEDS[export](ENCRYPTED) if n.resource == "*"}
        assert everywhere == {"iam:ListPolicies", "iam:ListRoles"}
        assert not [action for action in actions_of(export, ENCRYPTED) if "Delete" in action]


def _strings(value: object) -> Iterable[str]:
    return strings(value) or ()
