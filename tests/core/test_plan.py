"""The plan: the least changes, and what is named and left as it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.change import Change, ChangeKind, Obstacle, Plan
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ACCOUNT
from app.core.plan import for_kinds, plan
from app.core.policies import kms_statement, permissions_policy, trust_policy
from app.core.snapshot import (
    CustomerPolicy,
    KmsKey,
    PolicyDocument,
    RoleFacts,
    SimilarRole,
    Snapshot,
    State,
    Unreadable,
)
from app.core.wording.changes import obstacle_codes
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    KEY_POLICY,
    OTHER_KEY_ARN,
    PLAIN,
    POLICY_ARN,
    REGION,
    ROLE_ARN,
    bucket_facts,
    kms_key,
    role_facts,
    untouched,
    whole,
)

TRUST: Final = trust_policy(DATABASE_ID)
WANTED: Final = permissions_policy(PLAIN.buckets)
STATEMENT: Final = kms_statement(ACCOUNT)
ATTACHED: Final = PolicyDocument(POLICY_NAME, WANTED, POLICY_ARN, "v1")

CREATE_POLICY: Final = Change(ChangeKind.CREATE_POLICY, POLICY_ARN, None, WANTED, reversible=True)
CREATE_ROLE: Final = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, TRUST, reversible=True)
ATTACH: Final = Change(
    ChangeKind.ATTACH_POLICY, ROLE_ARN, None, {"policy_arn": POLICY_ARN}, reversible=True
)
DONE: Final = whole(PLAIN)
UNTOUCHED: Final = untouched(PLAIN)


def unread(snapshot: Snapshot, *paths: str) -> Snapshot:
    """Return the snapshot with facts that AWS did not tell."""
    return replace(snapshot, unreadable=tuple(Unreadable(path, "AccessDenied") for path in paths))


def policy(document: object, arn: str = POLICY_ARN) -> CustomerPolicy:
    return CustomerPolicy(State.FOUND, arn, "v1", document)


def test_nothing_is_there_yet() -> None:
    assert plan(PLAIN, UNTOUCHED) == Plan((CREATE_POLICY, CREATE_ROLE, ATTACH))


def test_everything_is_there() -> None:
    assert plan(PLAIN, DONE) == Plan(())
    assert plan(ENCRYPTED, whole(ENCRYPTED)) == Plan(())


@pytest.mark.parametrize(
    ("snapshot", "changes"),
    [
        (replace(UNTOUCHED, role=role_facts(TRUST)), (CREATE_POLICY, ATTACH)),
        (replace(UNTOUCHED, customer_policy=policy(WANTED)), (CREATE_ROLE, ATTACH)),
        (replace(DONE, role=role_facts(TRUST)), (ATTACH,)),
        (
            replace(
                DONE,
                role=role_facts(TRUST, PolicyDocument("ReadOnly", {}, "arn:aws:iam::aws:policy/R")),
            ),
            (ATTACH,),
        ),
        # Written otherwise, and the same.
        (
            replace(
                DONE,
                role=role_facts(
                    {
                        "Version": "2012-10-17",
                        "Statement": {
                            "Sid": "UbiQuity",
                            "Effect": "Allow",
                            "Principal": {"AWS": UBIQUITY_ACCOUNT},
                            "Action": ["sts:AssumeRole"],
                            "Condition": {"StringEquals": {"sts:ExternalId": [DATABASE_ID]}},
                        },
                    },
                    ATTACHED,
                ),
            ),
            (),
        ),
    ],
)
def test_the_least_changes(snapshot: Snapshot, changes: Sequence[Change]) -> None:
    assert plan(PLAIN, snapshot) == Plan(tuple(changes))


def test_a_policy_under_a_path_serves_as_well() -> None:
    arn = POLICY_ARN.replace("policy/", "policy/data/")
    there = replace(UNTOUCHED, role=role_facts(TRUST), customer_policy=policy(WANTED, arn))
    (change,) = plan(PLAIN, there).changes
    assert (change.kind, change.after) == (ChangeKind.ATTACH_POLICY, {"policy_arn": arn})
    attached = role_facts(TRUST, PolicyDocument(POLICY_NAME, WANTED, arn, "v1"))
    assert plan(PLAIN, replace(there, role=attached)) == Plan(())
    assert plan(PLAIN, replace(there, customer_policy=policy({}, arn))) == Plan(
        (), (Obstacle("change.conflict", arn),)
    )


PATH_ARN: Final = ROLE_ARN.replace("role/", "role/service/")
CASE_ARN: Final = ROLE_ARN.replace("ubiquity", "UbiQuity")


@pytest.mark.parametrize(
    ("snapshot", "obstacle"),
    [
        # The role
        (replace(DONE, role=role_facts(trust_policy("another"), ATTACHED)), "change.conflict"),
        (replace(DONE, role=role_facts({}, ATTACHED)), "change.conflict"),
        (replace(DONE, role=role_facts("not JSON", ATTACHED)), "change.conflict"),
        (replace(DONE, role=replace(role_facts(TRUST), arn=PATH_ARN)), "role.path"),
        (
            replace(DONE, role=replace(role_facts(TRUST), name=ROLE_NAME.title(), arn=CASE_ARN)),
            "role.misnamed",
        ),
        (
            replace(UNTOUCHED, similar_roles=(SimilarRole(ROLE_NAME.upper(), CASE_ARN),)),
            "role.misnamed",
        ),
        (replace(UNTOUCHED, role=RoleFacts(State.UNREADABLE)), "check.unreadable"),
        (unread(replace(DONE, role=role_facts(None, ATTACHED)), "role.trust_policy"), "check.unr"),
        (replace(DONE, role=role_facts(None, ATTACHED)), "check.unreadable"),
        (unread(replace(DONE, role=role_facts(TRUST)), "role.attached_policies"), "check.unread"),
        (replace(DONE, role=role_facts(TRUST), absent=frozenset({"role.attached_policies"})), "ch"),
        # The policy
        (replace(DONE, customer_policy=policy(permissions_policy([]))), "change.conflict"),
        (replace(DONE, customer_policy=policy("not JSON")), "change.conflict"),
        (replace(UNTOUCHED, customer_policy=CustomerPolicy(State.UNREADABLE)), "check.unreadable"),
        (unread(replace(DONE, customer_policy=policy(None)), "customer_policy.document"), "check."),
        (replace(DONE, customer_policy=policy(None)), "check.unreadable"),
        (unread(UNTOUCHED, "role", "customer_policy"), ""),
    ],
)
def test_what_is_named_and_left_untouched(snapshot: Snapshot, obstacle: str) -> None:
    wanted = plan(PLAIN, snapshot)
    if not obstacle:  # missing is known, whatever else AWS did not tell
        assert wanted.changes
        return
    (named,) = wanted.cannot_mend
    assert named.code.startswith(obstacle)
    assert named.code in obstacle_codes()
    assert named.target.startswith(f"arn:aws:iam::{ACCOUNT}:")
    # Nothing of ours is attached to a role, nor a policy to ours, that is not as it should be.
    assert ChangeKind.ATTACH_POLICY not in {change.kind for change in wanted.changes}
    targets = {change.target for change in wanted.changes}
    assert named.target not in targets


def test_similar_roles_that_stand_in_nobodys_way() -> None:
    near = SimilarRole("ubiquity-connector-s3-access-role", ROLE_ARN.replace("tors", "tor"))
    assert plan(PLAIN, replace(UNTOUCHED, similar_roles=(near,))) == plan(PLAIN, UNTOUCHED)


def test_role_and_policy_both_in_the_way() -> None:
    both = replace(DONE, role=role_facts({}), customer_policy=policy({}))
    assert plan(PLAIN, both) == Plan(
        (), (Obstacle("change.conflict", POLICY_ARN), Obstacle("change.conflict", ROLE_ARN))
    )


# The key


def with_key(key: KmsKey | None, *unreadable: str) -> Snapshot:
    """Return an account where all but the key's policy is as it should be."""
    done = replace(whole(ENCRYPTED), buckets=(bucket_facts(BUCKET, key),))
    return unread(done, *unreadable)


def key_policy(*statements: object) -> dict[str, object]:
    return {**KEY_POLICY, "Statement": list(statements)}


ROOT: Final = KEY_POLICY["Statement"]


@pytest.mark.parametrize(
    "present",
    [
        KEY_POLICY,
        {**KEY_POLICY, "Statement": ROOT[0] if isinstance(ROOT, list) else ROOT},
        key_policy({**STATEMENT, "Sid": "Other", "Action": ["kms:Decrypt"]}),
        key_policy({**STATEMENT, "Sid": "Other", "Effect": "Deny"}),
    ],
)
def test_the_statement_is_added_and_nothing_else_changed(present: dict[str, object]) -> None:
    (change,) = plan(ENCRYPTED, with_key(kms_key(present))).changes
    assert (change.kind, change.target) == (ChangeKind.PUT_KEY_POLICY, KEY_ARN)
    assert change.before == present
    assert isinstance(change.after, dict)
    before = present["Statement"]
    kept = before if isinstance(before, list) else [before]
    assert change.after == {**present, "Statement": [*kept, STATEMENT]}
    assert list(change.after) == list(present)
    # Once it is there, nothing is left to do.
    assert plan(ENCRYPTED, with_key(kms_key(change.after))) == Plan(())


@pytest.mark.parametrize(
    "statement",
    [
        STATEMENT,
        {**STATEMENT, "Sid": "AnyOther"},
        {key: value for key, value in STATEMENT.items() if key != "Sid"},
        {**STATEMENT, "Action": ["kms:DescribeKey", "kms:Decrypt"]},
        {**STATEMENT, "Resource": ["*"], "Principal": {"AWS": [ROLE_ARN]}},
    ],
)
def test_a_statement_that_is_there_already(statement: object) -> None:
    assert plan(ENCRYPTED, with_key(kms_key(key_policy(statement)))) == Plan(())


OTHER_ACCOUNTS_KEY: Final = KEY_ARN.replace(ACCOUNT, "210987654321")


@pytest.mark.parametrize(
    ("snapshot", "obstacle"),
    [
        (
            with_key(kms_key(key_policy({**STATEMENT, "Action": ["kms:Decrypt"]}))),
            Obstacle("change.conflict", KEY_ARN),
        ),
        (
            with_key(kms_key(key_policy({**STATEMENT, "Principal": {"AWS": "AROAEXAMPLE"}}))),
            Obstacle("change.conflict", KEY_ARN),
        ),
        (with_key(kms_key(arn=OTHER_KEY_ARN)), Obstacle("kms.key-differs", OTHER_KEY_ARN)),
        (with_key(None), Obstacle("kms.key-differs", f"arn:aws:s3:::{BUCKET}")),
        (with_key(None, "buckets[0].kms_key"), Obstacle("check.unreadable", KEY_ARN)),
        (with_key(None, "buckets[0]"), Obstacle("check.unreadable", KEY_ARN)),
        (
            with_key(KmsKey(manager="AWS"), "buckets[0].kms_key.arn"),
            Obstacle("check.unreadable", KEY_ARN),
        ),
        (
            with_key(kms_key(policy=None), "buckets[0].kms_key.policy"),
            Obstacle("check.unreadable", KEY_ARN),
        ),
        (with_key(kms_key(policy=None)), Obstacle("check.unreadable", KEY_ARN)),
        (with_key(kms_key(policy="not JSON")), Obstacle("check.unreadable", KEY_ARN)),
        (
            with_key(kms_key(policy=None, arn=OTHER_KEY_ARN), "buckets[0].kms_key.policy"),
            Obstacle("kms.key-differs", OTHER_KEY_ARN),
        ),
        (replace(whole(ENCRYPTED), buckets=()), Obstacle("check.unreadable", KEY_ARN)),
        (
            replace(
                whole(ENCRYPTED),
                buckets=(replace(bucket_facts(BUCKET), state=State.MISSING),),
            ),
            Obstacle("check.unreadable", KEY_ARN),
        ),
    ],
)
def test_a_key_that_is_left_untouched(snapshot: Snapshot, obstacle: Obstacle) -> None:
    assert plan(ENCRYPTED, snapshot) == Plan((), (obstacle,))
    assert obstacle.code in obstacle_codes()


def test_a_key_of_another_account() -> None:
    entry = BucketEntry(BUCKET, REGION, kms_key_arn=OTHER_ACCOUNTS_KEY)
    draft = Draft(ACCOUNT, DATABASE_ID, (entry,))
    theirs = kms_key(policy=None, arn=OTHER_ACCOUNTS_KEY)
    snapshot = with_key(theirs, "buckets[0].kms_key.policy")
    assert plan(draft, snapshot) == Plan((), (Obstacle("kms.other-account", OTHER_ACCOUNTS_KEY),))


def test_a_key_of_several_buckets_is_changed_once() -> None:
    entries = tuple(BucketEntry(name, REGION, kms_key_arn=KEY_ARN) for name in ("one", "two"))
    draft = Draft(ACCOUNT, DATABASE_ID, (*entries, BucketEntry("three", REGION)))
    kinds = [change.kind for change in plan(draft, untouched(draft)).changes]
    assert kinds == [
        ChangeKind.CREATE_POLICY,
        ChangeKind.CREATE_ROLE,
        ChangeKind.ATTACH_POLICY,
        ChangeKind.PUT_KEY_POLICY,
    ]


def test_a_part_of_a_plan() -> None:
    obstacle = Obstacle("check.unreadable", KEY_ARN)
    all_of_it = Plan((CREATE_POLICY, CREATE_ROLE, ATTACH), (obstacle,))
    part = for_kinds(all_of_it, (ChangeKind.ATTACH_POLICY, ChangeKind.CREATE_POLICY))
    assert part == Plan((CREATE_POLICY, ATTACH), (obstacle,))


STATES = st.sampled_from([DONE.role, UNTOUCHED.role, RoleFacts(State.UNREADABLE), role_facts({})])
POLICIES = st.sampled_from(
    [DONE.customer_policy, UNTOUCHED.customer_policy, CustomerPolicy(State.UNREADABLE), policy({})]
)
PATHS = st.sets(
    st.sampled_from(
        ["role", "role.trust_policy", "role.attached_policies", "customer_policy", "buckets[0]"]
    )
)


@given(STATES, POLICIES, PATHS)
def test_whatever_is_there_is_either_right_planned_or_named(
    role: RoleFacts, present: CustomerPolicy, paths: set[str]
) -> None:
    snapshot = unread(replace(DONE, role=role, customer_policy=present), *paths)
    wanted = plan(PLAIN, snapshot)
    if not wanted.changes and not wanted.cannot_mend:
        assert (role, present) == (DONE.role, DONE.customer_policy)
        assert not paths - {"buckets[0]"}
    assert all(change.before is None for change in wanted.changes)
    for change in wanted.changes:
        if change.kind is ChangeKind.CREATE_ROLE:
            assert role.state is State.MISSING
        if change.kind is ChangeKind.CREATE_POLICY:
            assert present.state is State.MISSING
