"""Which permissions the changes of a plan need."""

from app.core.change import Change, ChangeKind, Plan
from app.core.changes.needed_actions import (
    NeededAction,
    OwnPermissions,
    needed_actions,
    not_allowed,
)
from app.core.wording.failures import failure_words
from tests.helpers.drafts import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ubiquity-connectors-s3-access-role"
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/ubiquity-s3-access-policy"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/developers"
KEY = f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def _change(kind: ChangeKind, target: str, after: object, **settings: object) -> Change:
    return Change(kind, target, None, after, reversible=True, settings=settings)


def test_each_change_needs_its_actions_in_order() -> None:
    plan = Plan(
        (
            _change(ChangeKind.CREATE_POLICY, POLICY, {}),
            _change(
                ChangeKind.CREATE_ROLE, ROLE, {}, permissions_boundary=BOUNDARY, tags={"team": "x"}
            ),
            _change(ChangeKind.ATTACH_POLICY, ROLE, {"policy_arn": POLICY}),
            _change(ChangeKind.CREATE_POLICY_VERSION, POLICY, {}),
            _change(ChangeKind.PUT_KEY_POLICY, KEY, {}),
            _change(ChangeKind.PUT_KEY_POLICY, KEY, {"Version": "2012-10-17"}),
        )
    )
    assert needed_actions(plan) == (
        NeededAction("iam:CreatePolicy", POLICY),
        NeededAction("iam:CreateRole", ROLE, (("iam:PermissionsBoundary", BOUNDARY),)),
        NeededAction("iam:TagRole", ROLE),
        NeededAction("iam:AttachRolePolicy", ROLE, (("iam:PolicyARN", POLICY),)),
        NeededAction("iam:CreatePolicyVersion", POLICY),
        NeededAction("kms:PutKeyPolicy", KEY),
    )
    assert needed_actions(Plan(())) == ()


def test_what_is_missing_is_named_and_what_is_unknown_is_no_blocker() -> None:
    create, attach = NeededAction("iam:CreateRole", ROLE), NeededAction("kms:PutKeyPolicy", KEY)
    lacking = OwnPermissions(missing=(create, create), unknown=(attach,))
    assert lacking.lacking == ("iam:CreateRole",)
    failure = not_allowed(lacking)
    assert failure is not None
    words = failure_words(failure)
    assert "iam:CreateRole" in words.template.format_map(words.values)
    assert OwnPermissions(unknown=(attach,)).lacking is None
    assert not_allowed(OwnPermissions(unknown=(attach,))) is None
    assert OwnPermissions().lacking == ()
