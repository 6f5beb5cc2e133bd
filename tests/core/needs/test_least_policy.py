"""The least policy: enough for whatever is planned from any start, and no more than that."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app.aws
from app.core.change import ChangeKind, Plan
from app.core.changes.kinds import KINDS, rules_of
from app.core.changes.needed_actions import NeededAction, needed_actions
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.snapshot_facts import FACTS
from app.core.documents.policy_size import MANAGED_POLICY
from app.core.documents.statements import statements_of
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.iam.context import Context
from app.core.iam.decision import Decision, decide_same_account
from app.core.iam.json_text import strings
from app.core.iam.policies import parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.core.needs.document import in_parts, policy_of, without_narrower
from app.core.needs.least_policy import Doing, _plans, least_policy, needs_of
from app.core.needs.reads import CONVENIENT, LOOKED_BACK_WITH, NEVER_NEEDED, NO_FACT, READS
from app.core.needs.starts import AT
from app.core.planning.plan import plan, planned_changes
from app.core.revoking.plan import revoke_plan
from tests.core.planning.any_start import WISHES, mendable, starts
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, KEY_ARN, PLAIN, POLICY_ARN, ROLE_ARN
from tests.helpers.snapshots import World, allow, document, good_encrypted

Document = Mapping[str, object]

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERY_CHOICE: Final = Choices(
    frozenset(Choice), f"arn:aws:iam::{ACCOUNT}:policy/developers", {"team": "data"}
)
BOUNDARY: Final = f"arn:aws:iam::{ACCOUNT}:policy/developers"
_ACTION: Final = re.compile(r"(cloudtrail|iam|kms|s3|sts):[A-Z][a-z]+[A-Z]\w+")
_NOT_THE_CUSTOMER: Final = {"ubiquity.py"}
"""UbiQuity's own identity, which no customer's administrator gives anything."""


def allows(policy: Document, need: NeededAction) -> bool:
    """Ask the program's own evaluator, as the practice AWS does."""
    outcome = decide_same_account(
        Request(
            need.action,
            need.resource,
            Requester.user(f"arn:aws:iam::{ACCOUNT}:user/jo"),
            Context.known(dict(need.context)),
        ),
        identity=(parse_policy(policy, "identity", "identity"),),
        resource=None,
        boundary=None,
    )
    return outcome.decision is Decision.ALLOWED


def all_that_is_needed(wanted: Plan) -> Iterator[NeededAction]:
    """Yield what the changes need, and what is read before each of them."""
    yield from needed_actions(wanted, tagged=True)
    for change in wanted.changes:
        yield from (NeededAction(action, change.target) for action in rules_of(change).seen_by)


def is_of(draft: Draft, need: NeededAction) -> bool:
    """Tell whether it is about the draft's own things, under their right names.

    A role whose name differs in case is found by AWS all the same, and keys that the draft does
    not name by way of its buckets: nobody can know them before.
    """
    keys = {entry.kms_key_arn for entry in draft.buckets}
    if need.action.startswith("kms:"):
        return need.resource in keys
    return ":role/" not in need.resource or need.resource.endswith(f"/{ROLE_NAME}")


def _is_enough(world: World, choices: Choices) -> None:
    draft, start = world.read()
    wanted = plan(draft, start, choices)
    assert planned_changes(draft, start, choices) == wanted.changes
    policy = least_policy(draft, Doing.CREATE, choices)
    beside = Choice.REMAKE_ROLE in choices.chosen
    for need in all_that_is_needed(wanted):
        # Which other policies the old role has, only the account's own plan knows.
        assert (
            allows(policy, need)
            or (beside and need.action == "iam:DetachRolePolicy")
            or (not is_of(draft, need))
        ), need
    with_review = least_policy(draft, Doing.CREATE, choices, wanted)
    assert all(allows(with_review, need) for need in needed_actions(wanted, tagged=True))


@EXAMPLES
@given(starts() | mendable(), WISHES | st.just(Choices()))
def test_whatever_is_planned_from_any_start_is_allowed(world: World, choices: Choices) -> None:
    _is_enough(world, choices)


def _tags_alone_are_lacking() -> World:
    world = good_encrypted()
    world.bucket["sample"]["tagged"] = 2
    return world


def _granted_by(name: str) -> World:
    """Return a role with all that the guide grants in an inline policy, and ours not on it."""
    world = _tags_alone_are_lacking()
    (attached,) = world.role["attached_policies"]
    world.role["inline_policies"] = [{"name": name, "document": attached["document"]}]
    world.detach()
    return world


def _granted_by_another() -> World:
    return _granted_by("of-the-team")


def _granted_in_the_role() -> World:
    """Return what the same choice made before."""
    world = _granted_by(POLICY_NAME)
    world.detach(delete=True)
    return world


def _other_document() -> World:
    world = _tags_alone_are_lacking()
    world.set_document(document(allow("s3:ListBucket", "arn:aws:s3:::of-another-team")))
    return world


@pytest.mark.parametrize(
    ("made", "further"),
    [
        (_tags_alone_are_lacking, Choice.TAGGING),
        (_granted_by_another, Choice.TAGGING),
        (_granted_in_the_role, Choice.TAGGING),
        (_other_document, Choice.REPLACE_POLICY),
    ],
)
def test_the_role_may_not_be_the_only_place(made: Callable[[], World], further: Choice) -> None:
    """With the inline policy chosen, what it isn't needed for goes to the managed one."""
    _is_enough(made(), Choices(frozenset({Choice.INLINE_POLICY, further})))


@EXAMPLES
@given(
    starts() | mendable(),
    st.sampled_from(RevokeWay),
    st.sampled_from([Choices(), Choices(frozenset({Choice.EVERYONE, Choice.END_SESSIONS}))]),
)
def test_whatever_is_taken_away_from_any_start_is_allowed(
    world: World, how: RevokeWay, choices: Choices
) -> None:
    draft, start = world.read()
    policy = least_policy(draft, Doing.REVOKE)
    wanted = revoke_plan(start, how, draft.account_id, draft, choices, AT)
    for need in all_that_is_needed(wanted):
        assert allows(policy, need) or not is_of(draft, need), need


def test_each_kind_of_change_is_planned_from_one_of_the_starts() -> None:
    planned = {
        change.kind
        for doing in Doing
        for choices in (Choices(), EVERY_CHOICE)
        for each in _plans(ENCRYPTED, doing, choices)
        for change in each.changes
    }
    # The rest is for an undo alone.
    assert set(KINDS) - planned == {ChangeKind.SET_DEFAULT_POLICY_VERSION}


def _permissions_in_aws() -> Iterator[str]:
    """Yield each permission that a call of ``app.aws`` names; a call without one can't be made."""
    for path in Path(app.aws.__file__).parent.glob("*.py"):
        if path.name in _NOT_THE_CUSTOMER:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and _ACTION.fullmatch(text):
                yield text


def test_every_call_that_reads_is_in_the_policy() -> None:
    named = set(_permissions_in_aws())
    assert len(named) > 20
    assert named - set(READS) == NEVER_NEEDED | CONVENIENT
    asked = {need.action for doing in Doing for need in needs_of(ENCRYPTED, doing)}
    assert named - asked == NEVER_NEEDED | CONVENIENT
    facts = {fact.permission for fact in FACTS.values() if fact.permission}
    seen = {action for rules in KINDS.values() for action in rules.seen_by}
    assert facts | seen | NO_FACT <= set(READS)


@pytest.mark.parametrize("doing", Doing)
def test_a_star_stands_only_where_aws_has_no_resource(doing: Doing) -> None:
    policy = least_policy(ENCRYPTED, doing)
    looks_back = (LOOKED_BACK_WITH,) if doing is Doing.CHECK else ()
    assert without_narrower(policy) == (*looks_back, "iam:ListPolicies", "iam:ListRoles")
    assert "PassRole" not in json.dumps(policy)


ELSEWHERE: Final = (
    NeededAction("iam:CreateRole", ROLE_ARN.replace(ROLE_NAME, "admin")),
    NeededAction("iam:UpdateAssumeRolePolicy", f"{ROLE_ARN}-2"),
    NeededAction("iam:GetRole", ROLE_ARN.replace(ACCOUNT, "210987654321")),
    NeededAction("iam:CreatePolicyVersion", POLICY_ARN.replace("ubiquity", "other")),
    NeededAction(
        "iam:AttachRolePolicy",
        ROLE_ARN,
        (("iam:PolicyARN", "arn:aws:iam::aws:policy/AdministratorAccess"),),
    ),
    NeededAction("kms:PutKeyPolicy", KEY_ARN.replace("1234abcd", "dcba4321")),
    NeededAction("s3:GetObject", "arn:aws:s3:::acme-imports-2/a.csv"),
    NeededAction("s3:PutObject", "arn:aws:s3:::acme-imports/a.csv"),
    NeededAction("iam:PassRole", ROLE_ARN),
)


@pytest.mark.parametrize("doing", Doing)
def test_nothing_else_is_allowed(doing: Doing) -> None:
    policy = least_policy(ENCRYPTED, doing)
    assert [need for need in ELSEWHERE if allows(policy, need)] == []


def test_each_does_no_more_than_its_own() -> None:
    create, revoke, check = (
        {need.action for need in needs_of(ENCRYPTED, doing)}
        for doing in (Doing.CREATE, Doing.REVOKE, Doing.CHECK)
    )
    assert LOOKED_BACK_WITH not in create | revoke
    assert check - {LOOKED_BACK_WITH} < create
    assert check - {LOOKED_BACK_WITH} < revoke
    reading = re.compile(":(Get|List|Describe|Simul|Lookup)")
    assert not {action for action in check if not reading.search(action)}
    assert not {action for action in create if ":Delete" in action} - {"iam:DeletePolicyVersion"}
    assert not {action for action in revoke if ":Create" in action} - {"iam:CreatePolicyVersion"}
    assert "kms:PutKeyPolicy" not in {need.action for need in needs_of(PLAIN, Doing.CREATE)}


def test_a_required_boundary_has_to_be_set() -> None:
    policy = least_policy(PLAIN, Doing.CREATE, Choices(permissions_boundary=BOUNDARY))
    create = NeededAction("iam:CreateRole", ROLE_ARN)
    assert not allows(policy, create)
    assert allows(policy, replace(create, context=(("iam:PermissionsBoundary", BOUNDARY),)))


def test_a_prefix_is_taken_to_the_letter() -> None:
    entry = replace(PLAIN.buckets[0], prefix="odd*name/")
    policy = least_policy(replace(PLAIN, buckets=(entry,)), Doing.CHECK)
    names = ("odd*name/a.csv", "odd-name/a.csv")
    files = (NeededAction("s3:GetObject", f"arn:aws:s3:::acme-imports/{name}") for name in names)
    assert [allows(policy, need) for need in files] == [True, False]


def _pairs(*policies: Document) -> Iterable[tuple[str, str]]:
    for policy in policies:
        for statement in statements_of(policy):
            for action in strings(statement["Action"]) or ():
                for resource in strings(statement["Resource"]) or ():
                    yield action, resource


def test_a_long_policy_comes_in_parts_that_allow_the_same() -> None:
    entries = tuple(
        BucketEntry(f"{'a-rather-long-name-of-a-bucket-' * 2}{n}", "us-east-1", f"imports/{n}/")
        for n in range(80)
    )
    policy = least_policy(replace(PLAIN, buckets=entries), Doing.CREATE)
    parts = in_parts(policy)
    assert len(parts) > 1
    assert not any(map(MANAGED_POLICY.is_exceeded_by, parts))
    assert set(_pairs(*parts)) == set(_pairs(policy))
    assert in_parts(policy_of(needs_of(PLAIN, Doing.CREATE))) == (
        least_policy(PLAIN, Doing.CREATE),
    )
